"""Gifts that wait for thanks, as a table with the way to log them."""

from collections.abc import Collection, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.seats import Seat
from funds.models.discretion import shown_designation_name
from partners.models import Partner
from partners.pages.gift_list import line_name
from partners.pages.giving_reports.tables import Cell, Column, Row, Sums, Table, Ways
from partners.queries.giving_reports.figures import Question
from partners.queries.giving_reports.thanks import GiftsWaiting

NOTHING = Cell("", None)


def thanks_table(seat: Seat, ways: Ways, found: GiftsWaiting, rows: Sequence[Any]) -> Table:
    """A page of gifts that wait. Three queries, the totals among them where they were not read before."""
    names = dict(Partner.objects.filter(pk__in=[row["giver"] for row in rows]).values_list("pk", "name"))
    places = places_of(seat, found.question, [row["gift"] for row in rows])
    shown = [gift_row(ways, row, names[row["giver"]], places.get(row["gift"], "")) for row in rows]
    sums = [sum_of(ways, each.currency, each.gifts, each.waits) for each in found.totals]
    return Table(columns(), shown, sums)


def sum_of(ways: Ways, code: str, gifts: int, waits: int) -> Sums:
    """The sum of a currency, leading to its lines."""
    amount = ways.money(waits, code, ways.behind("waits", currency=code))
    return Sums(gifts_in_words(gifts), [NOTHING, NOTHING, Cell(code, code), amount, NOTHING])


def columns() -> list[Column]:
    return [
        Column("day", _("Date"), sort="day"),
        Column("giver", _("Giver")),
        Column("designation", _("Designation")),
        Column("currency", _("Currency")),
        Column("waits", _("Amount"), numeric=True, sort="waits"),
        Column("since", _("Days"), numeric=True),
    ]


def gifts_in_words(gifts: int) -> str:
    return ngettext("%(number)s gift", "%(number)s gifts", gifts) % {"number": gifts}


def places_of(seat: Seat, question: Question, gifts: Collection[int]) -> dict[int, str]:
    """The designations of the lines that wait, by gift. One query."""
    waiting = question.lines.filter(gift__in=gifts).order_by("pk")
    found: dict[int, str] = {}
    for line in waiting.annotate(shown_name=shown_designation_name(seat, "designation")):
        found[line.gift_id] = ", ".join(filter(None, (found.get(line.gift_id), line_name(line))))
    return found


def gift_row(ways: Ways, row: dict[str, Any], name: str, places: str) -> Row:
    """One gift, or the part of it that waits."""
    agency, giver, currency = ways.agency, row["giver"], row["currency"]
    gift = reverse("gift", args=[agency.slug, row["gift"]])
    day = ways.day(row["gift__date"])
    since = (agency.today() - row["gift__date"]).days
    cells = [
        Cell(day.words, day.value, gift),
        Cell(name, name, reverse("partner", args=[agency.slug, giver])),
        Cell(places, places),
        Cell(currency, currency),
        ways.money(int(row["waits"]), currency),
        ways.number(since),
    ]
    return Row(cells, row["gift"], gift, act=reverse("gift_thank", args=[agency.slug, row["gift"]]))
