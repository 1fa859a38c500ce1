"""How much of a designation a board may give elsewhere."""

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
    held = min(held_in(designation, currency, on), held_in(designation, currency))
    expenses = AccountMonth.objects.filter(
        account__designation=designation, currency=currency, kind=Posting.Kind.EXPENSE
    ).aggregate(total=Sum("debit") + Sum("credit"))
    spent = Money(max(0, int(expenses["total"] or 0)), currency)
    return Movable(held, Money(max(0, intended(designation.pk, currency)), currency), spent)
