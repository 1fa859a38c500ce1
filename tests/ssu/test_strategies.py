"""Strategies are put away after their units, and come back."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from ssu import operations
from ssu.models import Strategy
from ssu.operations.strategies import StrategyAtWork
from tests.ssu.conftest import TRUE_NAME

Visit = Callable[[User], Any]


def put_units_away(agency: Agency, actor: User, units: SimpleNamespace) -> None:
    for unit in (units.open, units.careful, units.closed):
        operations.set_archived(agency=agency, actor=actor, unit=unit, archived=True)


def test_strategy_follows_its_units(inside: Agency, units: SimpleNamespace, alice: User, strategy: Strategy) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice, "strategy": strategy}
    with pytest.raises(StrategyAtWork, match="3 of its units are still active"):
        operations.set_strategy_archived(**act, archived=True)
    put_units_away(inside, alice, units)
    assert operations.set_strategy_archived(**act, archived=True).status == "archived"
    assert operations.set_strategy_archived(**act, archived=False).status == "active"


def test_a_strategys_page_lists_its_units_and_says_what_stands_before_archiving(
    inside: Agency, units: SimpleNamespace, alice: User, strategy: Strategy, visit: Visit
) -> None:
    browser, page = visit(alice), reverse("strategy_edit", args=[inside.slug, strategy.pk])
    archive = reverse("strategy_archive", args=[inside.slug, strategy.pk])
    shown = browser.get(page)
    assert [unit.label for unit in shown.context["units"]] == ["Kareth Valley", "Riverbend", TRUE_NAME]
    assert archive not in shown.content.decode()
    assert f"{reverse('unit_add', args=[inside.slug])}?strategy={strategy.pk}" in shown.content.decode()
    refused = browser.post(archive)
    told = refused.content.decode()
    assert (refused.status_code, "3 of its units are still active" in told, "Riverbend" in told) == (422, True, True)
    assert f'action="{page}"' in told  # the form below still saves to its own address
    put_units_away(inside, alice, units)
    assert archive in browser.get(page).content.decode()


def test_after_a_new_strategy_the_next_act_is_a_unit_in_it(inside: Agency, alice: User, visit: Visit) -> None:
    page = visit(alice).post(
        reverse("strategy_add", args=[inside.slug]), {"code": "S9", "name": "Deaf ministry"}, follow=True
    )
    assert f"{reverse('unit_add', args=[inside.slug])}?strategy={Strategy.objects.get().pk}" in page.content.decode()


def test_archived_strategy_leaves_lists_and_forms_and_is_found_under_archived(
    inside: Agency, units: SimpleNamespace, alice: User, strategy: Strategy, visit: Visit
) -> None:
    put_units_away(inside, alice, units)
    browser = visit(alice)
    assert browser.post(reverse("strategy_archive", args=[inside.slug, strategy.pk])).status_code == 302
    listed = reverse("strategies", args=[inside.slug])
    shown = {query: strategy.name in browser.get(f"{listed}{query}").content.decode() for query in ("", "?archived")}
    browser.get(listed)  # the toast of the archiving names it once
    assert shown["?archived"] is True
    assert strategy.name not in browser.get(listed).content.decode()
    assert strategy.name not in browser.get(reverse("unit_add", args=[inside.slug])).content.decode()
    kept = browser.get(reverse("unit_edit", args=[inside.slug, units.open.pk])).content.decode()
    assert strategy.name in kept
    browser.post(reverse("strategy_restore", args=[inside.slug, strategy.pk]))
    assert Strategy.objects.get().status == "active"


def test_archived_unit_leaves_lists_keeps_everything_and_comes_back(
    inside: Agency, units: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser, unit = visit(alice), units.open
    operations.set_archived(agency=inside, actor=alice, unit=unit, archived=True)
    hidden = {
        name: "Riverbend" in browser.get(reverse(name, args=[inside.slug])).content.decode()
        for name in ("units", "matrix")
    }
    assert hidden == {"units": False, "matrix": False}
    assert "Riverbend" in browser.get(f"{reverse('units', args=[inside.slug])}?archived=on").content.decode()
    assert browser.get(reverse("rollout", args=[inside.slug, unit.pk])).status_code == 200
    browser.post(reverse("unit_restore", args=[inside.slug, unit.pk]))
    assert "Riverbend" in browser.get(reverse("units", args=[inside.slug])).content.decode()
