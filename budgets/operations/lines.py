"""Lines of a draft."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from agencies.operations.written import wrote
from budgets import phasing
from budgets.models import Budget, Line
from budgets.operations.versions import NotADraft, label_of, locked
from core.errors import Refused
from core.money import Money
from ssu.models import TeamMember, Worker


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


class MonthsDoNotAddUp(Refused):
    """The months of a line are its amount."""

    code = "budget_months_do_not_add_up"
    field = "months"
    message = "The twelve months do not add up to the amount of the line, or one is below zero. Change one of them."


class OwnerNotOnTheTeam(Refused):
    """Who looks after a line serves in the unit."""

    code = "budget_owner_not_on_the_team"
    field = "owner"
    message = "This person does not serve in the unit now. Choose somebody of its team."


def need_months(amount: int, months: Sequence[int]) -> list[int]:
    """These months, when they add up. Raises MonthsDoNotAddUp."""
    if not phasing.adds_up(amount, months):
        raise MonthsDoNotAddUp
    return list(months)


def need_on_the_team(budget: Budget, owner: Worker | None) -> None:
    """Raises OwnerNotOnTheTeam."""
    if owner is not None and not TeamMember.objects.serving().filter(unit=budget.unit_id, worker=owner).exists():
        raise OwnerNotOnTheTeam


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
    months: Sequence[int] | None = None,
    owner: Worker | None = None,
) -> Line:
    """Add a line to a draft, evenly over the year unless `months` say otherwise.

    Raises NotADraft, OtherCurrency, LineNotPositive, MonthsDoNotAddUp and OwnerNotOnTheTeam.
    """
    budget = draft(budget, actor, amount)
    need_on_the_team(budget, owner)
    line: Line = Line.objects.create(
        agency=agency,
        budget=budget,
        impact=impact,
        category=category,
        amount=amount.minor,
        kind=kind,
        priority=priority,
        months=need_months(amount.minor, phasing.evenly(amount.minor) if months is None else months),
        owner=owner,
    )
    audit.record(actor=actor, verb="add budget line", of=line, label=label_of(budget))
    return line


@transaction.atomic
def change_line(*, agency: Agency, actor: User | None, line: Line, amount: Money, **fields: Any) -> Line:
    """Change a line of a draft. Another amount keeps the proportions of its months unless `months` are given.

    Raises NotADraft, OtherCurrency, LineNotPositive, MonthsDoNotAddUp and OwnerNotOnTheTeam.
    """
    budget = draft(line.budget, actor, amount)
    if fields.get("owner") is not None and fields["owner"].pk != line.owner_id:
        need_on_the_team(budget, fields["owner"])
    months = fields.pop("months", None)
    line.months = need_months(amount.minor, phasing.scaled(amount.minor, line.months) if months is None else months)
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
