"""What a unit's report says, and whom it names: each person asks for it and gets what that person may know."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.seats import Seat
from communications.models import CoreMessage, Guidelines
from ssu.models import ActionItem, TeamMember, Unit
from ssu.models.discretion import SOMEBODY
from ssu.queries.counts import Progress, progress_of
from ssu.queries.goals import GoalPage, goal_page
from ssu.queries.items import Piece, pieces
from ssu.queries.people import names_in, team_of
from ssu.queries.units import names_seen

FOR_EVERYBODY = gettext_lazy("What every partner should hear")
"""The heading of the message that all the others serve."""


@dataclass(frozen=True)
class Message:
    """A text that was agreed to, with its title."""

    title: str
    text: str


@dataclass(frozen=True)
class UnitFacts:
    """What the database says about a unit, as one seat may know it."""

    unit: Any
    progress: Progress
    items: list[Any]
    evidence: dict[int, list[Piece]]
    goal: GoalPage
    messages: list[Message]
    guidelines: list[Message] | None
    team: list[Any]


def unit_for(seat: Seat, pk: int) -> Any:
    """The unit with its shown columns; None where the seat may not have its report."""
    unit = Unit.objects.seen_by(seat).select_related("strategy").filter(pk=pk).first()
    return unit if unit is not None and seat.can("reports.view", pk) else None


def facts_of(seat: Seat, unit: Any) -> UnitFacts:
    """Everything that the report says. The number of queries does not grow with items, evidence or people."""
    items: list[Any] = list(ActionItem.objects.seen_by(seat).filter(unit=unit.pk).in_order())
    serving = TeamMember.objects.serving().filter(unit=unit.pk).values("pk")
    return UnitFacts(
        unit=unit,
        progress=progress_of([unit.pk], seat.agency.today())[unit.pk],
        items=items,
        evidence=pieces(seat, items),
        goal=GoalPage([], []) if unit.is_withheld else goal_page(unit),
        messages=[] if unit.is_withheld else messages_of(unit),
        guidelines=guidelines_of(unit) if seat.can("guidelines.view", unit.pk) and not unit.is_withheld else None,
        team=list(team_of(seat, unit).filter(pk__in=serving)),
    )


def titles(seat: Seat, jobs: Sequence[dict[str, Any]]) -> list[str]:
    """What a seat calls the jobs of reports with these arguments: by the units' names as it may know them now."""
    names = names_seen(seat, {arguments["unit"] for arguments in jobs})
    found = (names.get(arguments["unit"]) for arguments in jobs)
    return [_("Report of %(unit)s") % {"unit": name} if name else _("Report of a unit") for name in found]


def messages_of(unit: Unit) -> list[Message]:
    """The core messages that count: what every partner should hear, then each message of the set. Two queries."""
    agreed = CoreMessage.objects.standing().filter(unit=unit.pk).prefetch_related("messages").first()
    if agreed is None:
        return []
    every = [Message(str(FOR_EVERYBODY), agreed.text)] if agreed.text else []
    return [*every, *(Message(each.headline, each.body) for each in agreed.messages.all())]


def guidelines_of(unit: Unit) -> list[Message]:
    """The guidelines for communication that count, section by section. One query."""
    agreed = Guidelines.objects.standing().filter(unit=unit.pk).first()
    if agreed is None:
        return []
    words = {name: getattr(agreed, name) for name in Guidelines.SECTIONS}
    fields: dict[str, Any] = {field.name: field for field in Guidelines._meta.concrete_fields}
    titles = {name: str(fields[name].verbose_name) for name in Guidelines.SECTIONS}
    return [Message(titles[name], text) for name, text in words.items() if text.strip()]


def told_to(seat: Seat, unit: Any) -> list[str]:
    """The names that a report for this seat may say, as digests: of the unit and its place, of everybody who ever
    served in it and of those who acted on its items. `everything` stands among them where free text may be read.
    """
    acted = ActionItem.objects.filter(unit=unit.pk).values_list("claimed_by", "confirmed_by")
    people: Any = team_of(seat, unit)
    names = [
        unit.shown_name,
        unit.shown_place or "",
        *(member.person_name for member in people),
        *names_in(seat, unit.pk, {user for pair in acted for user in pair}).values(),
        str(SOMEBODY),
    ]
    return digests(seat, [*names, *([] if unit.is_withheld else ["everything"])])


def digests(seat: Seat, names: Iterable[str]) -> list[str]:
    """Short digests: they are kept with the job, which holds no names."""
    salted = (f"{seat.agency.pk}:{name}".encode() for name in names)
    return sorted({hashlib.sha256(each).hexdigest()[:16] for each in salted})


def may_have_report(seat: Seat, arguments: dict[str, Any]) -> bool:
    """Whether a seat may have a report that was made before: when it would be told, now, every name that stands in it
    (trust rule T6: raising a level takes effect at once, stored PDFs included).
    """
    unit = unit_for(seat, arguments["unit"])
    return unit is not None and set(arguments["told"]) <= set(told_to(seat, unit))
