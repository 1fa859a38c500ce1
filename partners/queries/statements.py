"""Asking for statement lines."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from partners.models import StatementLine

NO_NUMBER = "-"
"""Stands for the accounts whose files tell no number."""
PROCESSORS = {"STRIPE": "Stripe", "PAYPAL": "PayPal", "PPGF": "PayPal Giving Fund"}


@dataclass(frozen=True)
class AccountFound:
    """One account at a bank or a processor: how many lines it has, and its latest day."""

    account: str
    name: str
    lines: int
    latest: Any


def accounts_found() -> list[AccountFound]:
    """The accounts with lines. One query."""
    rows = StatementLine.objects.standing().values_list("account").annotate(lines=Count("pk"), latest=Max("date"))
    return [AccountFound(account, account_name(account), *rest) for account, *rest in rows.order_by("account")]


def account_name(account: str) -> str:
    """What people call an account."""
    return PROCESSORS.get(account, account) or _("Account without a number")


def lines_of(account: str = "", payout: str = "", run: int | None = None) -> Any:
    """Lines, the newest first, of an account, a payout or an import."""
    found = StatementLine.objects.standing().superseded().order_by("-date", "-pk")
    if account:
        found = found.filter(account="" if account == NO_NUMBER else account)
    if payout:
        found = found.filter(payout=payout)
    return found.filter(import_run=run) if run else found
