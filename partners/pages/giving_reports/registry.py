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
from partners.queries.giving_reports.figures import Question
from partners.queries.giving_reports.givers import GiverRows
from partners.queries.giving_reports.questions import QUESTIONS, question
from partners.queries.giving_reports.retention import kept_by_unit

WHOLE = frozenset({"months", "retention"})
"""Reports that are read as one table: as many rows as months, or units."""


def question_of(seat: Seat, key: str, asked: Asked) -> Question | None:
    """What the figures of a report are made of; None for one whose figures lead to another report."""
    if key == "months":
        return months.question(seat, asked.wanted, asked.periods)
    if key == "thanks":
        return thanks.question(seat, asked.wanted, asked.periods)
    return question(key, seat, asked.wanted, asked.periods) if key in QUESTIONS else None


def rows_found(seat: Seat, key: str, asked: Asked, ahead: int = 0) -> Any:
    """All rows of a report: a list of those that are read whole, else what a page is cut from; `ahead` is the first row
    of the page that will be wanted.
    """
    wanted, periods = asked.wanted, asked.periods
    if key == "months":
        return months.by_month(seat, wanted, periods)
    if key == "retention":
        return kept_by_unit(seat, wanted, periods)
    if key == "thanks":
        return thanks.GiftsWaiting(seat, wanted, periods, asked.sort)
    return GiverRows(question(key, seat, wanted, periods), asked.sort, ahead)


def table_of(seat: Seat, ways: Ways, asked: Asked, found: Any, rows: Sequence[Any]) -> Table:
    """The table of some `rows` of those `found` for a report, with the sums of all."""
    key = ways.report
    if key == "months":
        return month_table(seat, ways, asked, found)
    if key == "retention":
        return retention_table(seat, ways, found)
    if key == "thanks":
        return thanks_table(seat, ways, found, rows)
    return giver_table(seat, ways, found, asked, rows)
