"""Giving by month as a table and a chart per currency."""

from collections.abc import Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from agencies.seats import Seat
from core.column_charts import Bar, ColumnChart, column_chart
from core.money import Money
from partners.forms.giving_reports import Asked
from partners.pages.giving_reports.tables import Cell, Column, Row, Sums, Table, Ways
from partners.queries.giving_reports.months import ByMonth, Month, months_of
from partners.queries.giving_reports.questions import month_key, month_words


def month_table(seat: Seat, ways: Ways, asked: Asked, months: ByMonth) -> Table:
    """All months, the oldest first, with a sum and a chart per currency."""
    rows = [month_row(ways, month) for month in months]
    by_currency = [(code, list(found)) for code, found in groupby(months, lambda month: month.currency)]
    totals = [sum_of(ways, code, found, months.people[code]) for code, found in by_currency]
    charts = [chart(ways, code, found) for code, found in by_currency]
    days = months_of(seat.agency, asked.periods)
    finding = _("%(first)s to %(last)s") % {
        "first": month_words(seat.agency, days[0]),
        "last": month_words(seat.agency, days[-1]),
    }
    return Table(columns(), rows, totals, finding, charts)


def columns() -> list[Column]:
    return [
        Column("month", _("Month")),
        Column("currency", _("Currency")),
        Column("given", _("Given"), numeric=True),
        Column("gifts", _("Gifts"), numeric=True),
        Column("givers", _("Givers"), numeric=True),
        Column("before", _("A year before"), numeric=True),
        Column("change", _("Change"), numeric=True),
    ]


def month_row(ways: Ways, month: Month) -> Row:
    """One month in one currency; the present one is told to be unfinished."""
    key, agency = month_key(month.day), ways.agency
    words = month_words(agency, month.day)
    if key == month_key(agency.today()):
        words = _("%(month)s, so far") % {"month": words}
    figures = money_cells(ways, key, month.currency, month.given, month.gifts, month.givers, month.before)
    return Row([Cell(words, key), Cell(month.currency, month.currency), *figures])


def money_cells(ways: Ways, key: str, code: str, given: int, gifts: int, givers: int, before: int) -> list[Cell]:
    """Sum, gifts, givers, a year before and the change; each sum leads to its lines."""

    def amount(minor: int, figure: str, kind: str = "") -> Cell:
        return ways.money(minor, code, ways.behind(figure, currency=code), kind)

    change = given - before
    signed = amount(change, f"{key}-change", "minus" if change < 0 else "")
    if change > 0:
        signed = Cell(f"+{signed.words}", signed.value, signed.url)
    numbers = [ways.number(gifts), ways.number(givers)]
    return [amount(given, key), *numbers, amount(before, f"{key}-before"), signed]


def sum_of(ways: Ways, code: str, months: Sequence[Month], people: tuple[int, int]) -> Sums:
    """All months of a currency; a giver of two months is one giver."""
    given, before = sum(month.given for month in months), sum(month.before for month in months)
    return Sums(_("Total"), [Cell(code, code), *money_cells(ways, "total", code, given, *people, before)])


def chart(ways: Ways, code: str, months: Sequence[Month]) -> ColumnChart:
    """The months of a currency as columns, each beside that of the year before."""
    given, before = sum(month.given for month in months), sum(month.before for month in months)
    finding = _("%(given)s given in these months, %(before)s in the same months a year before.") % {
        "given": Money(given, code).format(ways.agency.locale),
        "before": Money(before, code).format(ways.agency.locale),
    }
    bars = [Bar(month_words(ways.agency, month.day), month.given, month.before) for month in months]
    return column_chart(
        f"months-{code}", finding=finding, bars=bars, show=lambda minor: Money(minor, code).format(ways.agency.locale)
    )
