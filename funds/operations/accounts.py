"""Deposit accounts, where money comes in and goes out, and categories of expenses."""

from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from core.money import exponent
from funds.models import Account
from funds.queries.balances import MAIN_DEPOSIT, RELEASED, SUSPENSE

Kind = Account.Kind


class NameTaken(Refused):
    """Two accounts of one kind have two names."""

    code = "account_name_taken"
    field = "name"
    message = "Another account has this name. Choose another one."


class MainAccount(Refused):
    """What comes without an account has one."""

    code = "main_account"
    field = "name"
    message = "The main deposit account keeps its name and stays open: gifts whose account nobody names go there."


class WrongDigits(Refused):
    """Of an account's number only the end is kept."""

    code = "account_digits"
    field = "last_digits"
    message = "Enter the last four signs of the account's number, not more of it."


class NotThisAccount(Refused):
    """An account takes its own currency, and nothing after it was closed."""

    code = "wrong_account"
    field = "account"

    def __init__(self, account: Account, currency: str, field: str = "account") -> None:
        self.field = field
        why = (
            f"is kept in {account.currency}, not in {currency}"
            if account.currency not in ("", currency)
            else "was closed before that day"
        )
        super().__init__(f"“{account.name}” {why}. Choose another account.")


class AccountFields(TypedDict, total=False):
    """What can be said about an account; the meaning is on the model."""

    holder: str
    institution: str
    last_digits: str
    ledger_code: str
    closed_on: date | None


@transaction.atomic
def open_deposit_account(
    *, agency: Agency, actor: User | None, name: str, currency: str = "", **fields: Unpack[AccountFields]
) -> Account:
    """A bank or processor account. Its currency stays for good; empty takes any. Raises NameTaken, WrongDigits,
    UnknownCurrency.
    """
    if currency:
        exponent(currency)
    return opened(agency, actor, Account(agency=agency, kind=Kind.DEPOSIT, name=name, currency=currency, **fields))


@transaction.atomic
def open_category(*, agency: Agency, actor: User | None, name: str, ledger_code: str = "") -> Account:
    """A category of expenses. Raises NameTaken."""
    return opened(agency, actor, Account(agency=agency, kind=Kind.EXPENSE, name=name, ledger_code=ledger_code))


def opened(agency: Agency, actor: User | None, account: Account) -> Account:
    """The account, saved and noted."""
    check(account)
    account.save()
    audit.record(actor=actor, verb=f"open {Kind(account.kind).name.lower()} account", of=account, label=account.name)
    return account


@transaction.atomic
def edit_account(
    *, agency: Agency, actor: User | None, account: Account, name: str = "", **fields: Unpack[AccountFields]
) -> Account:
    """Change what an account is called, its code, or close it; kind and currency stay. Nothing is written when nothing
    changed. Raises NameTaken, WrongDigits, MainAccount.
    """
    row: Account = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    given: dict[str, Any] = {"name": name or row.name, **fields}
    changes = {name: [str(getattr(row, name)), str(value)] for name, value in given.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    if row.name in (MAIN_DEPOSIT, SUSPENSE, RELEASED) and {"name", "closed_on"} & set(changes):
        raise MainAccount
    for field in changes:
        setattr(row, field, given[field])
    check(row)
    if changes:
        row.save(update_fields=list(changes))
        audit.record(actor=actor, verb="edit account", of=row, label=row.name, changes=changes)
    return row


def check(account: Account) -> None:
    """Raise the refusal that the account as it would be saved deserves."""
    if Account.objects.filter(kind=account.kind, name=account.name).exclude(pk=account.pk).exists():
        raise NameTaken
    if len(account.last_digits) > 4:
        raise WrongDigits


def check_account(account: Account, currency: str, on: date, field: str = "account") -> None:
    """Raises NotThisAccount when money of this currency cannot be booked on the account on that day."""
    if not account.takes(currency, on):
        raise NotThisAccount(account, currency, field)
