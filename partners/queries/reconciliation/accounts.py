"""Which deposit account each account of statements is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from funds.models import Account
from funds.queries import deposit_account
from partners.models import StatementAccount, StatementLine
from partners.queries.statements import PROCESSORS

MASKED = 4
"""So many figures of an account's number are shown."""


@dataclass(frozen=True)
class BankAccount:
    """An account at a bank, with the deposit account that it is. `is_said`: a person said so."""

    account: str
    deposit: Account
    is_said: bool

    @property
    def name(self) -> str:
        """The end of its number, as on a card."""
        return f"…{self.account[-MASKED:]}" if self.account else _("Account without a number")


def bank_accounts() -> list[BankAccount]:
    """The accounts with statement lines, but for those at processors. What nobody said is taken from the last figures
    of the number, else it is the main account. Four queries.
    """
    lines = StatementLine.objects.standing().exclude(account__in=PROCESSORS)
    names = sorted(lines.order_by().values_list("account", flat=True).distinct())
    if not names:
        return []
    rows = StatementAccount.objects.filter(account__in=names).order_by("pk").select_related("deposit")
    said = {row.account: row.deposit for row in rows}
    main = deposit_account()
    deposits = Account.objects.filter(kind=Account.Kind.DEPOSIT).exclude(last_digits="")
    by_end = {account.last_digits: account for account in deposits.order_by("-pk")}
    return [
        BankAccount(name, said.get(name) or by_end.get(name[-MASKED:]) or main, is_said=name in said) for name in names
    ]
