"""The commitments behind a figure of the month ledger."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from agencies.models import Agency
from agencies.seats import Seat
from core.money import Money
from transition.models import Plan
from transition.pages.losses import why_lost
from transition.pages.months import COLUMNS, Figure, month_in_words, month_url
from transition.queries.lists import givers_of
from transition.queries.months import Part, looked_at, looked_on, opened_shifts, parts_of, summed


@dataclass(frozen=True)
class PartRow:
    """What became of one commitment in the month."""

    giver: str
    account: str
    url: str
    why: str
    """Why something is lost, "" where nothing is."""
    cells: list[Figure]


def month_parts(seat: Seat, plan: Plan, month: date, currency: str, part: str, *, withheld: bool) -> dict[str, Any]:
    """The commitments of a month, in one currency and one part of the sum where that is asked; their sum is that of the
    page before.
    """
    agency = seat.agency
    shifts = opened_shifts([plan])
    looked = {each.shift.pk: each for each in (looked_at(agency, shifts) if shifts else [])}
    whole, day = parts_of(looked.values(), month, agency.today()), looked_on(month, agency.today())
    sums = summed(whole)
    chosen = currency if currency in sums else first_of(agency, sums)
    parts = [each for each in whole if counts(each, chosen, part)]
    of = {each.pk: each for each in shifts}
    givers = givers_of(seat, [of[each.shift_id].commitment_id for each in parts])
    why = {
        each.shift_id: why_lost(seat, looked[each.shift_id], day, withheld=withheld or giver.is_hidden)
        for each in parts
        if each.lost and (giver := givers.get(of[each.shift_id].commitment_id))
    }
    rows = [part_row(seat, of[each.shift_id], each, givers, chosen, why.get(each.shift_id, "")) for each in parts]
    return {
        "month": month_in_words(agency, month),
        "part": part,
        "part_label": str(COLUMNS[part]) if part else "",
        "currency": chosen,
        "columns": COLUMNS,
        "others": [
            {"label": code, "url": month_url(agency, plan.pk, month, code), "current": code == chosen} for code in sums
        ],
        "rows": sorted((row for row in rows if row), key=lambda row: (row.giver.casefold(), row.url)),
        "totals": totals(seat, parts, chosen),
        "all_url": month_url(agency, plan.pk, month, chosen) if part else "",
    }


def first_of(agency: Agency, sums: Collection[str]) -> str:
    """The currency that is shown where none is asked for: the agency's own, else the first; "" for none."""
    return agency.base_currency if agency.base_currency in sums else next(iter(sums), "")


def counts(part: Part, currency: str, name: str) -> bool:
    """Whether a commitment stands behind this figure."""
    if name == "new":
        return part.new > 0 and part.new_currency == currency
    if part.currency != currency:
        return not name and part.new > 0 and part.new_currency == currency
    return not name or getattr(part, name) > 0


def amounts(part: Part, currency: str) -> dict[str, int]:
    """The figures of one commitment in this currency."""
    own = {name: getattr(part, name) if part.currency == currency else 0 for name in COLUMNS if name != "new"}
    return {**own, "new": part.new if part.new_currency == currency else 0}


def part_row(seat: Seat, shift: Any, part: Part, givers: dict[int, Any], currency: str, why: str) -> PartRow | None:
    """One commitment in words; None where the seat may not know it."""
    giver = givers.get(shift.commitment_id)
    if giver is None:
        return None
    return PartRow(
        giver.name,
        giver.designation,
        reverse("shift", args=[seat.agency.slug, shift.pk]),
        why,
        cells_of(seat, amounts(part, currency), currency),
    )


def totals(seat: Seat, parts: list[Part], currency: str) -> list[Figure]:
    """The sums of the rows."""
    if not parts:
        return []
    figures = [amounts(each, currency) for each in parts]
    return cells_of(seat, {name: sum(each[name] for each in figures) for name in COLUMNS}, currency)


def cells_of(seat: Seat, figures: dict[str, int], currency: str) -> list[Figure]:
    """Figures in words; nothing is written where there is nothing."""
    locale = seat.agency.locale
    return [
        Figure(name, str(label), Money(figures[name], currency).format(locale) if figures[name] else "", "")
        for name, label in COLUMNS.items()
    ]
