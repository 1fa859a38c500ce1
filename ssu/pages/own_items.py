"""The six steps in the settings: the eleven items, and below them the agency's own."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.seats import Seat
from ssu import steps
from ssu.models import Evidence, OwnItem
from ssu.pages.parts import by_on
from ssu.pages.rollout import TITLES
from ssu.queries.own_items import own_items, wordings
from ssu.queries.people import names_of


@dataclass(frozen=True)
class OwnLine:
    """An own item in the list of a step."""

    url: str
    wording: str
    told: str
    retired: bool


@dataclass
class StepList:
    """A step with the items that are in every roll-out, and the agency's own."""

    number: int
    title: str
    add_url: str
    eleven: list[steps.Item] = field(default_factory=list)
    own: list[OwnLine] = field(default_factory=list)


@dataclass(frozen=True)
class Version:
    """One version of an item's words."""

    version: int
    wording: str
    told: str


def step_lists(seat: Seat) -> list[StepList]:
    """All six steps. One query."""
    add = reverse("own_item_add", args=[seat.agency.slug])
    lists = {
        step.number: StepList(step.number, _(TITLES[step.number - 1]), f"{add}?step={step.number}", list(step.items))
        for step in steps.all_steps()
    }
    for item in own_items():
        url = reverse("own_item", args=[seat.agency.slug, item.pk])
        lists[item.step].own.append(OwnLine(url, item.words, told(item), item.retired_at is not None))
    return list(lists.values())


def told(item: Any) -> str:
    """Who has the item and what it asks for, in a line."""
    count = ngettext("in %(count)s roll-out", "in %(count)s roll-outs", item.units_with) % {"count": item.units_with}
    parts = [_("for all") if item.for_all else _("for some"), count]
    if item.units_with:
        parts.append(_("settled in %(count)s") % {"count": item.settled})
    if item.evidence_kind:
        parts.append(_("needs evidence: %(kind)s") % {"kind": Evidence.Kind(item.evidence_kind).label})
    return ", ".join(parts)


def history(seat: Seat, item: OwnItem) -> list[Version]:
    """Every version of the words, the newest first, with who wrote it. Two queries."""
    found = wordings(item)
    names = names_of(seat, {each.written_by_id for each in found})
    return [
        Version(
            each.version,
            each.wording,
            by_on(seat.agency, names.get(each.written_by_id or 0, ""), each.written_at),
        )
        for each in found
    ]
