"""The lines of the bank that have to be explained: what came in, and what of it came back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q

from partners.models import BankMatch, StatementLine
from partners.queries.reconciliation.accounts import BankAccount
from partners.queries.statements import PROCESSORS


@dataclass(frozen=True)
class Wanted:
    """A period and an account; what is empty does not filter. Both days are included."""

    first: date | None = None
    last: date | None = None
    deposit_id: int | None = None
    currency: str = ""


def incoming() -> Any:
    """Lines that say money came in, or came back. What processors tell of their own balance is no line of a bank, and
    what the bank replaced or deleted later counts no more.
    """
    found = StatementLine.objects.standing().superseded().filter(is_superseded=False)
    return found.exclude(account__in=PROCESSORS).exclude(amount=0).filter(Q(amount__gt=0) | Q(returned=True))


def wanted_lines(wanted: Wanted, accounts: list[BankAccount]) -> Any:
    """Those of a period and of a deposit account, the oldest first."""
    return within(incoming(), wanted, accounts).order_by("date", "pk")


def within(found: Any, wanted: Wanted, accounts: list[BankAccount]) -> Any:
    """Of these lines those of a period and of a deposit account."""
    if wanted.first:
        found = found.filter(date__gte=wanted.first)
    if wanted.last:
        found = found.filter(date__lte=wanted.last)
    if wanted.currency:
        found = found.filter(currency=wanted.currency)
    if wanted.deposit_id is not None:
        mine = [each.account for each in accounts if each.deposit.pk == wanted.deposit_id]
        found = found.filter(account__in=mine)
    return found


def is_matched() -> Exists:
    """The condition that a line is explained."""
    return Exists(BankMatch.objects.standing().filter(line=OuterRef("pk")))


def unmatched(lines: Any) -> Any:
    """Those that nobody explained yet."""
    return lines.exclude(is_matched())


def matches_of(wanted: Wanted, accounts: list[BankAccount]) -> Any:
    """The matches that stand for lines of a period, the oldest line first: also for lines that the bank replaced or
    took back since, for somebody has to take these matches back.
    """
    lines = within(StatementLine.objects.all(), wanted, accounts).order_by().values("pk")
    found = BankMatch.objects.standing().filter(line__in=lines).select_related("line", "made_by")
    return found.order_by("line__date", "line_id")


def days_told() -> tuple[date, date] | None:
    """The first and the last day of which a bank told anything. One query."""
    found = incoming().aggregate(first=Min("date"), last=Max("date"))
    return (found["first"], found["last"]) if found["last"] else None
