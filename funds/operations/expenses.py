"""What designations spend: one expense by hand, many from a file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds.expense_rows import FILE, ExpenseRow
from funds.models import Account, Designation, Expense, Posting
from funds.operations.accounts import check_account
from funds.operations.posting import Leg, Movement, check_day, post, post_many
from funds.queries.balances import accounts_of, released_account

BY_HAND = "hand"


class NothingSpent(Refused):
    """An expense takes something."""

    code = "nothing_spent"
    field = "amount"
    message = "Enter an amount above zero. What came back of an expense is a reversal of it."


@transaction.atomic
def record_expense(
    *,
    agency: Agency,
    actor: User | None,
    designation: Designation,
    category: Account,
    paid_from: Account,
    amount: Money,
    on: date,
    key: str,
    payee: str = "",
    description: str = "",
    reference: str = "",
) -> Expense:
    """Post what a designation spent, from a deposit account, once per idempotency `key`. The designation may go below
    zero: that is a deficit, which its page shows.

    Raises NothingSpent, NotThisAccount, NotYet, MonthClosed.
    """
    if amount.minor <= 0:
        raise NothingSpent
    check_day(agency, on)
    said = {"payee": payee, "description": description, "reference": reference}
    content = [designation.pk, category.pk, paid_from.pk, amount.minor, amount.currency, on, said]

    def effect() -> dict[str, Any]:
        check_account(category, amount.currency, on, "category")
        check_account(paid_from, amount.currency, on, "paid_from")
        own = accounts_of([designation.pk])[designation.pk]
        posting = post(
            agency=agency,
            actor=actor,
            on=on,
            kind=Posting.Kind.EXPENSE,
            legs=legs_of(own, category.pk, paid_from.pk, released_account().pk, amount),
            source=BY_HAND,
            reason=description,
        )
        made = Expense.objects.create(
            agency=agency,
            posting=posting,
            designation=designation,
            category=category,
            paid_from=paid_from,
            amount=amount.minor,
            currency=amount.currency,
            source=BY_HAND,
            external_id=key,
            **said,
        )
        audit.record(actor=actor, verb="record expense", of=posting, label=f"expense {made.pk} of {designation.code}")
        return {"expense": made.pk}

    answer = once(agency=agency, endpoint="record_expense", key=key, content=content, effect=effect)
    found: Expense = Expense.objects.select_related("posting").get(pk=answer["expense"])
    return found


def legs_of(designation: int, category: int, paid_from: int, released: int, amount: Money) -> list[Leg]:
    """An expense is two movements in one posting: the bank pays for a purpose, and the designation releases as much."""
    return [Leg(category, amount), Leg(paid_from, -amount), Leg(designation, amount), Leg(released, -amount)]


@transaction.atomic
def bring_expenses(*, agency: Agency, actor: User | None, rows: Sequence[ExpenseRow]) -> dict[str, int]:
    """Post the expenses of a file that are not there yet, all of them or none. `rows` were judged in this transaction,
    under the agency's lock (`funds.imports.expenses`).
    """
    new = [row for row in rows if not row.is_there]
    accounts, released = accounts_of({row.designation for row in new}), released_account().pk

    def legs(row: ExpenseRow) -> list[Leg]:
        return legs_of(accounts[row.designation], row.category, row.paid_from, released, row.amount)

    movements = [Movement(row.on, legs(row), row.description) for row in new]
    postings = post_many(agency=agency, actor=actor, kind=Posting.Kind.EXPENSE, movements=movements, source=FILE)
    Expense.objects.bulk_create(
        Expense(
            agency=agency,
            posting=posting,
            designation_id=row.designation,
            category_id=row.category,
            paid_from_id=row.paid_from,
            amount=row.amount.minor,
            currency=row.amount.currency,
            payee=row.payee,
            description=row.description,
            reference=row.reference,
            source=FILE,
            external_id=row.external_id,
        )
        for posting, row in zip(postings, new, strict=True)
    )
    audit.record(actor=actor, verb="bring in expenses", label=f"{len(new)} expenses")
    return {"new": len(new), "there": len(rows) - len(new)}
