"""A leader works all six steps on a phone: what the app holds is the evidence, others confirm, the leader declares.

Step 6 rests on notes: its objects are those of later work.
"""

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency, Role
from budgets import operations as budgets
from core.money import Money
from ssu import operations
from ssu.models import ActionItem, RollOut, State
from tests.browser.walking import Open, session_of

PHONE = 390


@pytest.fixture
def team(live_server: Any, agency: Agency, alice: User, bob: User, carol: User) -> SimpleNamespace:
    """A unit that Bob leads and in which Carol coaches, committed; Alice is its agency's administrator."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        strategy = operations.add_strategy(agency=agency, actor=alice, code="R", name="River communities")
        unit = operations.add_unit(
            agency=agency, actor=alice, strategy=strategy, code="FV", name="Ferry Villages", kind="community"
        )
        for user, role in ((bob, Role.LEADER), (carol, Role.COACH)):
            worker = operations.worker_of(people.add_member(agency=agency, actor=alice, user=user))
            operations.add_team_member(
                agency=agency, actor=alice, unit=unit, worker=worker, role=role, joined_on=date(2024, 1, 15)
            )
    return SimpleNamespace(agency=agency, unit=unit)


@pytest.fixture
def phones(team: SimpleNamespace, alice: User, bob: User, carol: User, visit: Any, open_page: Open) -> SimpleNamespace:
    """A page for each of them, on a phone."""
    opened = {
        user.name.lower(): open_page("/me/", width=PHONE, session=session_of(visit, user))
        for user in (alice, bob, carol)
    }
    return SimpleNamespace(**opened)


def at(team: SimpleNamespace, name: str, *more: Any) -> str:
    """The address of a page of the unit."""
    return reverse(name, args=[team.agency.slug, team.unit.pk, *more])


def press(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).first.click()


def note(page: Page, team: SimpleNamespace, key: str, words: str) -> None:
    """Claim an item on a note."""
    page.goto(at(team, "item", key))
    page.get_by_label("What happened").fill(words)
    press(page, "Add note")
    press(page, "Claim as done")
    expect(page.get_by_text("You claimed it. Somebody else confirms it")).to_be_visible()


def rest_on_the_app(page: Page, team: SimpleNamespace, key: str) -> None:
    """Claim an item on what the app holds: the first thing that it offers."""
    page.goto(at(team, "item", key))
    page.locator("summary", has_text="Add from the app").click()
    page.get_by_label("From the app").select_option(index=0)
    press(page, "Add from the app")
    press(page, "Claim as done")
    expect(page.get_by_text("You claimed it. Somebody else confirms it")).to_be_visible()


def test_a_leader_works_all_six_steps(team: SimpleNamespace, phones: SimpleNamespace, alice: User, bob: User) -> None:
    note(phones.bob, team, "1.1", "The elders of three villages and we agreed on the ferry villages.")
    write_goal(phones.bob, team)
    talk_with_leader(phones.alice, team)
    coach_everybody(phones.bob, phones.carol, team)
    agree_on_messages(phones.bob, phones.alice, team)
    approve_budget(team, alice, bob)
    agree_on_guidelines(phones, team)
    for key in ("2.1", "3.1", "3.2", "4.1", "4.2", "5.1", "5.2", "5.3"):
        rest_on_the_app(phones.bob, team, key)
    note(phones.bob, team, "6.1", "All gifts and partners are in one system since March.")
    note(phones.bob, team, "6.2", "Bob writes the letters, Carol thanks, both by the plan on the wall.")
    confirm_all(phones.alice, team)
    declare(phones.bob, team)
    with transaction.atomic(), scope.of_agency(team.agency.pk):
        items = ActionItem.objects.filter(unit=team.unit)
        assert {(item.state, item.claimed_by, item.confirmed_by) for item in items} == {(State.COMPLETED, bob, alice)}
        assert RollOut.objects.get(unit=team.unit).declared_by == bob


def write_goal(page: Page, team: SimpleNamespace) -> None:
    page.goto(at(team, "goal"))
    page.get_by_label("Impact goal").fill("Clean water in fourteen villages by 2031.")
    page.get_by_label("Indicator").fill("villages with clean water")
    page.get_by_label("Baseline").fill("2")
    page.get_by_label("Target").fill("14")
    page.get_by_label("By when").fill("2031-12-31")
    press(page, "Save as new version")
    expect(page.get_by_text("Version 1").first).to_be_visible()


def talk_with_leader(page: Page, team: SimpleNamespace) -> None:
    page.goto(at(team, "dialogue"))
    page.get_by_role("link", name=re.compile("^Write down a conversation")).click()
    page.get_by_label("Day", exact=True).fill(str(team.agency.today()))
    page.get_by_label("The goal we share").check()
    page.get_by_label("Outcome").fill("Glad to speak for the whole unit.")
    page.get_by_label("Yes", exact=True).check()
    press(page, "Save conversation")
    expect(page.get_by_text("Glad to speak for the whole unit.").first).to_be_visible()


def coach_everybody(bob: Page, carol: Page, team: SimpleNamespace) -> None:
    """The leader says what the model looks like here; the coach logs a session in which all areas were covered."""
    bob.goto(at(team, "coaching"))
    bob.locator("summary", has_text="Write it").click()
    bob.locator("textarea[name=text]").fill("One letter a quarter, one budget, one story from the villages each time.")
    bob.locator("form", has=bob.locator("textarea[name=text]")).get_by_role("button").click()
    expect(bob.get_by_text("One letter a quarter").first).to_be_visible()
    carol.goto(at(team, "session_log"))
    carol.get_by_label("Bob").check()
    areas = carol.get_by_role("group", name="In which areas").get_by_role("checkbox")
    expect(areas).to_have_count(8)
    for area in areas.all():
        area.check()
    press(carol, "Save session")
    carol.goto(at(team, "coaching"))
    expect(carol.get_by_text("Everybody is coached in every required area, or excused.")).to_be_visible()


def agree_on_messages(bob: Page, alice: Page, team: SimpleNamespace) -> None:
    bob.goto(at(team, "core_messages"))
    press(bob, "Begin")
    bob.get_by_label("What every partner should hear").fill("Clean water stays when the villages own it.")
    press(bob, "Submit for agreement")
    agree(alice, at(team, "core_messages"))


def agree(alice: Page, address: str) -> None:
    alice.goto(address)
    press(alice, "Agree to this version")
    expect(alice.get_by_text("Agreed. This counts from now on").first).to_be_visible()


def approve_budget(team: SimpleNamespace, alice: User, bob: User) -> None:
    """The budget has a journey of its own."""
    with transaction.atomic(), scope.of_agency(team.agency.pk):
        act: dict[str, Any] = {"agency": team.agency, "actor": bob}
        budget = budgets.start_budget(**act, unit=team.unit, fiscal_year=2026)
        budgets.add_line(**act, budget=budget, impact="Two wells", category="Wells", amount=Money(120_000, "USD"))
        budgets.submit_budget(**act, budget=budget)
        budgets.approve_budget(agency=team.agency, actor=alice, budget=budget)


def agree_on_guidelines(phones: SimpleNamespace, team: SimpleNamespace) -> None:
    phones.bob.goto(at(team, "guidelines"))
    press(phones.bob, "Begin")
    phones.bob.get_by_label("Tone").fill("Warm, plain, and about the villages.")
    press(phones.bob, "Submit for agreement")
    agree(phones.alice, at(team, "guidelines"))
    phones.bob.goto(at(team, "guidelines"))
    press(phones.bob, "I have read version 1")


def confirm_all(page: Page, team: SimpleNamespace) -> None:
    with transaction.atomic(), scope.of_agency(team.agency.pk):
        keys = list(ActionItem.objects.filter(unit=team.unit).order_by("key").values_list("key", flat=True))
    assert len(keys) == 11
    for key in keys:
        page.goto(at(team, "item", key))
        press(page, "Confirm")
        expect(page.get_by_text("Confirmed by Alice").first).to_be_visible()


def declare(page: Page, team: SimpleNamespace) -> None:
    page.goto(at(team, "rollout"))
    press(page, "Declare roll-out complete")
    expect(page.get_by_text(re.compile("^Declared complete by Bob"))).to_be_visible()
