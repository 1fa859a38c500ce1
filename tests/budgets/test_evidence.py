"""A budget under action item 5.2: what it proves, and since when."""

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from budgets import operations
from budgets.evidence import KIND, found, offered
from budgets.models import Budget
from core.money import Money
from ssu import operations as ssu
from ssu.models import ActionItem, State, Unit
from ssu.operations.evidence import NotThere


def item_of(unit: Unit) -> ActionItem:
    made: ActionItem = ActionItem.objects.get(unit=unit, key="5.2")
    return made


def approve(agency: Agency, author: User, approver: User, budget: Budget) -> Budget:
    operations.add_line(
        agency=agency,
        actor=author,
        budget=budget,
        kind="expense",
        impact="Lessons for forty families",
        category="Teaching",
        amount=Money(120_000, "USD"),
    )
    operations.submit_budget(agency=agency, actor=author, budget=budget)
    return operations.approve_budget(agency=agency, actor=approver, budget=budget)


def test_a_draft_proves_nothing_until_it_is_approved(
    inside: Agency, alice: User, bob_in_finance: User, unit: Unit, budget: Budget
) -> None:
    item = item_of(unit)
    with pytest.raises(NotThere, match="The budget is a draft"):
        ssu.add_object(agency=inside, actor=alice, item=item, kind=KIND, object_id=budget.pk)
    approve(inside, alice, bob_in_finance, budget)
    ssu.add_object(agency=inside, actor=alice, item=item, kind=KIND, object_id=budget.pk)
    assert ssu.claim_item(agency=inside, actor=alice, item=item).state == State.READY


def test_the_next_budget_opens_nothing_again(
    inside: Agency, alice: User, bob_in_finance: User, unit: Unit, budget: Budget
) -> None:
    item = item_of(unit)
    approve(inside, alice, bob_in_finance, budget)
    ssu.add_object(agency=inside, actor=alice, item=item, kind=KIND, object_id=budget.pk)
    ssu.claim_item(agency=inside, actor=alice, item=item)
    second = operations.start_budget(agency=inside, actor=alice, unit=unit, fiscal_year=2026)
    operations.submit_budget(agency=inside, actor=alice, budget=second)
    operations.approve_budget(agency=inside, actor=bob_in_finance, budget=second)
    budget.refresh_from_db()
    assert budget.state == Budget.State.SUPERSEDED
    assert found([budget.pk])[budget.pk].trouble == ""
    assert item_of(unit).state == State.READY


def test_budgets_in_force_are_offered_with_their_page(
    inside: Agency, alice: User, bob_in_finance: User, unit: Unit, budget: Budget
) -> None:
    approve(inside, alice, bob_in_finance, budget)
    operations.start_budget(agency=inside, actor=alice, unit=unit, fiscal_year=2027)
    (thing,) = offered(unit)
    assert thing.label == "2026, version 1"
    assert reverse(thing.page, args=[inside.slug, *thing.page_args]).endswith(f"/budgets/{budget.pk}/")
