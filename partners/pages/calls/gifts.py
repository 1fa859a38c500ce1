"""The gifts of a caller: where each one is now, and what may be said of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from core.money import Money
from partners.models import Gift, Partner, ReviewItem
from partners.pages.calls import words
from partners.pages.calls.found import paid_in_words
from partners.pages.gift_list import line_name
from partners.pages.reasons import reasons_told
from partners.queries.calls.gifts import Given, keyed_for, newest_given, parts_of


@dataclass(frozen=True)
class PartShown:
    """To which designation, and how much of it. `amount` is empty where there is one part."""

    name: str
    amount: str


@dataclass(frozen=True)
class GiftShown:
    """One gift as it is read while the caller speaks."""

    amount: str
    day: str
    url: str
    paid: str
    lies: str
    parts: list[PartShown]
    state: str
    tone: str
    told: list[str]
    say: str
    asked: bool = False
    unit_ids: list[int] = field(default_factory=list)
    anonymous: bool = False


def gifts_shown(seat: Seat, partner: Partner, gift_id: int | None) -> list[GiftShown]:
    """What is keyed and not posted, then the newest gifts, the one that was asked for first. At most 14 queries."""
    rows = keyed_for(seat, partner)
    parts = parts_of(seat, rows)
    newest = newest_given(seat, partner, gift_id)
    reasons = reasons_told(seat, [each.correction for each in newest if each.correction])
    posted = [posted_gift(seat, each, gift_id, reasons.get(each.gift.pk, "")) for each in newest]
    asked = [each for each in posted if each.asked]
    keyed = [keyed_gift(seat, row, parts[row.pk]) for row in rows]
    return [*asked, *keyed, *(each for each in posted if not each.asked)]


def keyed_gift(seat: Seat, row: Any, parts: list[Any]) -> GiftShown:
    """A gift in an open batch."""
    agency, batch = seat.agency, row.batch
    records = seat.can("gifts.record")
    return GiftShown(
        amount=Money(row.amount, batch.currency).format(agency.locale),
        day=day_in_words(agency, row.date),
        url=reverse("batch", args=[agency.slug, batch.pk]) if records else "",
        paid=paid_in_words(row.method, row.reference),
        lies=lies_in(seat, batch.deposit.name, batch),
        parts=parts_shown(agency, batch.currency, [(part.shown_name, part.amount) for part in parts]),
        state=_("in an open batch"),
        tone="prog",
        told=[_("Keyed, and not posted yet: it stands in no statement and no report.")],
        say=words.of_row(agency, row, parts),
        unit_ids=[part.designation.unit_id for part in parts if part.designation.unit_id],
        anonymous=row.anonymous,
    )


def posted_gift(seat: Seat, given: Given, gift_id: int | None, reason: str) -> GiftShown:
    """A gift that was posted; `reason`: why it was reversed, as far as the seat may read it."""
    agency, gift = seat.agency, given.gift
    state, tone = state_of(given)
    return GiftShown(
        amount=Money(given.amount, gift.currency).format(agency.locale),
        day=day_in_words(agency, gift.date),
        url=reverse("gift", args=[agency.slug, gift.pk]),
        paid=paid_in_words(gift.method, gift.reference),
        lies=lies_in(seat, given.deposit, gift.batch),
        parts=parts_shown(agency, gift.currency, [(line_name(line), line.amount) for line in given.lines]),
        state=state,
        tone=tone,
        told=list(told(seat, given, reason)),
        say=words.of_gift(agency, given),
        asked=gift.pk == gift_id,
        unit_ids=[line.designation.unit_id for line in given.lines if line.designation and line.designation.unit_id],
        anonymous=gift.anonymous,
    )


def parts_shown(agency: Any, currency: str, parts: list[tuple[str, int]]) -> list[PartShown]:
    """Designations, each with its amount where there are several."""
    several = len(parts) > 1
    return [PartShown(name, Money(minor, currency).format(agency.locale) if several else "") for name, minor in parts]


def lies_in(seat: Seat, deposit: str, batch: Any) -> str:
    """Where the money was deposited, and with which batch; for the office."""
    if seat.unit_ids("gifts.view") is not None:
        return ""
    if batch is None:
        return deposit
    where = {"batch": batch.number, "day": day_in_words(seat.agency, batch.deposited_on), "deposit": deposit}
    return _("%(deposit)s, batch %(batch)s of %(day)s") % where


def state_of(given: Given) -> tuple[str, str]:
    """Where a gift is now, in two words, and how they look."""
    gift = given.gift
    back = sum(each.amount for each in given.refunds)
    if gift.withdrawn_at is not None:
        return _("reversed"), "bad"
    if gift.amount < 0:
        return str(Gift.Kind(gift.kind).label), "bad"
    if back:
        return (_("refunded"), "bad") if back + gift.amount == 0 else (_("refunded in part"), "warn")
    if any(line.designation_id is None for line in given.lines):
        return _("in suspense"), "warn"
    if given.waits:
        return _("posted, held for a look"), "warn"
    return _("posted"), "done"


def told(seat: Seat, given: Given, reason: str) -> Iterator[str]:
    """What happened to a gift, one sentence each. The only free text is the reason that the seat may read."""
    agency, gift = seat.agency, given.gift
    if gift.posting.date != gift.date:
        yield _("In the ledger of %(day)s.") % {"day": day_in_words(agency, gift.posting.date)}
    if (gift.tendered_amount, gift.tendered_currency) != (gift.amount, gift.currency) and given.whole:
        tendered = Money(gift.tendered_amount, gift.tendered_currency).format(agency.locale)
        yield _("Given as %(tendered)s.") % {"tendered": tendered}
    if given.correction is not None:
        yield from reversed_words(seat, given, reason)
    if gift.reverses is not None:
        yield _("Takes back the gift of %(day)s.") % {"day": day_in_words(agency, gift.reverses.date)}
    for refund in given.refunds:
        yield went_back(seat, given, refund)
    for move in given.moves:
        yield _("Moved out of suspense on %(day)s.") % {"day": day_in_words(agency, move.at)}
    for item in given.waits:
        yield _("Held: %(why)s.") % {"why": ReviewItem.Reason(item.reason).label}
    if not given.whole:
        yield _("Another part of this gift is not for you to see.")


def reversed_words(seat: Seat, given: Given, reason: str) -> Iterator[str]:
    """When a gift was reversed, why, and what stands in its place."""
    made = given.correction
    if made is None:
        return
    facts = {"day": day_in_words(seat.agency, made.at), "why": reason, "number": made.replacement_id}
    yield (_("Reversed on %(day)s: %(why)s.") if reason else _("Reversed on %(day)s.")) % facts
    if made.replacement_id:
        yield _("Gift %(number)s stands in its place.") % facts


def went_back(seat: Seat, given: Given, refund: Gift) -> str:
    """What went back of a gift, and when. How much only where the seat sees the whole gift."""
    facts = {
        "day": day_in_words(seat.agency, refund.date),
        "kind": str(Gift.Kind(refund.kind).label),
        "amount": Money(-refund.amount, refund.currency).format(seat.agency.locale),
    }
    return (
        _("%(amount)s went back on %(day)s (%(kind)s).") if given.whole else _("A part went back on %(day)s.")
    ) % facts
