"""A unit begins with what another one worked out, and with nothing that happened there."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from accounts.models import User
from agencies import rights
from agencies.models import Agency, AuditEntry
from budgets import operations as budgets
from budgets.models import Budget, Line
from communications import operations as letters
from communications.models import CoreMessage
from core.money import Money
from ssu import copying, operations
from ssu.models import ActionItem, ImpactGoal, Unit
from ssu.operations.copying import FirstDueMissing, LessStrict, NameOfClosed, SourceMasked
from tests.ssu.conftest import TRUE_NAME, TRUE_PLACE, claimed, item_of, overdue, seat

Visit = Callable[[User], Any]
ALL_PARTS = ("goal", "own_items", "plan", "budget", "messages", "guidelines")


@pytest.fixture
def rich(inside: Agency, led: SimpleNamespace, alice: User) -> Unit:
    """The closed unit with a goal and reading, a plan, evidence, a claim, a budget, messages, an own item. Its name
    stands in every text that may be copied and may hold it.
    """
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    unit = led.closed
    goal = operations.add_goal_version(
        **act,
        unit=unit,
        statement=f"The {TRUE_NAME} in {TRUE_PLACE} have a church.",
        reinforces=f"Hope for the {TRUE_NAME}",
        indicator=f"churches of the {TRUE_NAME}",
        unit_of_measure="Tamrin churches",
        baseline=Decimal(1),
        target=Decimal(9),
        by_when=date(2099, 12, 31),
    )
    operations.add_reading(**act, goal=goal, date=date(2025, 1, 1), value=Decimal(2))
    operations.add_own_item(**act, step=2, wording="Pray with the elders", for_all=False, units=[unit])
    for key, day in (("1.1", date(2026, 3, 1)), ("5.2", date(2026, 5, 10))):
        given: dict[str, Any] = {"item": item_of(unit, key), "due_on": None, "assignee": unit.team.first().worker}
        overdue(operations.plan_item(**act, **given), day)
    claimed(inside, alice, item_of(unit, "2.1"))
    budget = budgets.start_budget(**act, unit=unit, fiscal_year=inside.fiscal_year(inside.today()))
    amount = Money(90000, inside.base_currency)
    budgets.add_line(**act, budget=budget, impact=f"Teachers in {TRUE_PLACE}", category="Tamrin people", amount=amount)
    message = letters.write_core_message(**act, unit=unit, text="Project Cedar needs friends.")
    letters.approve_core_message(agency=inside, actor=User.objects.get(name="Bob"), message=message)
    return unit


def fields(unit: Unit, **others: Any) -> dict[str, Any]:
    given = {"strategy": unit.strategy, "code": "U9", "name": "Second Valley", "discretion": unit.discretion}
    return {**given, "alias": "Project Pine", "place": "", "region": "", **others}


def copied(agency: Agency, actor: User, source: Unit, parts: tuple[str, ...] = ALL_PARTS, **others: Any) -> Unit:
    first = date(2027, 1, 1) if "plan" in parts else None
    return operations.copy_unit(
        agency=agency, actor=actor, source=source, parts=parts, first_due_on=first, **fields(source, **others)
    )


def counts() -> dict[str, int]:
    """How many rows each table of agencies has."""
    return {model._meta.label: model._default_manager.count() for model in owned()}


def owned() -> list[Any]:
    """Every table with an agency's rows, jobs, mails and the trail of acts among them."""
    return [model for model in apps.get_models() if getattr(model, "scope", "") in ("agency", "shared")]


def grown(before: dict[str, int]) -> set[str]:
    after = counts()
    return {label for label in after if after[label] != before[label]}


def test_a_copy_makes_rows_in_the_declared_tables_only(inside: Agency, rich: Unit, alice: User) -> None:
    before = counts()
    copied(inside, alice, rich)
    declared = set(copying.ALWAYS).union(*(part.tables for part in copying.parts()))
    made = grown(before)
    assert made - declared == set()
    assert {"ssu.Unit", "ssu.ImpactGoal", "budgets.Line", "communications.CoreMessage"} - made == set()


def test_the_test_above_sees_a_row_too_many(inside: Agency, rich: Unit, alice: User) -> None:
    before = counts()
    claimed(inside, alice, item_of(copied(inside, alice, rich)))
    assert grown(before) - set(copying.ALWAYS) >= {"ssu.Evidence", "ssu.ItemEvent"}


def test_without_parts_there_is_the_structure_alone(inside: Agency, rich: Unit, alice: User) -> None:
    before = counts()
    made = copied(inside, alice, rich, parts=())
    assert grown(before) == set(copying.ALWAYS)
    assert (made.kind, made.discretion, made.copied_from_id) == (rich.kind, rich.discretion, rich.pk)
    items = ActionItem.objects.filter(unit=made)
    assert (items.count(), set(items.values_list("state", flat=True))) == (11, {"not_started"})
    assert not items.exclude(due_on=None, assignee=None).exists()


def test_goal_is_a_draft_without_numbers_of_another_place(inside: Agency, rich: Unit, alice: User) -> None:
    goal = ImpactGoal.objects.get(unit=copied(inside, alice, rich))
    assert (goal.version, goal.indicator, goal.unit_of_measure) == (1, "churches of the …", "… churches")
    assert (goal.baseline, goal.target, goal.by_when, goal.approved_at) == (None, None, None, None)
    assert goal.statement == "The … in … have a church."


def test_plan_moves_as_a_whole_and_assigns_nobody(inside: Agency, rich: Unit, alice: User) -> None:
    made = copied(inside, alice, rich)
    found = ActionItem.objects.filter(unit=made, due_on__isnull=False).order_by("key")
    assert list(found.values_list("key", "due_on", "assignee")) == [
        ("1.1", date(2027, 1, 1), None),
        ("5.2", date(2027, 3, 12), None),
    ]


def test_budget_and_messages_come_as_drafts(inside: Agency, rich: Unit, alice: User) -> None:
    made = copied(inside, alice, rich)
    budget = Budget.objects.get(unit=made)
    assert (budget.state, budget.version) == ("draft", 1)
    assert [line.impact for line in Line.objects.filter(budget=budget)] == ["Teachers in …"]
    message = CoreMessage.objects.get(unit=made)
    assert (message.text, message.approved_at) == ("… needs friends.", None)


def test_own_item_given_by_name_is_copied(inside: Agency, rich: Unit, alice: User) -> None:
    made = copied(inside, alice, rich)
    item = ActionItem.objects.get(unit=made, own_item__isnull=False)
    assert (item.wording, item.state) == ("Pray with the elders", "not_started")


def test_no_text_of_a_copy_tells_the_closed_model(inside: Agency, rich: Unit, alice: User) -> None:
    """Looks through every text of every row that the copy made."""
    newest = {
        model: model._default_manager.order_by("-pk").values_list("pk", flat=True).first() or 0 for model in owned()
    }
    copied(inside, alice, rich)
    texts = [
        str(value)
        for model, last in newest.items()
        for row in model._default_manager.filter(pk__gt=last)
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        for value in [getattr(row, field.attname)]
    ]
    assert texts
    assert [text for text in texts if "tamrin" in text.casefold()] == []


def test_copy_is_at_least_as_guarded(inside: Agency, led: SimpleNamespace, alice: User) -> None:
    with pytest.raises(LessStrict):
        copied(inside, alice, led.careful, parts=(), discretion="open")
    assert copied(inside, alice, led.careful, parts=(), discretion="closed").discretion == "closed"


@pytest.mark.parametrize("field", ["name", "alias", "region"])
def test_true_name_of_a_closed_model_is_refused(inside: Agency, led: SimpleNamespace, alice: User, field: str) -> None:
    with pytest.raises(NameOfClosed) as refusal:
        copied(inside, alice, led.closed, parts=(), **{field: f"New {TRUE_NAME}"})
    assert refusal.value.field == field


def test_plan_needs_its_first_day_and_nothing_is_half_made(inside: Agency, rich: Unit, alice: User) -> None:
    before = Unit.objects.count()
    with pytest.raises(FirstDueMissing):
        operations.copy_unit(agency=inside, actor=alice, source=rich, parts=("plan",), **fields(rich))
    assert Unit.objects.count() == before


def test_copy_is_in_the_trail_under_public_names(inside: Agency, rich: Unit, alice: User) -> None:
    copied(inside, alice, rich)
    entry = AuditEntry.objects.get(verb="copy unit")
    assert (entry.label, entry.changes["from"]) == ("Project Pine", "Project Cedar")


def test_both_units_tell_of_each_other_by_shown_names(
    inside: Agency, led: SimpleNamespace, alice: User, dan: User, visit: Visit
) -> None:
    made = copied(inside, alice, led.closed, parts=())
    page = visit(alice).get(reverse("unit", args=[inside.slug, made.pk])).content.decode()
    assert ("Copied from" in page, TRUE_NAME in page) == (True, True)
    masked = visit(dan).get(reverse("unit", args=[inside.slug, made.pk])).content.decode()
    assert ("Copied from" in masked, "Project Cedar" in masked, TRUE_NAME in masked) == (True, True, False)
    model = visit(dan).get(reverse("unit", args=[inside.slug, led.closed.pk])).content.decode()
    assert ("Copied to" in model, "Project Pine" in model, "Second Valley" in model) == (True, True, False)


def test_page_copies_what_is_chosen(inside: Agency, rich: Unit, alice: User, visit: Visit) -> None:
    browser, url = visit(alice), reverse("unit_copy", args=[inside.slug, rich.pk])
    page = browser.get(url)
    assert {key for key, _label in page.context["form"].fields["parts"].choices} == set(ALL_PARTS) - {"guidelines"}
    assert "Never copied" in page.content.decode()
    given = {"name": "Third", "code": "U8", "strategy": rich.strategy_id, "discretion": "closed", "alias": "Oak"}
    answer = browser.post(url, {**given, "parts": ["goal"]})
    made = Unit.objects.get(code="U8")
    assert answer["Location"] == reverse("unit", args=[inside.slug, made.pk])
    assert (ImpactGoal.objects.filter(unit=made).count(), Budget.objects.filter(unit=made).count()) == (1, 0)


def test_a_unit_that_has_worked_out_nothing_offers_no_empty_choice(
    inside: Agency, make_unit: Callable[..., Unit], alice: User, visit: Visit
) -> None:
    page = reverse("unit_copy", args=[inside.slug, make_unit("N1", "New").pk])
    browser = visit(alice)
    shown = browser.get(page)
    assert ("parts" in shown.context["form"].fields, "worked out nothing yet" in shown.content.decode()) == (
        False,
        True,
    )
    given = {"name": "Newer", "code": "N2", "strategy": Unit.objects.get().strategy_id, "discretion": "open"}
    assert browser.post(page, given).status_code == 302
    assert sorted(Unit.objects.values_list("name", flat=True)) == ["New", "Newer"]


def test_page_says_what_is_wrong_and_loses_nothing(inside: Agency, rich: Unit, alice: User, visit: Visit) -> None:
    url = reverse("unit_copy", args=[inside.slug, rich.pk])
    given = {"name": "Third", "code": "U1", "strategy": rich.strategy_id, "discretion": "closed", "alias": "Oak"}
    answer = visit(alice).post(url, {**given, "parts": ["goal"]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("Another unit has this code" in page, 'value="Third"' in page) == (True, True)


def test_without_the_right_closed_and_open_answer_alike(
    inside: Agency, led: SimpleNamespace, bob: User, visit: Visit
) -> None:
    def answer(pk: int) -> tuple[int, str]:
        given = visit(bob).post(reverse("unit_copy", args=[inside.slug, pk]), {"name": "x"})
        return given.status_code, given.content.decode().replace(str(pk), "")

    statuses = [answer(unit.pk)[0] for unit in (led.open, led.careful, led.closed)]
    assert statuses == [403, 403, 403]


def test_who_sees_an_alias_only_is_told_so(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No role edits units without seeing them today; the rule holds should the table of rights ever say otherwise."""
    operations.need_whole(seat(inside, alice), led.closed)
    unmask = {role: reach for role, reach in rights.RIGHTS["units.unmask"].items() if role != "administrator"}
    monkeypatch.setitem(rights.RIGHTS, "units.unmask", unmask)
    with pytest.raises(SourceMasked):
        operations.need_whole(seat(inside, alice), led.closed)
    answer = visit(alice).get(reverse("unit_copy", args=[inside.slug, led.closed.pk]))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert ("You see only a part" in page, TRUE_NAME in page, "losed" in page) == (True, False, False)
