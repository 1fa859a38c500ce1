"""Who may be calling, each with why it was found."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.days import day_in_words
from agencies.seats import Seat
from core.money import Money
from partners.models import Gift, Partner
from partners.models.discretion import in_field
from partners.queries.calls.finding import AMOUNT, NUMBER, TENDERED, Caller

REASONS: Final = 4


@dataclass(frozen=True)
class CallerRow:
    """One answer: the name, what tells it from others, and why it was found. `url` leads to the page of the call, or
    for gifts of nobody to the gift.
    """

    name: str
    hint: str
    reasons: list[str]
    url: str


def caller_rows(seat: Seat, callers: list[Caller]) -> list[CallerRow]:
    """The answers in words. No query."""
    return [caller_row(seat, each) for each in callers]


def caller_row(seat: Seat, caller: Caller) -> CallerRow:
    """One answer in words. A single gift that answers is opened with the page."""
    reasons = list(reasons_of(seat, caller))
    slug = seat.agency.slug
    if caller.partner is None:
        url = reverse("gift", args=[slug, caller.gifts[0][0].pk]) if caller.gifts else reverse("batches", args=[slug])
        return CallerRow(_("The giver is not known yet"), "", shortened(reasons), url)
    url = reverse("call", args=[slug, caller.partner.pk])
    exact = [gift for gift, _why in caller.gifts]
    query = f"?{urlencode({'gift': exact[0].pk})}" if exact else ""
    return CallerRow(caller.partner.name, hint(caller.partner), shortened(reasons), url + query)


def shortened(reasons: list[str]) -> list[str]:
    """The first reasons, and how many there are beside."""
    if len(reasons) <= REASONS:
        return reasons
    more = len(reasons) - REASONS + 1
    words = ngettext("and %(number)s more", "and %(number)s more", more) % {"number": more}
    return [*reasons[: REASONS - 1], words]


def hint(partner: Any) -> str:
    """What tells a partner from others of the name: kind, other names, where their mail goes."""
    address = next((each for each in partner.addresses.all() if each.not_valid_since is None), None)
    units = [unit.name for unit in partner.giving_units.all() if unit.name != partner.name]
    died = [_("died")] if partner.deceased_on else []
    parts = [str(Partner.Kind(partner.kind).label), *died, partner.roman_name, *units, address.city if address else ""]
    return ", ".join(part for part in parts if part)


def reasons_of(seat: Seat, caller: Caller) -> Iterator[str]:
    """Why somebody was found, the surest first."""
    yield from caller.said
    for row in caller.rows:
        yield _("keyed in batch %(batch)s, not posted yet: %(gift)s") % {
            "batch": row.batch.number,
            "gift": row_in_words(seat, row),
        }
    for gift, why in caller.gifts:
        yield gift_in_words(seat, gift, why)
    yield from (_("telephone %(number)s") % {"number": number} for number in caller.phones)
    yield from (_("e-mail %(address)s") % {"address": address} for address in caller.emails)
    yield from (_("number %(number)s") % {"number": number} for number in caller.numbers)
    if caller.by_name:
        yield _("by name")


def gift_in_words(seat: Seat, gift: Any, why: str) -> str:
    """A gift as a reason: "check 1042, $50.00, 3 Jul 2026". In the field the amount is left out: a part of it may be
    for others.
    """
    agency = seat.agency
    amount = "" if in_field(seat) else Money(gift.amount, gift.currency).format(agency.locale)
    if why == TENDERED:
        tendered = Money(gift.tendered_amount, gift.tendered_currency).format(agency.locale)
        amount = _("%(tendered)s given, booked as %(amount)s") % {"tendered": tendered, "amount": amount}
    number = _("gift number %(number)s") % {"number": gift.external_id} if why == NUMBER else ""
    by = "" if in_field(seat) and why == AMOUNT else paid_by(gift.method, gift.reference)
    state = _("taken back") if gift.withdrawn_at else ""
    return ", ".join(part for part in (number, by, amount, day_in_words(agency, gift.date), state) if part)


def row_in_words(seat: Seat, row: Any) -> str:
    """A keyed gift as a reason."""
    amount = Money(row.amount, row.batch.currency).format(seat.agency.locale)
    return ", ".join(part for part in (paid_by(row.method, row.reference), amount) if part)


def paid_by(method: str, reference: str) -> str:
    """How a gift came: "check 1042"."""
    known = dict(Gift.Method.choices)
    words = str(known.get(method.lower(), method.replace("_", " ")))
    return " ".join(part for part in (words, reference) if part)


def paid_in_words(method: str, reference: str) -> str:
    """The same at the beginning of a line."""
    return capfirst(paid_by(method, reference))
