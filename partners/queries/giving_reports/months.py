"""Giving by month: what came in, in how many gifts, from how many givers, beside the same month a year before."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.seats import Seat
from core import planner
from core.periods import add_months, month_start
from partners.queries.giving_reports.figures import Figure, Question
from partners.queries.giving_reports.lines import UNIDENTIFIED, Span, Wanted, counted, whole_gifts
from partners.queries.giving_reports.questions import Periods, month_end, month_key, month_span, month_words

MOST = 60
"""So many months are shown at most."""


GROUPED = """
WITH gift AS ({gifts}), person AS MATERIALIZED (
  SELECT date_trunc('month', day::timestamp)::date AS month, giver, currency,
    sum(given)::bigint AS given, count(*) AS gifts
  FROM gift GROUP BY 1, 2, 3
)
SELECT month, currency, sum(given), sum(gifts)::bigint, count(*) FROM person GROUP BY month, currency
UNION ALL
SELECT NULL, currency, 0, sum(gifts)::bigint, count(*) FROM (
  SELECT giver, currency, sum(gifts) AS gifts FROM person WHERE month >= %s GROUP BY giver, currency
) everybody GROUP BY currency
"""


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


@dataclass(frozen=True)
class ByMonth:
    """The rows, and by currency how many gifts and givers all months have together: a giver of two months is one."""

    months: list[Month]
    people: dict[str, tuple[int, int]]

    def __iter__(self) -> Iterator[Month]:
        return iter(self.months)


def by_month(seat: Seat, wanted: Wanted, periods: Periods) -> ByMonth:
    """A row per month and currency, the oldest first; a currency that appears anywhere has every month."""
    months = months_of(seat.agency, periods)
    span = Span(add_months(months[0], -12), month_end(months[-1]))
    found: dict[tuple[date | None, str], tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    found |= {(day, code): (int(given), gifts, givers)
              for day, code, given, gifts, givers in grouped(seat, wanted, span, months[0])}  # fmt: skip
    rows = []
    for currency in sorted({code for _day, code in found}):
        for day in months:
            given, gifts, givers = found[day, currency]
            rows.append(Month(day, currency, given, gifts, givers, before=found[add_months(day, -12), currency][0]))
    return ByMonth(rows, {code: found[None, code][1:] for _day, code in list(found)})


def grouped(seat: Seat, wanted: Wanted, span: Span, shown_from: date) -> list[tuple[Any, ...]]:
    """Month, currency, sum, gifts and givers; without a month those of all months from `shown_from` on. The gifts are
    read once and summed by giver and month.
    """
    try:
        gifts, values = by_gift(seat, wanted, span).query.sql_with_params()
    except EmptyResultSet:
        return []
    with planner.joined_by_sets(), connection.cursor() as cursor:
        cursor.execute(GROUPED.format(gifts=gifts), (*values, shown_from))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def by_gift(seat: Seat, wanted: Wanted, span: Span) -> QuerySet[Any]:
    """Day, giver, currency and what counts of each gift; behind them, where its lines were summed, the gift."""
    gifts = whole_gifts(seat, wanted)
    if gifts is None:
        lines = counted(seat, wanted).filter(span.condition()).annotate(day=F("gift__date"))
        of_lines: QuerySet[Any] = lines.values("day", "giver", "currency", "gift").annotate(given=Sum("amount"))
        return of_lines
    named = gifts.filter(span.condition("date")).annotate(
        day=F("date"), giver=Coalesce(F("giving_unit__partner"), Value(UNIDENTIFIED)), given=F("amount")
    )
    found: QuerySet[Any] = named.values("day", "giver", "currency", "given")
    return found


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
