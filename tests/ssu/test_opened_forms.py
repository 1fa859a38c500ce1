"""A form that was opened earlier puts nothing back that somebody else changed since."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from agencies.operations import update_agency
from ssu import operations
from ssu.models import Unit

Visit = Callable[[User], Any]


def sent_by(page: Any, named: str = "form", **changes: str) -> dict[str, str]:
    """What a browser sends of the form on this page, with these fields typed anew."""
    form = page.context[named]
    values = {each.name: each.value() for each in form if not each.field.disabled}
    shown = {key: "" if value is None else str(getattr(value, "pk", value)) for key, value in values.items()}
    return {**shown, **changes}


@pytest.fixture
def opened(inside: Agency, units: SimpleNamespace, alice: User, visit: Visit) -> SimpleNamespace:
    """Alice has the settings of the closed unit open while a colleague changes alias and region."""
    url = reverse("unit_edit", args=[inside.slug, units.closed.pk])
    browser = visit(alice)
    page = browser.get(url)
    operations.edit_unit(agency=inside, actor=alice, unit=units.closed, alias="Project Birch", region="Asia")
    return SimpleNamespace(url=url, browser=browser, page=page)


def names(unit: Unit) -> tuple[str, str, str]:
    row = Unit.objects.get(pk=unit.pk)
    return row.alias, row.region, row.code


def test_what_one_left_alone_keeps_what_the_other_made_of_it(opened: SimpleNamespace, units: SimpleNamespace) -> None:
    answer = opened.browser.post(opened.url, sent_by(opened.page, "unit_form", code="U33"))
    assert (answer.status_code, names(units.closed)) == (302, ("Project Birch", "Asia", "U33"))


def test_what_both_changed_is_said_and_goes_through_when_sent_again(
    opened: SimpleNamespace, units: SimpleNamespace
) -> None:
    answer = opened.browser.post(opened.url, sent_by(opened.page, "unit_form", alias="Project Oak"))
    assert answer.status_code == 422
    assert "Somebody else changed this to “Project Birch”" in answer.content.decode()
    assert names(units.closed) == ("Project Birch", "Asia", "U3")
    again = opened.browser.post(opened.url, sent_by(answer, "unit_form"))
    assert (again.status_code, names(units.closed)) == (302, ("Project Oak", "Asia", "U3"))


def test_the_same_change_by_both_is_no_conflict(opened: SimpleNamespace, units: SimpleNamespace) -> None:
    answer = opened.browser.post(opened.url, sent_by(opened.page, "unit_form", alias="Project Birch"))
    assert (answer.status_code, names(units.closed)) == (302, ("Project Birch", "Asia", "U3"))


def test_control_a_form_that_does_not_remember_puts_the_old_alias_back(
    opened: SimpleNamespace, units: SimpleNamespace
) -> None:
    answer = opened.browser.post(opened.url, sent_by(opened.page, "unit_form", opened=""))
    assert (answer.status_code, names(units.closed)) == (302, ("Project Cedar", "Central Asia", "U3"))


def test_another_mistake_keeps_what_was_opened(opened: SimpleNamespace, units: SimpleNamespace) -> None:
    """A page sent back for another reason showed nothing of the new alias, so it still may not put the old one back."""
    answer = opened.browser.post(opened.url, sent_by(opened.page, "unit_form", code="U1"))
    assert answer.status_code == 422
    again = opened.browser.post(opened.url, sent_by(answer, "unit_form", code="U34"))
    assert (again.status_code, names(units.closed)) == (302, ("Project Birch", "Asia", "U34"))


def test_alias_of_a_person(inside: Agency, led: SimpleNamespace, alice: User, visit: Visit) -> None:
    worker = operations.add_worker(agency=inside, actor=alice, name="Ruth", last_name="Moab")
    said: dict[str, Any] = {"name": "Ruth", "last_name": "Moab", "discretion": "closed"}
    operations.edit_worker(agency=inside, actor=alice, worker=worker, alias="Cedar", **said)
    url, browser = reverse("worker_edit", args=[inside.slug, worker.pk]), visit(alice)
    page = browser.get(url)
    operations.edit_worker(agency=inside, actor=alice, worker=worker, alias="Birch", **said)
    answer = browser.post(url, sent_by(page, "worker_form", last_name="Bethlehem"))
    worker.refresh_from_db()
    assert (answer.status_code, worker.alias, worker.last_name) == (302, "Birch", "Bethlehem")


def test_strategy(inside: Agency, units: SimpleNamespace, alice: User, visit: Visit) -> None:
    strategy = units.open.strategy
    url, browser = reverse("strategy_edit", args=[inside.slug, strategy.pk]), visit(alice)
    page = browser.get(url)
    said = {"code": strategy.code, "name": strategy.name, "impact_goal": "Many hear.\nMany help."}
    operations.edit_strategy(agency=inside, actor=alice, strategy=strategy, **said)
    answer = browser.post(url, sent_by(page, name="Reached Peoples"))
    strategy.refresh_from_db()
    assert (answer.status_code, strategy.impact_goal) == (302, "Many hear.\nMany help.")
    assert strategy.name == "Reached Peoples"


def test_settings_of_the_agency(inside: Agency, alice: User, visit: Visit) -> None:
    url, browser = reverse("settings", args=[inside.slug]), visit(alice)
    page = browser.get(url)
    update_agency(agency=inside, actor=alice, brand_promise="We answer every letter.", quiet_after_days=45)
    answer = browser.post(url, sent_by(page, quiet_after_days="20", legal_name="Harbor Light Mission"))
    assert answer.status_code == 422
    assert "Somebody else changed this to “45”" in answer.content.decode()
    again = browser.post(url, sent_by(answer))
    inside.refresh_from_db()
    assert (again.status_code, inside.quiet_after_days, inside.legal_name) == (302, 20, "Harbor Light Mission")
    assert inside.brand_promise == "We answer every letter."
