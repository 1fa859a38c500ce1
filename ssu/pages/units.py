"""The register of units and the facts about one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.seats import Seat
from ssu.models import Discretion, Unit
from ssu.pages.parts import KEPT, Fact
from ssu.pages.rollout import TITLES
from ssu.queries.units import Row

LEVEL_TONES = {Discretion.CAREFUL.value: "warn", Discretion.CLOSED.value: "bad"}


@dataclass(frozen=True)
class ListRow:
    """A unit in the register."""

    url: str
    name: str
    place: str
    strategy: str
    kind: str
    leaders: str
    count: str
    step: str
    level: str
    level_tone: str
    quiet: str
    quiet_tone: str


def list_rows(seat: Seat, rows: Sequence[Row]) -> list[ListRow]:
    """The rows as the table draws them."""
    return [list_row(seat, row) for row in rows]


def list_row(seat: Seat, row: Row) -> ListRow:
    unit, progress = row.unit, row.progress
    guarded = unit.discretion != Discretion.OPEN
    return ListRow(
        url=reverse("unit", args=[seat.agency.slug, unit.pk]),
        name=unit.shown_name,
        place=unit.shown_place or "",
        strategy=unit.strategy.name,
        kind=unit.get_kind_display(),
        leaders=str(KEPT) if unit.is_withheld else ", ".join(row.leaders),
        count=f"{progress.settled}/{progress.total}" if progress else "",
        step=_("%(step)s %(title)s") % {"step": progress.current.step, "title": _(TITLES[progress.current.step - 1])}
        if progress and not progress.is_settled
        else "",
        level=" · ".join(filter(None, (str(Discretion(unit.discretion).label), unit.other_name))) if guarded else "",
        level_tone=LEVEL_TONES.get(unit.discretion, "none"),
        quiet=row.quiet.words if row.quiet else "",
        quiet_tone=row.quiet.tone if row.quiet else "none",
    )


def facts(unit: Any, leaders: Sequence[str]) -> list[Fact]:
    """What there is to know about a unit `seen_by` the reader."""
    found = [
        Fact(_("Strategy"), unit.strategy.name),
        Fact(_("Kind"), str(Unit.Kind(unit.kind).label)),
        Fact(_("Leader"), str(KEPT) if unit.is_withheld else ", ".join(leaders) or _("nobody yet")),
        Fact(_("Place"), unit.shown_place or ""),
        Fact(_("Discretion"), str(Discretion(unit.discretion).label)),
        Fact(_("What others call it"), unit.other_name),
    ]
    return [fact for fact in found if fact.value]
