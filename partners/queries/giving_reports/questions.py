"""The questions about givers: who is in each report, over which periods, with which figures."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from babel.dates import format_date
from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.seats import Seat
from core.periods import add_months, fiscal_year_bounds, month_start
from partners.queries.giving_reports.figures import Figure, Question, Who
from partners.queries.giving_reports.lines import Span, Wanted, counted, whole_gifts

MONTHS = 14
GAP = 13
"""Months without a gift after which somebody who gave regularly counts as lapsed: a yearly gift may be a month late."""
REGULAR_MONTHS, LOOK_BACK = 2, 24
"""Who gave in so many different months of so many months before the gap gave regularly."""


@dataclass(frozen=True)
class Periods:
    """What was said about time; what is empty is the report's own choice."""

    first: date | None = None
    last: date | None = None
    before_first: date | None = None
    before_last: date | None = None
    year: int | None = None
    gap: int = GAP
    part: str = ""


def month_span(day: date) -> Span:
    """The whole month of a day."""
    return Span(month_start(day), month_end(day))


def month_end(day: date) -> date:
    """The last day of its month."""
    return add_months(month_start(day), 1) - timedelta(days=1)


def month_key(day: date) -> str:
    """A month as programs write it: 2026-03."""
    return f"{day:%Y-%m}"


def month_words(agency: Agency, day: date) -> str:
    """A month as people of the agency write it, short: Mar 2026."""
    return str(format_date(day, "MMM y", locale=agency.locale))


def year_span(agency: Agency, year: int) -> Span:
    """The agency's own year, named after the calendar year in which it ends."""
    return Span(*fiscal_year_bounds(year, agency.fiscal_year_start))


def year_words(agency: Agency, year: int) -> str:
    """How a year of the agency is called: 2026, or 2025/26 where it begins within a calendar year."""
    return str(year) if agency.fiscal_year_start == 1 else f"{year - 1}/{year % 100:02d}"


def grid_months(agency: Agency, periods: Periods) -> list[date]:
    """The first days of the months of the grid, the oldest first; the last one is this month, or that of a day."""
    last = month_start(periods.last or agency.today())
    return [add_months(last, number - MONTHS + 1) for number in range(MONTHS)]


def grid(seat: Seat, wanted: Wanted, periods: Periods) -> Question:
    """Everybody with a gift in fourteen months, month by month."""
    months = grid_months(seat.agency, periods)
    each = [Figure(month_key(day), month_words(seat.agency, day), ((1, month_span(day)),)) for day in months]
    whole = Figure("total", _("Total"), ((1, Span(months[0], month_end(months[-1]))),))
    lines = counted(seat, wanted)
    return Question(lines, (*each, whole), "total", needs_main=False, wanted=wanted)


def chosen_year(agency: Agency, periods: Periods) -> int:
    """The year that the reader asks about, else the one in which today is."""
    return periods.year or agency.fiscal_year(agency.today())


def last_year(seat: Seat, wanted: Wanted, periods: Periods) -> Question:
    """Who gave last year but not this year (LYBUNT)."""
    agency, year = seat.agency, chosen_year(seat.agency, periods)
    last, this, lines = year_span(agency, year - 1), year_span(agency, year), counted(seat, wanted)
    figures = (
        Figure("last", year_words(agency, year - 1), ((1, last),)),
        Figure("earlier", year_words(agency, year - 2), ((1, year_span(agency, year - 2)),)),
    )
    return Question(lines, figures, "last", Who((last,), (this,), named=True), wanted=wanted)


def some_years(seat: Seat, wanted: Wanted, periods: Periods) -> Question:
    """Who gave in some earlier year but not this year (SYBUNT)."""
    agency, year = seat.agency, chosen_year(seat.agency, periods)
    this, last, lines = year_span(agency, year), year_span(agency, year - 1), counted(seat, wanted)
    before = this.before()
    figures = (
        Figure("before", _("Before %(year)s") % {"year": year_words(agency, year)}, ((1, before),)),
        Figure("last", _("Of that %(year)s") % {"year": year_words(agency, year - 1)}, ((1, last),)),
    )
    return Question(lines, figures, "before", Who((before,), (this,), named=True), wanted=wanted)


def new_span(agency: Agency, periods: Periods) -> Span:
    """The period in which a giver is new: what was said, else this year of the agency."""
    year = year_span(agency, agency.fiscal_year(agency.today()))
    return Span(periods.first or year.first, periods.last or agency.today())


def new_givers(seat: Seat, wanted: Wanted, periods: Periods) -> Question:
    """Whose first gift falls into the period."""
    span, lines = new_span(seat.agency, periods), counted(seat, wanted)
    before = span.before()
    figures = (Figure("given", _("Given in the period"), ((1, span),)),)
    return Question(lines, figures, "given", Who((span,), (before,), named=True), wanted=wanted)


def lapsed_spans(agency: Agency, periods: Periods) -> tuple[Span, Span]:
    """The months in which somebody gave regularly, and the gap after them up to today."""
    begins = add_months(agency.today(), -periods.gap) + timedelta(days=1)
    return Span(add_months(begins, -LOOK_BACK), begins - timedelta(days=1)), Span(begins, None)


def lapsed(seat: Seat, wanted: Wanted, periods: Periods) -> Question:
    """Who gave regularly and has given nothing for longer than the gap."""
    regular, gap = lapsed_spans(seat.agency, periods)
    lines = counted(seat, wanted)
    figures = (Figure("regular", _("Given in the %(months)s months before") % {"months": LOOK_BACK}, ((1, regular),)),)
    givers = Who((regular,), (gap,), regular, REGULAR_MONTHS, named=True)
    return Question(lines, figures, "regular", givers, wanted=wanted)


def two_spans(agency: Agency, periods: Periods) -> tuple[Span, Span]:
    """The earlier and the later of two periods: what was said, else the twelve whole months before this one and the
    twelve before these. Where only the later one was said, the earlier is the same days a year before.
    """
    this_month = month_start(agency.today())
    first = periods.first or add_months(this_month, -12)
    last = periods.last or max(first, this_month - timedelta(days=1))
    earlier = Span(periods.before_first or add_months(first, -12), periods.before_last or year_before(last))
    return earlier, Span(first, last)


def year_before(day: date) -> date:
    """The same day a year before; the end of a month is that of the month."""
    return month_end(add_months(day, -12)) if day == month_end(day) else add_months(day, -12)


STAYED, LEFT = "stayed", "left"


def stayed(seat: Seat, wanted: Wanted, periods: Periods) -> Question:
    """Of those who gave in the earlier period: all, those who gave in the later one too, or those who did not."""
    (earlier, later), lines = two_spans(seat.agency, periods), counted(seat, wanted)
    gave = (earlier, later) if periods.part == STAYED else (earlier,)
    givers = Who(gave, (later,) if periods.part == LEFT else (), named=True)
    figures = (
        Figure("before", _("Earlier period"), ((1, earlier),)),
        Figure("after", _("Later period"), ((1, later),)),
    )
    return Question(lines, figures, "before", givers, needs_main=False, wanted=wanted)


def changes(seat: Seat, wanted: Wanted, periods: Periods) -> Question:
    """How much more or less each giver gave in the later of two periods than in the earlier."""
    (earlier, later), lines = two_spans(seat.agency, periods), counted(seat, wanted)
    figures = (
        Figure("before", _("Earlier period"), ((1, earlier),)),
        Figure("after", _("Later period"), ((1, later),)),
        Figure("change", _("Change"), ((1, later), (-1, earlier))),
    )
    return Question(lines, figures, "change", Who(named=True), wanted=wanted)


QUESTIONS = {
    "grid": grid,
    "last_year": last_year,
    "some_years": some_years,
    "new_givers": new_givers,
    "lapsed": lapsed,
    "stayed": stayed,
    "changes": changes,
}


def question(key: str, seat: Seat, wanted: Wanted, periods: Periods) -> Question:
    """The question of a report about givers."""
    return replace(QUESTIONS[key](seat, wanted, periods), gifts=whole_gifts(seat, wanted))
