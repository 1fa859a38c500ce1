"""Writing the ledger."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.models import Account, Entry, Posting


class NotBalanced(Refused):
    """The entries of a posting sum to zero in each currency."""

    code = "not_balanced"
    message = "The amounts do not add up: what comes in must equal what is designated, in each currency."


class ReversedAlready(Refused):
    """A posting is reversed once."""

    code = "reversed_already"
    message = "This was reversed before. Open the page again to see what stands."


@dataclass(frozen=True)
class Leg:
    """One account's part: positive is a debit, negative a credit."""

    account_id: int
    amount: Money


@transaction.atomic
def post(
    *,
    agency: Agency,
    actor: User | None,
    on: date,
    kind: str,
    legs: Sequence[Leg],
    source: str,
    reason: str = "",
    reverses: Posting | None = None,
) -> Posting:
    """Append a posting with all its entries. Raises NotBalanced before PostgreSQL would."""
    sums: Counter[str] = Counter()
    for leg in legs:
        sums[leg.amount.currency] += leg.amount.minor
    if not legs or any(sums.values()):
        raise NotBalanced
    posting: Posting = Posting.objects.create(
        agency=agency, date=on, kind=kind, source=source, reason=reason[:250], reverses=reverses, posted_by=actor
    )
    Entry.objects.bulk_create(
        Entry(
            agency=agency,
            posting=posting,
            account_id=leg.account_id,
            amount=leg.amount.minor,
            currency=leg.amount.currency,
        )
        for leg in legs
        if leg.amount.minor
    )
    return posting


@transaction.atomic
def reverse(*, agency: Agency, actor: User | None, posting: Posting, on: date, reason: str) -> Posting:
    """Append the mirror of a posting. Once only: raises ReversedAlready. The accounts are locked, so two senders
    cannot both pass.
    """
    entries = list(Entry.objects.filter(posting=posting))
    list(Account.objects.select_for_update().filter(pk__in=[e.account_id for e in entries]).order_by("pk"))
    if Posting.objects.filter(reverses=posting).exists():
        raise ReversedAlready
    legs = [Leg(entry.account_id, Money(-entry.amount, entry.currency)) for entry in entries]
    return post(
        agency=agency,
        actor=actor,
        on=on,
        kind=Posting.Kind.REVERSAL,
        legs=legs,
        source=posting.source,
        reason=reason,
        reverses=posting,
    )
