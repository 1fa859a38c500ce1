"""What designations held before their ledger began here."""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.models import Account, Designation, OpeningBalance, Posting
from funds.operations.accounts import check_account
from funds.operations.designations import public_label
from funds.operations.posting import Leg, check_day, post

BY_HAND = "hand"


class NothingHeld(Refused):
    """An opening balance is above or below zero."""

    code = "opening_of_nothing"
    field = "amount"
    message = "Enter what the designation held, below zero for a deficit. Of nothing there is nothing to post."


class OpenedBefore(Refused):
    """A designation begins once, in each currency."""

    code = "opened_before"
    message = "This designation has an opening balance in this currency. Reverse that one first."


@transaction.atomic
def record_opening(
    *,
    agency: Agency,
    actor: User | None,
    designation: Designation,
    deposit: Account,
    amount: Money,
    on: date,
    key: str,
    reason: str = "",
) -> OpeningBalance:
    """Post what a designation held on a day, a deficit below zero, against the account where it lies. Once per
    designation and currency, and per idempotency `key`.

    Raises NothingHeld, OpenedBefore, NotThisAccount, NotYet, MonthClosed.
    """
    if not amount.minor:
        raise NothingHeld
    check_day(agency, on)
    content = [designation.pk, deposit.pk, amount.minor, amount.currency, on, reason]

    def effect() -> dict[str, Any]:
        own = Account.objects.select_for_update().get(designation=designation)
        standing = OpeningBalance.objects.filter(designation=designation, currency=amount.currency)
        if standing.filter(posting__reversals=None).exists():
            raise OpenedBefore
        check_account(deposit, amount.currency, on, "deposit")
        posting = post(
            agency=agency,
            actor=actor,
            on=on,
            kind=Posting.Kind.OPENING,
            legs=[Leg(deposit.pk, amount), Leg(own.pk, -amount)],
            source=BY_HAND,
            reason=reason,
        )
        made = OpeningBalance.objects.create(
            agency=agency,
            posting=posting,
            designation=designation,
            deposit=deposit,
            amount=amount.minor,
            currency=amount.currency,
        )
        audit.record(
            actor=actor, verb="post opening balance", of=posting, label=public_label(designation), reason=reason
        )
        return {"opening": made.pk}

    answer = once(agency=agency, endpoint="record_opening", key=key, content=content, effect=effect)
    found: OpeningBalance = OpeningBalance.objects.select_related("posting").get(pk=answer["opening"])
    return found
