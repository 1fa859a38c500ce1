"""Lines of a draft."""

from typing import Any

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from agencies.operations.written import wrote
from budgets.models import Budget, Line
from budgets.operations.versions import NotADraft, label_of, locked
from core.errors import Refused
from core.money import Money


class LineNotPositive(Refused):
    """A line is of more than nothing."""

    code = "budget_line_not_positive"
    field = "amount"
    message = "Enter an amount above zero."


class OtherCurrency(Refused):
    """A budget is in one currency."""

    code = "budget_other_currency"
    field = "amount"
    message = "The amount is in another currency than the budget."


def draft(budget: Budget, actor: User | None, amount: Money | None = None) -> Budget:
    """The budget, held, while it may change and the amount fits it; the actor counts as one of its writers."""
    budget = locked(budget)
    if not budget.is_draft:
        raise NotADraft
    if amount is not None and amount.currency != budget.currency:
        raise OtherCurrency
    if amount is not None and amount.minor <= 0:
        raise LineNotPositive
    wrote(budget, actor)
    budget.save(update_fields=["writers", "revision"])
    return budget


@transaction.atomic
def add_line(
    *,
    agency: Agency,
    actor: User | None,
    budget: Budget,
    impact: str,
    category: str,
    amount: Money,
    kind: str = Line.Kind.EXPENSE,
    priority: int = 1,
) -> Line:
    """Add a line to a draft. Raises NotADraft, OtherCurrency and LineNotPositive."""
    budget = draft(budget, actor, amount)
    line: Line = Line.objects.create(
        agency=agency,
        budget=budget,
        impact=impact,
        category=category,
        amount=amount.minor,
        kind=kind,
        priority=priority,
    )
    audit.record(actor=actor, verb="add budget line", of=line, label=label_of(budget))
    return line


@transaction.atomic
def change_line(*, agency: Agency, actor: User | None, line: Line, amount: Money, **fields: Any) -> Line:
    """Change a line of a draft. Raises NotADraft, OtherCurrency and LineNotPositive."""
    draft(line.budget, actor, amount)
    before = {"amount": line.amount}
    line.amount = amount.minor
    for name, value in fields.items():
        setattr(line, name, value)
    line.save()
    changes = {"amount": [before["amount"], line.amount]}
    audit.record(actor=actor, verb="change budget line", of=line, label=label_of(line.budget), changes=changes)
    return line


@transaction.atomic
def remove_line(*, agency: Agency, actor: User | None, line: Line) -> None:
    """Take a line out of a draft; the audit trail keeps what it said. Raises NotADraft."""
    draft(line.budget, actor)
    said = {"impact": line.impact, "category": line.category, "amount": line.amount}
    audit.record(actor=actor, verb="remove budget line", of=line, label=label_of(line.budget), changes=said)
    line.delete()
