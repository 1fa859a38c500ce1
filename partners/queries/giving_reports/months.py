"""Giving by month: what came in, in how many gifts, from how many givers, beside the same month a year before."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractMonth, ExtractYear
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.seats import Seat
from core.periods import add_months, month_start
from partners.queries.giving_reports.figures import Figure, Question
from partners.queries.giving_reports.lines import Span, Wanted, counted
from partners.queries.giving_reports.questions import Periods, month_end, month_key, month_span, month_words

MOST = 60
"""So many months are shown at most."""


@dataclass(frozen=True)
class Month:
    """One month in one currency, in minor units; `before` is the same month of the year before. `givers` counts each
    partner once, and all who are not named as one.
    """

    day: date
    currency: str
    given: int = 0
    gifts: int = 0
    givers: int = 0
    before: int = 0

    @property
    def change(self) -> int:
        return self.given - self.before


def months_of(agency: Agency, periods: Periods) -> list[date]:
    """The first days of the months, the oldest first: those from one day to another, else twelve up to this month; at
    most sixty.
    """
    last = month_start(periods.last or agency.today())
    first = month_start(periods.first) if periods.first else add_months(last, -11)
    number = (last.year - first.year) * 12 + last.month - first.month + 1
    number = min(max(number, 1), MOST)
    return [add_months(last, place - number + 1) for place in range(number)]


def by_month(seat: Seat, wanted: Wanted, periods: Periods) -> list[Month]:
    """A row per month and currency, the oldest first; a currency that appears anywhere has every month. One query."""
    months = months_of(seat.agency, periods)
    found: dict[tuple[date, str], Any] = {}
    for row in grouped(counted(seat, wanted), Span(add_months(months[0], -12), month_end(months[-1]))):
        found[date(row["year"], row["month"], 1), row["currency"]] = row
    nothing: dict[str, int] = defaultdict(int)
    rows = []
    for currency in sorted({code for _day, code in found}):
        for day in months:
            now, then = (found.get((each, currency), nothing) for each in (day, add_months(day, -12)))
            rows.append(Month(day, currency, int(now["given"]), now["gifts"], now["givers"], before=int(then["given"])))
    return rows


def grouped(lines: QuerySet[Any], span: Span) -> QuerySet[Any]:
    """Sum and counts by month and currency."""
    parts = lines.filter(span.condition()).annotate(year=ExtractYear("gift__date"), month=ExtractMonth("gift__date"))
    found: QuerySet[Any] = parts.values("year", "month", "currency").annotate(
        given=Sum("amount"), gifts=Count("gift", distinct=True), givers=Count("giver", distinct=True)
    )
    return found


def givers_of_all(seat: Seat, wanted: Wanted, periods: Periods) -> dict[str, tuple[int, int]]:
    """How many gifts and givers all months have together, by currency: a giver of two months is one. One query."""
    months = months_of(seat.agency, periods)
    lines = counted(seat, wanted).filter(Span(months[0], month_end(months[-1])).condition())
    rows = lines.values("currency").annotate(gifts=Count("gift", distinct=True), givers=Count("giver", distinct=True))
    return {row["currency"]: (row["gifts"], row["givers"]) for row in rows}


def question(seat: Seat, wanted: Wanted, periods: Periods) -> Question:
    """The figures of the report, so that each leads to its lines: of each month, what was given, what a year before,
    and the change; and the same of all months.
    """
    agency, months = seat.agency, months_of(seat.agency, periods)
    spans = [(month_key(day), month_words(agency, day), month_span(day), year_earlier(day)) for day in months]
    spans.append(("total", _("All months"), *all_spans(months)))
    figures = []
    for key, words, now, then in spans:
        figures.append(Figure(key, words, ((1, now),)))
        figures.append(Figure(f"{key}-before", _("%(month)s, a year before") % {"month": words}, ((1, then),)))
        figures.append(Figure(f"{key}-change", _("%(month)s, change") % {"month": words}, ((1, now), (-1, then))))
    return Question(counted(seat, wanted), tuple(figures), "total", needs_main=False)


def year_earlier(day: date) -> Span:
    """The same month of the year before."""
    return month_span(add_months(day, -12))


def all_spans(months: list[date]) -> tuple[Span, Span]:
    """All months, and the same a year before."""
    now = Span(months[0], month_end(months[-1]))
    return now, Span(add_months(months[0], -12), month_end(add_months(months[-1], -12)))
