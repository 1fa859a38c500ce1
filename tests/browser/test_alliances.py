"""An alliance in a real browser: accessible in every dress; the coordinator publishes, a representative reports on a
phone.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from agencies import scope
from alliances import demo, operations
from alliances.demo import Built, Party
from alliances.models import Period, Publication
from tests.browser.dresses import faults, still_page
from tests.cast import person

Open = Callable[..., Any]


def found(email: str, name: str) -> User:
    """The person of an address, made when new."""
    known = User.objects.filter(email=email).first()
    if known is None:
        known = person(name.split(maxsplit=1)[0])
        known.name, known.email = name, email
        known.save()
    return known


@pytest.fixture
def built(live_server: Any) -> Built:
    """The demo alliance of four outside organizations, with an overlap in question, committed."""
    backbone = Party("Common River Network", "carol@example.org", "Carol Haines")
    members = [
        Party("Bright Coast Fellowship", "ruth@example.org", "Ruth Okoro"),
        Party("Summit Bridge Mission", "peter@example.org", "Peter Lang"),
        *demo.OUTSIDE,
    ]
    made = demo.build(
        slug="river",
        name="River Communities Alliance",
        purpose="Sixty-four communities along one river, reached together instead of side by side.",
        backbone=backbone,
        members=members,
        people=found,
    )
    with transaction.atomic(), scope.within(made.scope()):
        period = Period.objects.get(published_at=None)
        operations.open_overlap(
            alliance=made.alliance,
            actor=made.coordinator,
            period=period,
            one=made.members[0],
            other=made.members[1],
            question="Both hold groups in the ferry village.",
        )
    return made


def session(visit: Any, user: User) -> str:
    return str(visit(user).cookies["sessionid"].value)


def addresses(built: Built, *, backbone: bool) -> list[str]:
    """Pages that differ by the state of what they show; the rest is in the walk of every page."""
    with transaction.atomic(), scope.within(built.scope()):
        past, now = Period.objects.exclude(published_at=None).get(), Period.objects.get(published_at=None)
        publication, overlap = Publication.objects.get(), now.overlaps.get()
    pages: list[tuple[str, list[Any]]] = [
        ("alliance_home", []),
        ("measure_period", [past.pk]),
        ("measure_period", [now.pk]),
        ("publication", [publication.pk]),
        ("overlap", [overlap.pk]),
    ]
    if backbone:
        pages += [("measure_publish", [past.pk, "implementing"]), ("measure_publish", [now.pk, "public"])]
    else:
        pages += [("measure_report", [past.pk]), ("measure_report", [now.pk])]
    return [reverse(name, args=["river", *args]) for name, args in pages]


@pytest.mark.parametrize("who", ["backbone", "representative"])
def test_pages_are_accessible_and_fit(built: Built, visit: Any, open_page: Open, who: str) -> None:
    user = built.coordinator if who == "backbone" else built.people[built.members[0].pk]
    page, seen = still_page(open_page, session(visit, user)), set[str]()
    for url in addresses(built, backbone=who == "backbone"):
        page.goto(url)
        assert faults(page, seen) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_representative_reports_on_a_phone_and_the_coordinator_accepts(
    built: Built, visit: Any, open_page: Open, script: bool
) -> None:
    ruth = built.people[built.members[0].pk]
    phone = open_page("/alliances/river/", width=390, session=session(visit, ruth), script=script)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Asked of us")
    phone.get_by_role("link", name="New people in small groups, Q").first.click()
    phone.get_by_label("Number, if there is one").fill("52")
    phone.get_by_role("button", name="Save draft").click()
    phone.get_by_role("button", name="Approve report").click()
    phone.get_by_role("button", name="Hand in report").click()
    expect(phone.get_by_text("The report is with the backbone")).to_be_visible()
    desk = open_page("/alliances/river/", session=session(visit, built.coordinator), script=script)
    desk.get_by_role("link", name="1 report to review").click()
    desk.get_by_role("link", name="Bright Coast Fellowship").click()
    expect(desk.get_by_text("52", exact=True)).to_be_visible()
    desk.get_by_role("button", name="Accept report").click()
    expect(desk.get_by_role("heading", name="Nothing waits for an answer")).to_be_visible()


def test_the_coordinator_sees_what_goes_out_and_publishes_a_correction(
    built: Built, visit: Any, open_page: Open
) -> None:
    with transaction.atomic(), scope.within(built.scope()):
        period = Period.objects.exclude(published_at=None).select_related("version").get()
    with transaction.atomic():
        demo.report(built, period, built.members[0], 4300)
    desk = open_page(
        reverse("measure_publish", args=["river", period.pk, "implementing"]),
        session=session(visit, built.coordinator),
    )
    expect(desk.get_by_text("9,017", exact=True).first).to_be_visible()
    expect(desk.get_by_text("Subtracting the revision before")).to_be_visible()
    desk.get_by_label("What has changed since the revision before").fill("Bright Coast counted two groups twice.")
    desk.get_by_role("button", name="Publish").click()
    expect(desk.get_by_text("Revision 2,")).to_be_visible()
    expect(desk.get_by_text("Bright Coast counted two groups twice.").first).to_be_visible()
