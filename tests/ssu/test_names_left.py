"""The words of a copy of an open unit may still name its model: whoever goes on with them is told which words."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from budgets import operations as budgets
from communications import operations as words
from core.money import Money
from ssu import operations
from ssu.models import Unit
from ssu.pages.names_left import NamesLeft, names_left
from ssu.telling import words_that_tell
from tests.ssu.conftest import seat

SAID = "Families in Riverbend meet Scripture; Riverbend Town's elders teach. Kareth is far."
Visit = Callable[[User], Any]


@pytest.fixture
def copy(inside: Agency, led: SimpleNamespace, alice: User, bob: User) -> Unit:
    """A copy of Riverbend with its goal, budget and messages, which name Riverbend."""
    by: dict[str, Any] = {"agency": inside, "actor": bob}
    operations.add_goal_version(**by, unit=led.open, statement=SAID)
    year = inside.fiscal_year(inside.today())
    budget = budgets.start_budget(**by, unit=led.open, fiscal_year=year)
    budgets.add_line(
        **by, budget=budget, impact="Wells for Riverbend", category="Wells", amount=Money(9000, inside.base_currency)
    )
    budgets.submit_budget(**by, budget=budget)
    budgets.approve_budget(agency=inside, actor=alice, budget=budget)
    words.approve_core_message(
        agency=inside, actor=alice, message=words.write_core_message(**by, unit=led.open, text=SAID)
    )
    return operations.copy_unit(
        agency=inside,
        actor=alice,
        source=led.open,
        parts=("goal", "budget", "messages"),
        strategy=led.open.strategy,
        code="U9",
        name="Lakeside",
        discretion="open",
    )


def test_words_are_counted_as_they_stand(inside: Agency, copy: Unit, alice: User) -> None:
    reader = seat(inside, alice)
    unit = Unit.objects.seen_by(reader).get(pk=copy.pk)
    assert words_that_tell(SAID, "Riverbend", "Riverbend Town") == ["Riverbend", "Riverbend Town"]
    assert names_left(reader, unit, [SAID, "Riverbend"]) == NamesLeft(
        "Riverbend", "Riverbend (2×), Riverbend Town (1×)"
    )
    assert names_left(reader, unit, ["Families in Lakeside"]) is None
    unit.name = "Riverbend East"
    assert names_left(reader, unit, ["Families in Riverbend"]) is None


def test_nobody_is_told_of_a_unit_that_is_no_copy(inside: Agency, led: SimpleNamespace, alice: User) -> None:
    reader = seat(inside, alice)
    unit = Unit.objects.seen_by(reader).get(pk=led.open.pk)
    assert names_left(reader, unit, [SAID]) is None


def test_the_drafts_of_a_copy_say_it_before_anybody_agrees(
    inside: Agency, copy: Unit, alice: User, bob: User, visit: Visit
) -> None:
    def says(name: str, *args: Any) -> bool:
        page = visit(alice).get(reverse(name, args=[inside.slug, *args])).content.decode()
        return "These words still name it: Riverbend (1×)" in page

    (budget,) = copy.budgets.all()
    drafts = {
        "goal": (copy.pk,),
        "core_messages": (copy.pk,),
        "core_message_edit": (copy.pk, 1),
        "budget": (budget.pk,),
    }
    assert {name: says(name, *args) for name, args in drafts.items()} == dict.fromkeys(drafts, True)
    operations.add_goal_version(agency=inside, actor=bob, unit=copy, statement="Families meet Scripture.")
    assert says("goal", copy.pk) is False
