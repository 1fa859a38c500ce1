"""The reports that there are, by the question that each answers. A report whose page is not there is not listed."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat


@dataclass(frozen=True)
class Report:
    """A question, what the answer looks like, and where it is."""

    question: Any
    answer: Any
    page: str
    right: str


REPORTS = (
    Report(
        _("What did each partner give in a year, for their taxes?"),
        _("Giving statements as PDF, one by one or all in a run, and who gets none and why."),
        "statements",
        "statements.view",
    ),
    Report(
        _("Who gives, who has stopped, whom do we thank?"),
        _("Giving by month and giver, last year but not this year, new, lapsed, retention, largest changes."),
        "giving_reports",
        "gifts.view",
    ),
    Report(
        _("What was given to each designation in a year?"),
        _("Gifts by designation and currency, with a file for a spreadsheet program."),
        "giving_by_designation",
        "gifts.view",
    ),
    Report(
        _("Where does each {unit} stand in the six steps?"),
        _("The matrix of {units} and steps, the furthest behind first."),
        "matrix",
        "rollout.view",
    ),
    Report(
        _("How far is each budget covered?"),
        _("Received, promised and open, the biggest gap first."),
        "budgets",
        "budgets.view",
    ),
    Report(
        _("What does each designation hold?"),
        _("Balances month by month, down to each entry of the ledger."),
        "designations",
        "ledger.view",
    ),
    Report(_("What was mailed, and did it arrive?"), _("Every mail with its fate."), "outbox", "outbox.view"),
)


@dataclass(frozen=True)
class Shown:
    """A report as the page lists it."""

    question: str
    answer: str
    url: str


def reports_for(seat: Seat) -> list[Shown]:
    """The reports that this seat may open, in the agency's own words."""
    return [
        Shown(own(seat, report.question), own(seat, report.answer), url)
        for report in REPORTS
        if seat.can(report.right) and (url := address(seat, report.page))
    ]


def own(seat: Seat, words: Any) -> str:
    """Words with the agency's word for its units."""
    return str(words).replace("{units}", seat.agency.unit_words).replace("{unit}", seat.agency.unit_word)


def address(seat: Seat, page: str) -> str:
    """Where a page is; nothing where it is not there."""
    try:
        return reverse(page, args=[seat.agency.slug])
    except NoReverseMatch:
        return ""
