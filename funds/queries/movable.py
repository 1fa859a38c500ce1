"""How much of a designation a board may give elsewhere."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from core.money import Money
from funds.intents import intended
from funds.models import AccountMonth, Designation, Posting
from funds.queries.balances import balances


@dataclass(frozen=True)
class Movable:
    """The figures behind a transfer, of one currency.

    `kept` is what was given with a stated intent and not spent yet: spending uses such money first (FASB ASC
    958-205-45-11: an expense that fits a donor's restriction releases it). `free` is what is left of `held`.
    """

    held: Money
    intended: Money
    spent: Money

    @property
    def kept(self) -> Money:
        return Money(max(0, self.intended.minor - self.spent.minor), self.held.currency)

    @property
    def free(self) -> Money:
        return Money(max(0, self.held.minor - self.kept.minor), self.held.currency)


def held_in(designation: Designation, currency: str, upto: date | None = None) -> Money:
    """What a designation holds in one currency, to the end of the month of `upto`."""
    found = balances([designation.pk], upto).get(designation.pk, [])
    return next((amount for amount in found if amount.currency == currency), Money(0, currency))


def movable(designation: Designation, currency: str, on: date) -> Movable:
    """The figures for a transfer of a day: what is held then and now, whichever is less. Three queries and those of
    the app that keeps gifts.
    """
    nothing = Money(0, currency)
    return movable_of([designation.pk], on).get((designation.pk, currency), Movable(nothing, nothing, nothing))


def movable_of(designation_ids: Collection[int], on: date) -> dict[tuple[int, str], Movable]:
    """The same for several, by designation and currency; what never held anything is left out. Three queries and those
    of the app that keeps gifts.
    """
    then, now = by_currency(balances(designation_ids, on)), by_currency(balances(designation_ids))
    said, spent = intended(designation_ids), spent_of(designation_ids)
    return {
        key: Movable(
            Money(min(then.get(key, 0), held), key[1]),
            Money(max(0, said.get(key, 0)), key[1]),
            Money(max(0, spent.get(key, 0)), key[1]),
        )
        for key, held in now.items()
    }


def by_currency(held: Mapping[int, list[Money]]) -> dict[tuple[int, str], int]:
    """Balances by designation and currency, in minor units."""
    return {(pk, amount.currency): amount.minor for pk, amounts in held.items() for amount in amounts}


def spent_of(designation_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """What was spent, by designation and currency, in minor units. One query."""
    rows = AccountMonth.objects.filter(account__designation__in=list(designation_ids), kind=Posting.Kind.EXPENSE)
    sums = rows.values("account__designation_id", "currency").annotate(total=Sum("debit") + Sum("credit")).order_by()
    return {(row["account__designation_id"], row["currency"]): int(row["total"]) for row in sums}
