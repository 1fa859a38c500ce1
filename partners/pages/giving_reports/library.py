"""The list of the reports, by question."""

from dataclasses import dataclass

from django.urls import reverse

from agencies.seats import Seat
from partners.pages.giving_reports.words import REPORTS


@dataclass(frozen=True)
class Shown:
    """A report as the list shows it."""

    question: str
    answer: str
    url: str


def reports_shown(seat: Seat) -> list[Shown]:
    """The reports in the agency's own words."""
    return [
        Shown(str(each.question), own(seat, str(each.answer)), reverse(each.page, args=[seat.agency.slug]))
        for each in REPORTS
    ]


def own(seat: Seat, words: str) -> str:
    """Words with the agency's word for its units."""
    return words.replace("{unit}", seat.agency.unit_word)
