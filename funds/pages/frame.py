"""What every page of the ledger has around it: the heading, the tabs of giving and those of the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from imports.giving_tabs import Tab, giving_tabs

LEDGER = "ledger"
TABS: list[tuple[str, Any, str]] = [
    (LEDGER, _("Postings"), "ledger.view"),
    ("ledger_statement", _("Statement"), "gifts.view"),
    ("accounts", _("Accounts"), "ledger.view"),
    ("transfers", _("Transfers"), "ledger.view"),
    ("expenses", _("Expenses"), "ledger.view"),
    ("assessments", _("Assessments"), "ledger.view"),
    ("journals", _("Journals"), "ledger.view"),
    ("months", _("Months"), "ledger.view"),
]


@dataclass(frozen=True)
class Link:
    """Words and where they lead."""

    label: str
    url: str


@dataclass(frozen=True)
class Heading:
    """The top of a page. `primary` is the one button, `menu` the rest."""

    title: str
    lead: str = ""
    eyebrow: str = ""
    status: str = ""
    tone: str = "none"
    primary: Link | None = None
    menu: Sequence[Link] = field(default_factory=list)


def frame(seat: Seat, page: str, heading: Heading) -> dict[str, Any]:
    """The heading and both rows of tabs, `page` being the current one of the ledger."""
    return {
        "heading": heading,
        "tabs": giving_tabs(seat, LEDGER if seat.can("ledger.view") else "designations"),
        "ledger_tabs": [
            Tab(str(label), reverse(name, args=[seat.agency.slug]), name == page)
            for name, label, right in TABS
            if seat.can(right)
        ],
    }


def link(seat: Seat, right: str, label: str, page: str, *args: Any) -> Link | None:
    """A link for who has the right."""
    return Link(label, reverse(page, args=[seat.agency.slug, *args])) if seat.can(right) else None


def links(*given: Link | None) -> list[Link]:
    """Those that are there."""
    return [each for each in given if each is not None]
