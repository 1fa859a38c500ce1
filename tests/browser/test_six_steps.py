"""A leader works all six steps, on a phone and by the keys alone: what the app holds is the evidence, others confirm,
the leader declares. Every page is reached by links from the page of the unit.

Step 6 rests on notes: the agency of this journey is not live, and opens no wave.
"""

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Locator, expect

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency, Role
from budgets import operations as budgets
from core.money import Money
from ssu import operations
from ssu.models import ActionItem, RollOut, State
from tests.browser.hands import DESK, PHONE, Finger, Hand, Keys
from tests.browser.walking import Open, session_of


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


@pytest.fixture(params=["finger", "keys"])
def hands(
    request: pytest.FixtureRequest,
    team: SimpleNamespace,
    alice: User,
    bob: User,
    carol: User,
    visit: Any,
    open_page: Open,
) -> SimpleNamespace:
    """A page of the unit for each of them: on a phone, or at a desk without a mouse."""
    hand, width = (Finger, PHONE) if request.param == "finger" else (Keys, DESK)
    address = reverse("unit", args=[team.agency.slug, team.unit.pk])
    opened = {
        user.name.lower(): hand(open_page(address, width=width, session=session_of(visit, user)))
        for user in (alice, bob, carol)
    }
    return SimpleNamespace(**opened)


def button(hand: Hand, name: str) -> Locator:
    return hand.page.get_by_role("main").get_by_role("button", name=name, exact=True)


def to_item(hand: Hand, key: str) -> None:
    """From anywhere in the unit to the page of an item."""
    hand.unit_page("Roll-out")
    hand.press(hand.page.locator(f'main a[href$="/{key}/"]'))


def claim(hand: Hand) -> None:
    hand.press(button(hand, "Claim as done"))
    expect(hand.page.get_by_text("You claimed it. Somebody else confirms it")).to_be_visible()


def unfold(hand: Hand, words: str) -> None:
    """Open a fold, unless it stands open already."""
    closed = hand.page.locator("details:not([open]) > summary", has_text=words)
    if closed.count():
        hand.press(closed)


def note(hand: Hand, key: str, words: str) -> None:
    """Claim an item on a note."""
    to_item(hand, key)
    unfold(hand, "Add note")
    hand.write(hand.page.get_by_label("What happened"), words)
    hand.press(button(hand, "Add note"))
    claim(hand)


def rest_on_the_app(hand: Hand, key: str) -> None:
    """Claim an item on what the app holds: the first thing that it offers."""
    to_item(hand, key)
    unfold(hand, "Add from the app")
    offered = hand.page.get_by_label("From the app")
    hand.choose(offered, str(offered.locator("option").first.text_content()).strip())
    hand.press(button(hand, "Add from the app"))
    claim(hand)


def test_a_leader_works_all_six_steps(team: SimpleNamespace, hands: SimpleNamespace, alice: User, bob: User) -> None:
    note(hands.bob, "1.1", "The elders of three villages and we agreed on the ferry villages.")
    write_goal(hands.bob)
    talk_with_leader(hands.alice, team)
    coach_everybody(hands.bob, hands.carol)
    agree_on_messages(hands.bob, hands.alice)
    approve_budget(team, alice, bob)
    agree_on_guidelines(hands.bob, hands.alice)
    for key in ("2.1", "3.1", "3.2", "4.1", "4.2", "5.1", "5.2", "5.3"):
        rest_on_the_app(hands.bob, key)
    note(hands.bob, "6.1", "All gifts and partners are in one system since March.")
    note(hands.bob, "6.2", "Bob writes the letters, Carol thanks, both by the plan on the wall.")
    confirm_all(hands.alice, team)
    declare(hands.bob)
    with transaction.atomic(), scope.of_agency(team.agency.pk):
        items = ActionItem.objects.filter(unit=team.unit)
        assert {(item.state, item.claimed_by, item.confirmed_by) for item in items} == {(State.COMPLETED, bob, alice)}
        assert RollOut.objects.get(unit=team.unit).declared_by == bob


def write_goal(hand: Hand) -> None:
    hand.unit_page("Impact")
    for label, words in (
        ("Impact goal", "Clean water in fourteen villages."),
        ("Indicator", "villages with clean water"),
        ("Baseline", "2"),
        ("Target", "14"),
    ):
        hand.write(hand.page.get_by_label(label), words)
    hand.date(hand.page.get_by_label("By when"), date(2099, 12, 31))
    hand.press(button(hand, "Save as new version"))
    expect(hand.page.get_by_text("Version 1").first).to_be_visible()


def talk_with_leader(hand: Hand, team: SimpleNamespace) -> None:
    hand.unit_page("Dialogue")
    hand.press(hand.page.get_by_role("link", name=re.compile("^Write down a conversation")))
    hand.date(hand.page.get_by_label("Day", exact=True), team.agency.today())
    hand.mark(hand.page.get_by_label("The goal we share"))
    hand.write(hand.page.get_by_label("Outcome"), "Glad to speak for the whole unit.")
    hand.mark(hand.page.get_by_label("Yes", exact=True))
    hand.press(button(hand, "Save conversation"))
    expect(hand.page.get_by_text("Glad to speak for the whole unit.").first).to_be_visible()


def coach_everybody(bob: Hand, carol: Hand) -> None:
    """The leader says what the model looks like here; the coach logs a session in which all areas were covered."""
    bob.unit_page("Coaching")
    bob.press(bob.page.locator("summary", has_text="Write it"))
    words = bob.page.locator("textarea[name=text]")
    bob.write(words, "One letter a quarter, one budget, one story from the villages each time.")
    bob.press(bob.page.locator("form", has=words).get_by_role("button"))
    expect(bob.page.get_by_text("One letter a quarter").first).to_be_visible()
    carol.unit_page("Coaching")
    carol.press(carol.page.get_by_role("main").get_by_role("link", name="Bob", exact=True))
    areas = carol.page.get_by_role("group", name="In which areas").get_by_role("checkbox")
    expect(areas).to_have_count(8)
    for area in areas.all():
        carol.mark(area)
    carol.press(button(carol, "Save session"))
    expect(carol.page.get_by_text("Everybody is coached in every required area, or excused.")).to_be_visible()


def agree_on_messages(bob: Hand, alice: Hand) -> None:
    bob.unit_page("Messages")
    bob.press(button(bob, "Begin"))
    bob.write(bob.page.get_by_label("What every partner should hear"), "Clean water stays when the villages own it.")
    bob.press(button(bob, "Submit for agreement"))
    agree(alice, "Messages")


def agree(alice: Hand, where: str) -> None:
    alice.unit_page(where)
    alice.press(button(alice, "Agree to this version"))
    expect(alice.page.get_by_text("Agreed. This counts from now on").first).to_be_visible()


def approve_budget(team: SimpleNamespace, alice: User, bob: User) -> None:
    """The budget has a journey of its own."""
    with transaction.atomic(), scope.of_agency(team.agency.pk):
        act: dict[str, Any] = {"agency": team.agency, "actor": bob}
        budget = budgets.start_budget(**act, unit=team.unit, fiscal_year=2026)
        budgets.add_line(**act, budget=budget, impact="Two wells", category="Wells", amount=Money(120_000, "USD"))
        budgets.submit_budget(**act, budget=budget)
        budgets.approve_budget(agency=team.agency, actor=alice, budget=budget)


def agree_on_guidelines(bob: Hand, alice: Hand) -> None:
    bob.unit_page("Guidelines")
    bob.press(button(bob, "Begin"))
    bob.write(bob.page.get_by_label("Tone"), "Warm, plain, and about the villages.")
    bob.press(button(bob, "Submit for agreement"))
    agree(alice, "Guidelines")
    bob.unit_page("Guidelines")
    bob.press(button(bob, "I have read version 1"))


def confirm_all(hand: Hand, team: SimpleNamespace) -> None:
    with transaction.atomic(), scope.of_agency(team.agency.pk):
        keys = list(ActionItem.objects.filter(unit=team.unit).order_by("key").values_list("key", flat=True))
    assert len(keys) == 11
    for key in keys:
        to_item(hand, key)
        hand.press(button(hand, "Confirm"))
        expect(hand.page.get_by_text("Confirmed by Alice").first).to_be_visible()


def declare(hand: Hand) -> None:
    hand.unit_page("Roll-out")
    hand.press(button(hand, "Declare roll-out complete"))
    expect(hand.page.get_by_text(re.compile("^Declared complete by Bob"))).to_be_visible()
