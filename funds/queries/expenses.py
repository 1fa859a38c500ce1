"""What a file of expenses is judged by."""

from dataclasses import dataclass
from datetime import date

from agencies.models import Agency
from core.money import Money
from funds.expense_rows import FILE
from funds.models import Account, Designation, Expense
from funds.queries.balances import deposit_account
from funds.queries.periods import open_from

Kind = Account.Kind


@dataclass(frozen=True)
class KnownExpenses:
    """What the agency knows: designations by code, categories and deposit accounts by name or code, small letters all;
    the expenses that files brought, by number; when the ledger takes postings.
    """

    today: date
    currency: str
    open_from: date | None
    designations: dict[str, int]
    categories: dict[str, int]
    deposits: dict[str, int]
    accounts: dict[int, Account]
    main: int
    there: dict[str, tuple[date, int, Money]]

    def is_open(self, account_id: int | None, currency: str, day: date) -> bool | None:
        """Whether a deposit account takes the currency on a day; None where there is no account to ask."""
        return None if account_id is None else self.accounts[account_id].takes(currency, day)


def known_expenses(agency: Agency) -> KnownExpenses:
    """What is there now. Six queries."""
    main = deposit_account()
    accounts = list(Account.objects.filter(kind__in=(Kind.DEPOSIT, Kind.EXPENSE)))
    there = Expense.objects.filter(source=FILE).select_related("posting")
    return KnownExpenses(
        today=agency.today(),
        currency=agency.base_currency,
        open_from=open_from(),
        designations={code.casefold(): pk for code, pk in Designation.objects.values_list("code", "pk")},
        categories=by_name(accounts, Kind.EXPENSE),
        deposits=by_name(accounts, Kind.DEPOSIT),
        accounts={account.pk: account for account in accounts},
        main=main.pk,
        there={
            each.external_id: (each.posting.date, each.designation_id, Money(each.amount, each.currency))
            for each in there
        },
    )


def by_name(accounts: list[Account], kind: str) -> dict[str, int]:
    """Accounts of one kind by code and by name; a name goes before a code."""
    mine = [account for account in accounts if account.kind == kind]
    codes = {account.ledger_code.casefold(): account.pk for account in mine if account.ledger_code}
    return {**codes, **{account.name.casefold(): account.pk for account in mine}}
