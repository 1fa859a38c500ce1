"""Reading the ledger: names of designations, accounts by purpose, balances, and each total down to its entries."""

from funds.models.discretion import is_withheld, shown_designation_name
from funds.queries.balances import (
    MAIN_DEPOSIT,
    SUSPENSE,
    accounts_of,
    balances,
    deposit_account,
    is_posted_to,
    other_deposits,
    released_account,
    suspense_account,
    suspense_balances,
)
from funds.queries.found import find_designations
from funds.queries.months import entries_of, month_rows

__all__ = [
    "MAIN_DEPOSIT",
    "SUSPENSE",
    "accounts_of",
    "balances",
    "deposit_account",
    "entries_of",
    "find_designations",
    "is_posted_to",
    "is_withheld",
    "month_rows",
    "other_deposits",
    "released_account",
    "shown_designation_name",
    "suspense_account",
    "suspense_balances",
]
