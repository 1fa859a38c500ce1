"""One way to any report of giving: its rows, the table of some of them, and the question behind its figures."""

from collections.abc import Sequence
from typing import Any

from agencies.seats import Seat
from partners.forms.giving_reports import Asked
from partners.pages.giving_reports.givers import giver_table
from partners.pages.giving_reports.months import month_table
from partners.pages.giving_reports.retention import retention_table
from partners.pages.giving_reports.tables import Table, Ways
from partners.pages.giving_reports.thanks import thanks_table
from partners.queries.giving_reports import months, thanks
from partners.queries.giving_reports.figures import Question, rows_of
from partners.queries.giving_reports.questions import QUESTIONS
from partners.queries.giving_reports.retention import kept_by_unit

WHOLE = frozenset({"months", "retention"})
"""Reports that are read as one table: as many rows as months, or units."""


def question_of(seat: Seat, key: str, asked: Asked) -> Question | None:
    """What the figures of a report are made of; None for one whose figures lead to another report."""
    if key == "months":
        return months.question(seat, asked.wanted, asked.periods)
    if key == "thanks":
        return thanks.question(seat, asked.wanted, asked.periods)
    ask = QUESTIONS.get(key)
    return ask(seat, asked.wanted, asked.periods) if ask else None


def rows_found(seat: Seat, key: str, asked: Asked) -> Any:
    """All rows of a report: a list of those that are read whole, else a query that a page is cut from."""
    wanted, periods = asked.wanted, asked.periods
    if key == "months":
        return months.by_month(seat, wanted, periods)
    if key == "retention":
        return kept_by_unit(seat, wanted, periods)
    if key == "thanks":
        return thanks.gifts_waiting(seat, wanted, periods, asked.sort)
    return rows_of(QUESTIONS[key](seat, wanted, periods), asked.sort)


def table_of(seat: Seat, ways: Ways, asked: Asked, rows: Sequence[Any]) -> Table:
    """The table of some rows of a report, with the sums of all."""
    key = ways.report
    if key == "months":
        return month_table(seat, ways, asked, rows)
    if key == "retention":
        return retention_table(seat, ways, asked, rows)
    if key == "thanks":
        return thanks_table(seat, ways, thanks.question(seat, asked.wanted, asked.periods), rows)
    return giver_table(seat, ways, QUESTIONS[key](seat, asked.wanted, asked.periods), asked, rows)
