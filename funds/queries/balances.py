"""Accounts by purpose, and balances from the monthly summary."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from core.money import Money
from funds.models import Account, AccountMonth, Designation, Entry

MAIN_DEPOSIT = "Main deposit account"
SUSPENSE = "Suspense"
RELEASED = "Released to expenses"


def deposit_account(name: str = MAIN_DEPOSIT) -> Account:
    """The deposit account of this name, made when it is first needed."""
    account, _ = Account.objects.get_or_create(kind=Account.Kind.DEPOSIT, name=name)
    found: Account = account
    return found


def other_deposits(today: date) -> "QuerySet[Any]":
    """Deposit accounts that take money, but for the main one, by name."""
    found: QuerySet[Any] = Account.objects.filter(kind=Account.Kind.DEPOSIT).exclude(closed_on__lte=today)
    return found.exclude(name=MAIN_DEPOSIT).order_by("name")


def suspense_account() -> Account:
    """Where lines stand whose designation nobody knows yet."""
    account, _ = Account.objects.get_or_create(kind=Account.Kind.SUSPENSE, name=SUSPENSE)
    found: Account = account
    return found


def released_account() -> Account:
    """What designations gave up for expenses: the other side of their being used up (in the words of FASB ASC 958, net
    assets released from restrictions).
    """
    account, _ = Account.objects.get_or_create(kind=Account.Kind.RELEASED, name=RELEASED)
    found: Account = account
    return found


def accounts_of(designation_ids: Iterable[int]) -> dict[int, int]:
    """The account of each designation."""
    rows = Account.objects.filter(designation_id__in=list(designation_ids)).values_list("designation_id", "pk")
    return dict(rows)


def is_posted_to(designation: Designation) -> bool:
    """Whether money ever moved on it, also where nothing of it is left."""
    return bool(Entry.objects.filter(account__designation=designation).exists())


def balances(designation_ids: Iterable[int], upto: date | None = None) -> dict[int, list[Money]]:
    """What each designation holds, per currency, to the end of the month of `upto`. One query over the summary."""
    rows = AccountMonth.objects.filter(account__designation_id__in=list(designation_ids))
    if upto is not None:
        rows = rows.filter(month__lte=upto)
    sums = (
        rows.values("account__designation_id", "currency")
        .annotate(total=Sum("debit") + Sum("credit"))
        .order_by("currency")
    )
    found: dict[int, list[Money]] = defaultdict(list)
    for row in sums:
        found[row["account__designation_id"]].append(Money(-int(row["total"]), row["currency"]))
    return dict(found)


def suspense_balances() -> list[Money]:
    """What waits in suspense for a designation, per currency; what is nothing is left out."""
    rows = AccountMonth.objects.filter(account__kind=Account.Kind.SUSPENSE)
    sums = rows.values("currency").annotate(total=Sum("debit") + Sum("credit")).order_by("currency")
    return [Money(-int(row["total"]), row["currency"]) for row in sums if row["total"]]
