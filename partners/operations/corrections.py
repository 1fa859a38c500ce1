"""Setting right what was posted: a correction reverses whole and records anew."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.models import Account, Posting
from funds.operations import reverse
from funds.queries.periods import open_from
from partners.goods import ReturnNotValued
from partners.models import Gift, GiftCorrection, GiftLine, GivingUnit, ReviewItem, SuspenseAssignment
from partners.operations.gift_posting import BY_HAND, Part, post_gift
from partners.operations.gifts import check_head, check_open, check_parts, check_told, details
from partners.operations.telling import tell_withdrawn


class WithdrawnAlready(Refused):
    """A gift is corrected once; what stands in its place may be corrected again."""

    code = "withdrawn_already"
    message = "This gift was corrected before. Open the gift that stands in its place."


class ReasonMissing(Refused):
    """Whoever reads the ledger later wants to know why."""

    code = "reason_missing"
    field = "reason"
    message = "Say in a few words why the gift is corrected."


class HasRefunds(Refused):
    """A gift with refunds resting on it cannot be reversed whole."""

    code = "has_refunds"
    message = "Money was already given back on this gift. Correct the refunds first."


def lock(gift: Gift) -> Gift:
    """The gift, locked until the transaction ends, and still standing. Raises WithdrawnAlready."""
    locked: Gift = Gift.objects.select_for_update().get(pk=gift.pk)
    if locked.withdrawn_at is not None:
        raise WithdrawnAlready
    return locked


@transaction.atomic
def correct_gift(
    *,
    agency: Agency,
    actor: User | None,
    gift: Gift,
    reason: str,
    key: str,
    giving_unit: GivingUnit | None = None,
    on: date | None = None,
    parts: Sequence[Part] = (),
    **fields: Any,
) -> GiftCorrection:
    """Reverse a gift whole, with its reason, and record it anew with these parts, or withdraw it when there are none.

    Whose the gift is, where no `giving_unit` is named, is read anew under its lock: it may have been assigned since.
    Once per gift and idempotency `key`. Designations that the gift has already may stay, open or not. Raises
    ReasonMissing, WithdrawnAlready, HasRefunds, ReturnNotValued where a value in return is of the currency before, and
    what `record_gift` raises of lines and head.
    """
    if not reason.strip():
        raise ReasonMissing
    day, giver = on or gift.date, giving_unit or gift.giving_unit
    content: dict[str, Any] = {"gift": gift.pk, "reason": reason, "giver": giver.pk, "on": day}
    said = [(p.designation_key, p.amount.minor, p.amount.currency, p.intent) for p in parts]
    content |= {"parts": said, "fields": details(fields)}

    def effect() -> dict[str, Any]:
        locked = lock(gift)
        if Gift.objects.filter(reverses=locked, withdrawn_at=None).exists():
            raise HasRefunds
        kept, replacement = {**carried_over(locked), **fields}, None
        if parts:
            check_value_said(locked, parts, fields)
            check_anew(locked, parts, day, agency, kept)
        correction = withdraw(agency=agency, actor=actor, gift=locked, reason=reason)
        if parts:
            replacement = post_gift(
                agency=agency,
                actor=actor,
                giving_unit=giving_unit or locked.giving_unit,
                on=day,
                parts=parts,
                source=BY_HAND,
                external_id=f"{agency.pk}-{key}"[:80],
                deposit=deposit_of(locked),
                posted_on=day_of_posting(agency, day),
                asks=not is_settled(locked),
                **kept,
            )
            if replacement.anonymous:
                hide(locked)
        made = GiftCorrection.objects.create(
            agency=agency, gift=locked, replacement=replacement, posting=correction, reason=reason[:250], by=actor
        )
        audit.record(actor=actor, verb="correct gift", of=locked, label=f"gift {locked.pk}", reason=reason)
        return {"correction": made.pk}

    answer = once(agency=agency, endpoint="correct_gift", key=key, content=content, effect=effect)
    found: GiftCorrection = GiftCorrection.objects.select_related("replacement").get(pk=answer["correction"])
    return found


def hide(gift: Gift) -> None:
    """Who asks to stay unknown afterwards is unknown in what was written before too: in the gift that was corrected,
    in those before it, and in what was given back of them.
    """
    known = {gift.pk}
    while found := set(GiftCorrection.objects.filter(replacement__in=known).values_list("gift", flat=True)) - known:
        known |= found
    Gift.objects.filter(Q(pk__in=known) | Q(reverses__in=known), anonymous=False).update(anonymous=True)


def stands_for(gifts: Iterable[int]) -> set[int]:
    """The ids of all that was recorded in the place of these gifts, and in the place of that, however often it was
    corrected. Two queries for gifts that were corrected once.
    """
    known, newest = set[int](), set(gifts)
    while newest:
        made = GiftCorrection.objects.filter(gift__in=newest, replacement__isnull=False)
        newest = set(made.values_list("replacement", flat=True)) - known
        known |= newest
    return known


def is_settled(gift: Gift) -> bool:
    """Whether a person has looked at the gift already: what stands in its place is not asked about again."""
    return bool(ReviewItem.objects.filter(line__gift=gift).exclude(settled_at=None).exists())


def deposit_of(gift: Gift) -> Account | None:
    """The account on which a gift was deposited; None for one of nothing."""
    found = Account.objects.filter(kind=Account.Kind.DEPOSIT, entries__posting=gift.posting_id)
    account: Account | None = found.order_by("pk").first()
    return account


def day_of_posting(agency: Agency, day: date) -> date | None:
    """The day on which what is recorded anew is posted: its own, or that of the reversal where its month is closed."""
    first = open_from()
    return agency.today() if first is not None and day < first else None


def check_anew(gift: Gift, parts: Sequence[Part], day: date, agency: Agency, kept: dict[str, Any]) -> None:
    """What stands in the place of a gift is judged like a new one, but what the gift had already may stay."""
    check_parts(parts, day, agency.today())
    check_head(parts, kind=kept["kind"], method=kept["method"], tendered=kept.get("tendered"), stands=gift)
    check_told(parts, kept)
    there = set(GiftLine.objects.filter(gift=gift).values_list("designation", flat=True))
    check_open((part.designation for part in parts if part.designation and part.designation.pk not in there), day)


def check_value_said(gift: Gift, parts: Sequence[Part], fields: Mapping[str, Any]) -> None:
    """Raises ReturnNotValued where a value in return would be carried over into another currency: it is minor units of
    the first, and no rate makes a good-faith estimate.
    """
    turned = any(part.amount.currency != gift.currency for part in parts)
    if turned and gift.fair_market_value and "fair_market_value" not in fields:
        known = Money(gift.fair_market_value, gift.currency).decimal_string()
        raise ReturnNotValued(
            f"What the giver got in return was worth {known} {gift.currency}, and the gift is in another currency now. "
            "Estimate the value in the new currency, or leave it empty where nothing was given in return."
        )


CARRIED_OVER = (
    "method",
    "reference",
    "kind",
    "anonymous",
    "description",
    "in_return",
    "fair_market_value",
    "intangible",
    "receipted_elsewhere",
    "soft_partner",
    "soft_kind",
)


def carried_over(gift: Gift) -> dict[str, Any]:
    """What stays true of a gift when its lines are recorded anew, unless the correction says otherwise."""
    kept = {name: getattr(gift, name) for name in CARRIED_OVER}
    if gift.got_in_return != gift.in_return:
        kept |= {"in_return": gift.got_in_return, "description": ""}
    return kept


def withdraw(*, agency: Agency, actor: User | None, gift: Gift, reason: str) -> Any:
    """Reverse a gift's posting today, and the transfers that took its lines out of suspense; mark gift and lines
    withdrawn.

    With the GiftCorrection that is made beside it the keys of an imported gift stay taken for the importer: the same
    row of a later file is a duplicate, not a new gift.
    """
    posting = reverse(agency=agency, actor=actor, posting=gift.posting, on=agency.today(), reason=reason)
    lines = list(GiftLine.objects.filter(gift=gift))
    reverse_transfers(agency=agency, actor=actor, lines=lines, on=agency.today(), reason=reason)
    now = timezone.now()
    gift.withdrawn_at = now
    gift.save(update_fields=["withdrawn_at"])
    GiftLine.objects.filter(gift=gift).update(withdrawn_at=now)
    tell_withdrawn(agency, gift)
    return posting


def reverse_transfers(
    *, agency: Agency, actor: User | None, lines: Sequence[GiftLine], on: date, reason: str
) -> list[Posting]:
    """Reverse the standing transfers that took these lines out of suspense."""
    standing = SuspenseAssignment.objects.standing().filter(line__in=[line.pk for line in lines])
    transfers = [each.posting for each in standing.select_related("posting").order_by("pk")]
    return [reverse(agency=agency, actor=actor, posting=each, on=on, reason=reason) for each in transfers]
