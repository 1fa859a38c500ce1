"""The fees of matches: what was kept back, who may bear it, and what of it stands in the ledger."""

from collections import defaultdict
from typing import Any

from django.db.models import Sum

from funds.models import Account, Entry
from partners.models import BankMatch, Gift, GiftLine, MatchPart, PostedFee
from partners.queries.reconciliation.accounts import bank_accounts

Weights = dict[tuple[int, int], int]
"""Designation and deposit account → minor units of gifts behind a fee."""


def fee_of(match: BankMatch) -> int:
    """What was kept back, in minor units above zero; 0 or less where nothing was. One query."""
    found = MatchPart.objects.filter(match=match, kind=MatchPart.Kind.FEE).aggregate(sum=Sum("amount"))["sum"]
    return -int(found or 0)


def standing_fees(match: BankMatch) -> list[PostedFee]:
    """What of the fee stands in the ledger, a row for each designation. One query."""
    found = PostedFee.objects.standing().filter(match=match)
    return list(found.select_related("expense__posting", "expense__designation", "expense__category").order_by("pk"))


def gifts_behind(match: BankMatch) -> Any:
    """The gifts that a match names, alone or in a batch, which stand."""
    parts = MatchPart.objects.filter(match=match)
    alone, batches = parts.filter(gift__isnull=False).values("gift"), parts.filter(batch__isnull=False).values("batch")
    here = Gift.objects.filter(withdrawn_at=None, amount__gt=0)
    return here.filter(pk__in=alone) | here.filter(batch__in=batches)


def weights_of(match: BankMatch) -> Weights:
    """What the gifts behind a match gave to each designation, by the deposit account that holds it. Two queries."""
    gifts = gifts_behind(match)
    deposits = dict(
        Entry.objects.filter(posting__in=gifts.values("posting"), account__kind=Account.Kind.DEPOSIT).values_list(
            "posting", "account"
        )
    )
    found: defaultdict[tuple[int, int], int] = defaultdict(int)
    lines = GiftLine.objects.filter(gift__in=gifts, designation__isnull=False, amount__gt=0)
    for posting, designation, amount in lines.values_list("gift__posting", "designation", "amount"):
        if posting in deposits:
            found[designation, deposits[posting]] += amount
    return dict(sorted(found.items()))


def deposits_of(match: BankMatch) -> dict[int, int]:
    """The deposit accounts of the gifts behind a match with what lies there; where there are none, that of its line."""
    found: defaultdict[int, int] = defaultdict(int)
    for (_designation, deposit), amount in weights_of(match).items():
        found[deposit] += amount
    if found:
        return dict(found)
    (place,) = (each.deposit for each in bank_accounts() if each.account == match.line.account)
    return {place.pk: 1}
