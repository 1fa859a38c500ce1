"""The letters on the page of a case: how far each is, who got none and why, and what a new one begins from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from communications.models import Exclusion, Letter
from communications.queries.series import LOST, Mailed, letters_in, mailed_in
from communications.series_pages import LetterRow, begun_from, letter_row
from handover.models import Case, PassingAct
from handover.queries.letters import (
    is_wanted,
    leaver_in_public,
    new_holder_in_public,
    partners_named,
    partners_written_to,
    series_of,
    units_to_write,
)
from handover.queries.lists import Row
from handover.states import SKIPPED, standing
from ssu.models import Unit

WENT_OUT = (Letter.State.SENDING, Letter.State.SENT)


@dataclass(frozen=True)
class WithoutLetter:
    """A partner whom no letter of the unit reached, and why."""

    name: str
    url: str
    why: str


@dataclass(frozen=True)
class UnitLetters:
    """The letters of one unit; `add_url` is "" where nobody would get one more."""

    unit: str
    letters: list[LetterRow]
    without: list[WithoutLetter]
    add_url: str


def letters_page(seat: Seat, case: Case, rows: Sequence[Row]) -> list[UnitLetters]:
    """By unit, for the rows that the seat may know; nothing while the case is not told. Four queries, and five for each
    unit.
    """
    if case.told_at is None:
        return []
    names = {row.passing.holder.unit_id: row.passing.unit_name for row in rows}
    seen = {unit: series_of(case.pk, unit) for unit in names if seat.can("letters.view", unit)}
    found, known = letters_in(seen.values()), mailed_in(seen.values())
    units = {each.pk: each for each in units_to_write(seat, case)}
    made = []
    for unit_id, series in sorted(seen.items(), key=lambda pair: names[pair[0]].casefold()):
        mine, unit = [each for each in found if each.series == series], units.get(unit_id)
        of_unit = [row for row in rows if row.passing.holder.unit_id == unit_id]
        listed = [letter_row(seat, each, known[series].counts.get(each.pk, {})) for each in mine]
        went_out = unit is not None and any(each.state in WENT_OUT for each in mine)
        without = without_letter(seat, unit, of_unit, known[series]) if unit and went_out else []
        add_url = add_address(seat, case, unit, mine) if unit else ""
        if listed or add_url:
            made.append(UnitLetters(names[unit_id], listed, without, add_url))
    return made


def add_address(seat: Seat, case: Case, unit: Unit, letters: Sequence[Letter]) -> str:
    """Where one more letter is written; "" where it would reach nobody."""
    offered = case.closed_at is None and unit.is_at_work and is_wanted(case, unit, letters)
    return reverse("handover_letter_add", args=[seat.agency.slug, case.pk, unit.pk]) if offered else ""


def without_letter(seat: Seat, unit: Unit, rows: Sequence[Row], known: Mailed) -> list[WithoutLetter]:
    """Who got none, in the order of the page; only of partners of whom the seat may know it. Two queries."""
    partners = {row.passing.holder.partner_id for row in rows}
    named, written_to = partners_named(seat, unit.pk, partners), partners_written_to(unit.pk, partners)
    return [
        WithoutLetter(row.passing.partner_name, reverse("passing", args=[seat.agency.slug, row.passing.pk]), why)
        for row in rows
        if row.passing.holder.partner_id in named and (why := why_none(row, known, written_to))
    ]


def why_none(row: Row, known: Mailed, written_to: set[int]) -> str:
    """Why a partner has no letter; "" for who has one, or whose turn is still to come."""
    partner = row.passing.holder.partner_id
    if partner in known.fates:
        return _("The e-mail did not arrive") if known.fates[partner] in LOST else ""
    if row.state == SKIPPED:
        last: Any = standing(row.passing.acts.all())[-1]
        return _("Left out: %(why)s") % {"why": PassingAct.Why(last.why).label}
    if known.left_out.get(partner):
        return str(Exclusion(known.left_out[partner]).label)
    return (
        ""
        if partner in written_to
        else _("Has neither given openly to this unit nor promised, and does not pray for it")
    )


def beginning(seat: Seat, case: Case, unit: Unit) -> dict[str, Any]:
    """What the letter begins from: the starter pack's words with names that anybody may read, and never the reason."""
    told = {"leaver": leaver_in_public(case), "leaves": day_in_words(seat.agency, case.leaves_on)}
    told["new_holder"] = new_holder_in_public(case, unit)
    body = begun_from(seat, unit, "handover_letter", **told)
    return {"subject": _("Who is there for you from now on"), "body": body, "language": "en"}
