"""A coach coaches a team: on a phone, and by keyboard alone; no partner stands on the way."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency, Role
from ssu import operations as ssu
from ssu.models import CoachingRecord, Unit
from tests.browser.axe import violations
from tests.browser.walking import Open, session_of, tab_to

SINCE = date(2024, 1, 15)
FIRST, SECOND = "The model in own words", "Core messages"


@pytest.fixture
def unit(agency: Agency, alice: User, bob: User, carol: User) -> Unit:
    """Ferry Villages: Bob is a member, Carol its coach."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        strategy = ssu.add_strategy(agency=agency, actor=alice, code="RC", name="River communities")
        made = ssu.add_unit(
            agency=agency,
            actor=alice,
            strategy=strategy,
            code="FV",
            name="Ferry Villages",
            kind="community",
            discretion="open",
        )
        for user, role in ((bob, Role.MEMBER), (carol, Role.COACH)):
            worker = ssu.worker_of(people.add_member(agency=agency, actor=alice, user=user))
            ssu.add_team_member(agency=agency, actor=alice, unit=made, worker=worker, role=role, joined_on=SINCE)
    return made


def records(unit: Unit) -> list[tuple[str, str]]:
    with transaction.atomic(), scope.of_agency(unit.agency_id):
        rows = CoachingRecord.objects.order_by("pk").values_list("worker__name", "area__title")
        return list(rows)


def sure_of(page: Page, level: str) -> None:
    """Say how sure one feels in the first area."""
    page.get_by_text("How sure do you feel?").click()
    page.get_by_label(FIRST).select_option(label=level)
    page.get_by_role("button", name="Save my word").click()
    expect(page.get_by_text("Only you and the coach of the unit see it.").first).to_be_visible()


def test_a_coach_coaches_a_team_on_a_phone(unit: Unit, bob: User, carol: User, visit: Any, open_page: Open) -> None:
    phone = open_page("/a/harbor/", width=390, session=session_of(visit, carol))
    expect(phone.get_by_role("heading", level=1)).to_have_text("My coaching")
    phone.get_by_role("main").get_by_role("link", name="My coaching").click()
    expect(phone.get_by_text("1 of 1 still needs coaching.")).to_be_visible()
    phone.get_by_role("link", name="Bob", exact=True).click()
    expect(phone.get_by_label("Bob")).to_be_checked()
    for area in (FIRST, SECOND):
        phone.get_by_label(area).check()
    phone.get_by_role("button", name="Save session").click()
    expect(phone.get_by_text("Coaching logged.")).to_be_visible()
    expect(phone.get_by_text("2 of 8 areas")).to_be_visible()
    assert records(unit) == [("Bob", FIRST), ("Bob", SECOND)]
    assert violations(phone) == []
    member = open_page("/a/harbor/coaching/", width=390, session=session_of(visit, bob))
    sure_of(member, "A little")
    phone.reload()
    expect(phone.get_by_text(f"Says to be unsure in: {FIRST} (A little).")).to_be_visible()
    phone.get_by_text("Everybody by area").click()
    phone.get_by_role("cell").get_by_role("link").first.click()
    expect(phone.get_by_text("How sure Bob feels: A little.")).to_be_visible()


def test_a_plan_is_taken_back(unit: Unit, carol: User, visit: Any, open_page: Open) -> None:
    phone = open_page(f"/a/harbor/units/{unit.pk}/coaching/log/", width=390, session=session_of(visit, carol))
    phone.get_by_label("Bob").check()
    phone.get_by_label(FIRST).check()
    phone.get_by_label("Day").fill("2999-01-01")
    phone.get_by_label("is planned").check()
    phone.get_by_role("button", name="Save session").click()
    expect(phone.get_by_text("Coaching planned.")).to_be_visible()
    phone.get_by_role("button", name="Undo").click()
    expect(phone.get_by_text("Taken back.")).to_be_visible()
    expect(phone.get_by_text("No session is planned.")).to_be_visible()


def test_by_keyboard_alone(unit: Unit, carol: User, visit: Any, open_page: Open) -> None:
    page = open_page("/a/harbor/coaching/", session=session_of(visit, carol))
    tab_to(page, page.get_by_role("main").get_by_role("link", name="Bob", exact=True)).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Log or plan coaching")
    tab_to(page, page.get_by_label(FIRST)).press("Space")
    tab_to(page, page.get_by_role("button", name="Save session")).press("Enter")
    expect(page.get_by_text("Coaching logged.")).to_be_visible()
    assert records(unit) == [("Bob", FIRST)]


def test_a_leader_is_talked_with_on_a_phone(
    unit: Unit, agency: Agency, alice: User, bob: User, visit: Any, open_page: Open
) -> None:
    phone = open_page(f"/a/harbor/units/{unit.pk}/dialogue/", width=390, session=session_of(visit, alice))
    phone.get_by_label("Person").select_option(label="Bob")
    phone.get_by_role("button", name="Add to the list").click()
    phone.get_by_role("link", name="Write down a conversation").click()
    phone.get_by_label("Why we are changing").check()
    phone.get_by_label("Outcome").fill("He sees it; the budget comes next.")
    phone.get_by_label("Not yet").check()
    phone.get_by_role("button", name="Save conversation").click()
    expect(phone.get_by_text("Talked with 1 of 1 leader; 0 agreed.")).to_be_visible()
    assert violations(phone) == []
