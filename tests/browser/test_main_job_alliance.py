"""Job 6: members report, the backbone accepts and publishes; two reports are too few, and the page says why."""

from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import expect

from accounts.models import User
from agencies import scope
from alliances import demo
from alliances.demo import Built, Party
from alliances.models import Period
from tests.browser.walking import Open, follow, session_of, with_factor
from tests.cast import person

HOME = "/alliances/river/"
VALUES = (4512, 2841, 2016, 731)


@pytest.fixture
def built(live_server: Any) -> Built:
    """Four members of whom two have reported the running quarter and the backbone has accepted."""

    def find(email: str, name: str) -> User:
        known = User.objects.filter(email=email).first()
        return known or with_factor(renamed(person(name.partition(" ")[0]), email, name))

    members = [Party(f"Member {n}", f"member{n}@example.net", f"Rep{n} Person") for n in (1, 2, 3, 4)]
    backbone = Party("Common River Network", "coordinator@example.net", "Coral Haines")
    made = demo.build(slug="river", name="River Communities", backbone=backbone, members=members, people=find)
    with transaction.atomic(), scope.within(made.scope()):
        period = Period.objects.get(published_at=None)
    for member, value in zip(made.members[:2], VALUES, strict=False):
        with transaction.atomic():
            demo.report(made, period, member, value)
    return made


def renamed(user: User, email: str, name: str) -> User:
    user.email, user.name = email, name
    user.save()
    return user


def test_from_the_third_report_to_the_publication(built: Built, visit: Any, open_page: Open) -> None:
    desk = open_page(HOME, session=session_of(visit, built.coordinator))
    ask_to_publish(desk)
    expect(desk.get_by_text("This cannot be published")).to_be_visible()
    expect(desk.get_by_role("button", name="Publish")).to_have_count(0)
    refusal = "Only two members have reported: an aggregate of two would let each work out the other's"
    expect(desk.locator(".banner p").first).to_contain_text(refusal)
    for number in (2, 3):
        report(open_page, visit, built, number)
        accept(desk, f"Member {number + 1}")
    ask_to_publish(desk)
    desk.get_by_role("button", name="Publish").click()
    check_member(open_page, visit, built, own=VALUES[2], others=[VALUES[0], VALUES[1], VALUES[3]])


def ask_to_publish(desk: Any) -> None:
    desk.goto(f"{HOME}measures/")
    follow(desk, "New people in small groups")
    desk.get_by_role("row").filter(has_text="Open").get_by_role("link").click()
    follow(desk, "the implementing members")


def report(open_page: Open, visit: Any, built: Built, number: int) -> None:
    phone = open_page(HOME, width=390, session=session_of(visit, built.people[built.members[number].pk]))
    follow(phone, "New people in small groups, Q")
    phone.get_by_label("Number, if there is one").fill(str(VALUES[number]))
    for button in ("Save draft", "Approve report", "Hand in report"):
        phone.get_by_role("button", name=button).click()
    expect(phone.get_by_text("The report is with the backbone")).to_be_visible()


def accept(desk: Any, organization: str) -> None:
    desk.goto(f"{HOME}measures/reviews/")
    follow(desk, organization)
    desk.get_by_role("button", name="Accept report").click()


def check_member(open_page: Open, visit: Any, built: Built, own: int, others: list[int]) -> None:
    """A member sees its own number and the total, and nowhere another's."""
    page = open_page(HOME, session=session_of(visit, built.people[built.members[2].pk]))
    row = page.get_by_role("row", name="New people in small groups")
    expect(row.get_by_text(f"{own:,}")).to_be_visible()
    expect(row.get_by_text(f"{sum(VALUES):,}")).to_be_visible()
    for path in ("", "measures/", "backbone/"):
        page.goto(HOME + path)
        words = page.get_by_role("main").inner_text()
        assert [value for value in others if f"{value:,}" in words] == []
