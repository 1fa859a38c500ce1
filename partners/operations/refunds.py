"""Giving money back: a negative gift that names the first one."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from partners.models import Gift, GiftLine
from partners.operations.corrections import deposit_of, lock
from partners.operations.gift_posting import BY_HAND, Part, post_gift
from partners.operations.gifts import InTheFuture


class MoreThanGiven(Refused):
    """Refunds together never exceed what was tendered."""

    code = "more_than_given"
    field = "amount"
    message = "More would go back than was given. Enter at most what is left of the gift."


class BeforeTheGift(Refused):
    """Money goes back after it came."""

    code = "refund_before_gift"
    field = "on"
    message = "The date is before that of the gift. Enter the day on which the money went back."


@transaction.atomic
def refund_gift(
    *,
    agency: Agency,
    actor: User | None,
    gift: Gift,
    amount: Money,
    on: date,
    reason: str,
    key: str,
    kind: str = Gift.Kind.REFUND,
) -> Gift:
    """Give part or all of a gift back: a negative gift that names the first, as anonymous as it is, shared out over
    what is left of its lines.

    Together refunds never exceed the gift (row lock). Raises MoreThanGiven, WithdrawnAlready, InTheFuture and
    BeforeTheGift.
    """
    if on > agency.today():
        raise InTheFuture
    if on < gift.date:
        raise BeforeTheGift
    content = {
        "gift": gift.pk,
        "amount": (amount.minor, amount.currency),
        "on": on,
        "reason": reason,
        "kind": str(kind),
    }

    def effect() -> dict[str, Any]:
        locked = lock(gift)
        if amount.currency != locked.currency or not 0 < amount.minor <= refundable(locked).minor:
            raise MoreThanGiven
        refund = post_gift(
            agency=agency,
            actor=actor,
            giving_unit=locked.giving_unit,
            on=on,
            parts=shared_out(locked, amount),
            source=BY_HAND,
            external_id=f"{agency.pk}-{key}"[:80],
            kind=kind,
            deposit=deposit_of(locked),
            description=reason[:250],
            reverses=locked,
            anonymous=locked.anonymous,
        )
        audit.record(actor=actor, verb="refund gift", of=locked, label=f"gift {locked.pk}", reason=reason)
        return {"gift": refund.pk}

    answer = once(agency=agency, endpoint="refund_gift", key=key, content=content, effect=effect)
    found: Gift = Gift.objects.get(pk=answer["gift"])
    return found


def refundable(gift: Gift) -> Money:
    """What is left of a gift after the refunds that stand."""
    taken_back = Gift.objects.filter(reverses=gift, withdrawn_at=None).aggregate(total=Sum("amount"))["total"] or 0
    return Money(gift.amount + int(taken_back), gift.currency)


def shared_out(gift: Gift, amount: Money) -> list[Part]:
    """The negative parts of a refund, in proportion to what is left of each line after the refunds that stand."""
    lines = list(GiftLine.objects.select_related("designation").filter(gift=gift).order_by("pk"))
    taken_back = Counter[str]()
    refunds = GiftLine.objects.filter(gift__reverses=gift, gift__withdrawn_at=None)
    for key, minor in refunds.values_list("designation_key", "amount"):
        taken_back[key] += minor
    left = [line.amount + taken_back[line.designation_key] for line in lines]
    return [
        Part(line.designation, Money(-share, amount.currency), key=line.designation_key)
        for line, share in zip(lines, shares(left, amount.minor), strict=True)
        if share
    ]


def shares(left: Sequence[int], amount: int) -> list[int]:
    """Share an amount out in proportion to what is left, none more than its own; all in minor units.

    The largest remainders take the odd cents. A file may have taken more from a line than it held, or from a line that
    the gift has not: an overdrawn line takes no share. The amount is at most the sum of what is left above zero.
    """
    free = [max(each, 0) for each in left]
    total = sum(free) or 1
    taken = [amount * each // total for each in free]
    by_rest = sorted(range(len(free)), key=lambda i: (-(amount * free[i] % total), i))
    for i in by_rest[: amount - sum(taken)]:
        taken[i] += 1
    return taken
