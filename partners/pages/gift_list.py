"""Rows of the list of gifts and of the lines behind a total, on the screen and in files."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from core.export import Cell
from core.money import Money
from partners.models import Gift
from partners.models.discretion import in_field
from partners.pages.words import unbroken


@dataclass(frozen=True)
class GiftRow:
    """A row of the list. `amount` is the part that fits the filter and that the reader may see."""

    day: str
    url: str
    giver: str
    giver_url: str
    designations: str
    kind: str
    source: str
    amount: str
    state: str
    tone: str


def gift_rows(seat: Seat, gifts: Iterable[Any]) -> list[GiftRow]:
    """Rows for gifts `with_lines`. No query."""
    return [gift_row(seat, gift) for gift in gifts]


def gift_row(seat: Seat, gift: Any) -> GiftRow:
    """One gift in words."""
    agency = seat.agency
    state, tone = state_of(gift)
    return GiftRow(
        day=unbroken(day_in_words(agency, gift.date)),
        url=reverse("gift", args=[agency.slug, gift.pk]),
        giver=gift.shown_giver,
        giver_url=giver_url(seat, gift.anonymous, gift.partner_id),
        designations=designations_of(gift),
        kind=capfirst(str(Gift.Kind(gift.kind).label)),
        source=gift.source,
        amount=amount_of(gift).format(agency.locale),
        state=state,
        tone=tone,
    )


def giver_url(seat: Seat, anonymous: bool, partner_id: int | None) -> str:
    """The giver's page, where the reader may know it."""
    if partner_id is None or (anonymous and in_field(seat)):
        return ""
    return reverse("partner", args=[seat.agency.slug, partner_id])


def state_of(gift: Any) -> tuple[str, str]:
    """What there is to know about a gift before trusting its amount, and its tone."""
    if gift.withdrawn_at is not None:
        return _("withdrawn"), "none"
    return (_("to review"), "warn") if gift.is_waiting else ("", "")


def line_name(line: Any) -> str:
    """The designation as the reader may call it; in suspense, the text of the file."""
    if line.designation_id is not None:
        return str(line.shown_name)
    return _("not known: “%(key)s”") % {"key": line.designation_key} if line.designation_key else _("not said")


def designations_of(gift: Any) -> str:
    """The designations of the lines that are shown."""
    return ", ".join(line_name(line) for line in gift.shown_lines)


def amount_of(gift: Any) -> Money:
    """What the lines that are shown sum to."""
    return Money(sum(line.amount for line in gift.shown_lines), gift.currency)


@dataclass(frozen=True)
class LineRow:
    """One line behind a total."""

    day: str
    url: str
    giver: str
    designation: str
    amount: str


def line_rows(agency: Agency, lines: Iterable[Any]) -> list[LineRow]:
    """Rows for lines from `lines_wanted`. No query."""
    return [
        LineRow(
            day=unbroken(day_in_words(agency, line.gift.date)),
            url=reverse("gift", args=[agency.slug, line.gift_id]),
            giver=line.shown_giver,
            designation=line_name(line),
            amount=Money(line.amount, line.gift.currency).format(agency.locale),
        )
        for line in lines
    ]


def header() -> list[str]:
    """The columns of the file: those of the screen, the number of the gift before and its address behind."""
    names = (_("Date"), _("Giver"), _("Designation"), _("Kind"), _("Source"), _("Amount"), _("Currency"), _("State"))
    return [_("ID"), *names, _("Link")]


def cells(seat: Seat, gifts: Iterable[Any], site: str) -> list[list[Cell]]:
    """Rows for the file."""
    return [row_of_cells(seat, gift, site) for gift in gifts]


def row_of_cells(seat: Seat, gift: Any, site: str) -> list[Cell]:
    """One gift in cells; the amount is a number."""
    amount, (state, _tone) = amount_of(gift), state_of(gift)
    words: list[Cell] = [
        gift.shown_giver,
        designations_of(gift),
        capfirst(str(Gift.Kind(gift.kind).label)),
        gift.source,
    ]
    link = site + reverse("gift", args=[seat.agency.slug, gift.pk])
    return [gift.pk, gift.date, *words, amount.decimal, amount.currency, state, link]
