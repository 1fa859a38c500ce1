"""Timing differences of a year in words, and as rows of a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.downloads import Sheet
from agencies.models import Agency
from core.export import Cell
from core.money import Money
from reports.pages.overview import counted
from reports.queries.timing import DEPOSITED, GIVEN, apart, count

HEADER = ("side", "gift", "given_on", "posted_on", "giver", "amount", "currency")


@dataclass(frozen=True)
class Apart:
    """A gift with both its days."""

    url: str
    given_on: str
    posted_on: str
    giver: str
    amount: str


def rows_shown(agency: Agency, gifts: Iterable[Any]) -> list[Apart]:
    """Rows for gifts of `apart`. No query."""
    return [
        Apart(
            reverse("gift", args=[agency.slug, gift.pk]),
            day_in_words(agency, gift.date),
            day_in_words(agency, gift.posting.date),
            gift.giving_unit.name,
            Money(gift.amount, gift.currency).format(agency.locale),
        )
        for gift in gifts
    ]


def titles(year: int) -> dict[str, str]:
    """What each side is called."""
    return {
        GIVEN: _("Given in %(year)s, deposited in another year") % {"year": year},
        DEPOSITED: _("Deposited in %(year)s, given in another year") % {"year": year},
    }


def choices(agency: Agency, year: int, side: str) -> list[dict[str, Any]]:
    """Both sides with their numbers and addresses."""
    url = reverse("statement_timing", args=[agency.slug, year])
    return [
        {
            "label": label,
            "number": counted(agency, count(year, each)),
            "url": f"{url}?side={each}",
            "chosen": each == side,
        }
        for each, label in titles(year).items()
    ]


def sheet(year: int) -> Sheet:
    """Both sides as a file; amounts are numbers."""
    rows: list[Sequence[Cell]] = []
    for side in (GIVEN, DEPOSITED):
        for gift in apart(year, side):
            amount = Money(gift.amount, gift.currency).decimal
            days = (gift.date, gift.posting.date)
            rows.append((side, gift.pk, *days, gift.giving_unit.name, amount, gift.currency))
    return Sheet(f"timing-differences-{year}", HEADER, rows)
