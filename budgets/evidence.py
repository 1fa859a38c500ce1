"""A unit's budget as evidence for action item 5.2."""

from collections.abc import Collection, Sequence
from typing import Final

from budgets.models import Budget
from ssu.evidence import Resolver, Thing
from ssu.models import Unit

KIND: Final = "budgets.budget"
TROUBLE: Final = {
    Budget.State.DRAFT.value: "The budget is a draft: submit it, and somebody else approves it.",
    Budget.State.SUBMITTED.value: "The budget waits for approval.",
}
"""A budget that another one followed was approved all the same: next year's budget opens no item again."""


def as_thing(budget: Budget) -> Thing:
    """A version proves the item once it was approved."""
    label = f"{budget.fiscal_year}, version {budget.version}"
    trouble = TROUBLE.get(budget.state, "")
    return Thing(budget.pk, budget.unit_id, label, "budgets.view", "budget", (budget.pk,), trouble)


def offered(unit: Unit) -> Sequence[Thing]:
    """The unit's versions in force, the newest year first."""
    return [as_thing(budget) for budget in Budget.objects.approved().filter(unit=unit).order_by("-fiscal_year")]


def found(ids: Collection[int]) -> dict[int, Thing]:
    """Versions by id. One query."""
    return {budget.pk: as_thing(budget) for budget in Budget.objects.filter(pk__in=ids)}


BUDGETS = Resolver("Budget", offered, found, keys=("5.2",))
