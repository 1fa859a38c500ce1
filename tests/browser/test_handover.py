"""A hand-over from naming who leaves to the check after 90 days: by keys, and on a phone."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from handover.operations import make_check
from handover.queries.retention import checks_due
from partners.models import GivingUnit
from partners.operations import Part, add_partner, appoint_holder, record_gift
from ssu import operations as ssu
from tests.browser.hands import PHONE, Keys
from tests.browser.walking import Open, session_of, small_agency

BEGAN = date(2024, 1, 1)
DAY = timedelta(days=1)


def test_from_naming_who_leaves_to_the_check_after_90_days(
    live_server: Any, carol: User, visit: Any, open_page: Open
) -> None:
    agency = small_agency(staff=carol)
    left = agency.today() - 95 * DAY
    with transaction.atomic(), scope.fresh(), scope.of_agency(agency.pk):
        held_by_anna(agency, carol, left)
    session = session_of(visit, carol)
    by_keys(open_page("/a/bright-coast/hand-overs/", session=session), left, agency.today())
    with transaction.atomic(), scope.fresh(), scope.of_agency(agency.pk):
        for case, after in checks_due(agency):
            make_check(agency=agency, actor=None, case=case, after=after)
    phone = open_page("/a/bright-coast/hand-overs/", session=session, width=PHONE)
    phone.get_by_role("link", name="Anna Fields").click()
    checks = phone.get_by_role("region", name="What became of their giving")
    expect(checks.get_by_role("heading", name="90 days after the exit")).to_be_visible()
    expect(checks.get_by_text("kept giving: 1")).to_have_count(2)
    expect(checks.get_by_text("stopped: 1")).to_have_count(2)
    expect(phone.get_by_text("$")).to_have_count(0)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE
    phone.get_by_role("button", name="Close the hand-over").click()
    expect(phone.get_by_text("Closed", exact=True)).to_be_visible()


def held_by_anna(agency: Agency, actor: User, left: date) -> None:
    """Anna holds two who gave a year before she left; one of them gave again since. Ben serves beside her."""
    act: dict[str, Any] = {"agency": agency, "actor": actor}
    place = Designation.objects.filter(kind="unit").order_by("code").select_related("unit")[0]
    assert place.unit is not None
    anna, ben = (ssu.add_worker(**act, name=name, code=name[:4]) for name in ("Anna Fields", "Ben Stone"))
    for worker in (anna, ben):
        ssu.add_team_member(**act, unit=place.unit, worker=worker, role="member", joined_on=BEGAN)
    for name, days in (("Faithful", (-360, 3)), ("Silent", (-360,))):
        partner = add_partner(**act, kind="person", first_name="Friend", last_name=name)
        appoint_holder(**act, partner=partner, unit=place.unit, worker=anna)
        giver = GivingUnit.objects.get(partner=partner)
        for day in days:
            parts = [Part(place, Money(5000, "USD"))]
            record_gift(**act, giving_unit=giver, on=left + day * DAY, parts=parts, key=f"{name}{day}")


def by_keys(page: Page, left: date, today: date) -> None:
    """The exit is named, one partner gets a new holder and is introduced, the other is left out: no pointer is used."""
    hand = Keys(page)
    hand.press(page.get_by_role("link", name="A worker leaves"))
    hand.choose(page.get_by_label("Who leaves"), "Anna")
    hand.date(page.get_by_label("Day of leaving"), left)
    hand.press(page.get_by_role("button", name="Open the hand-over"))
    hand.mark(page.get_by_label("Choose Friend Faithful"))
    hand.choose(page.get_by_label("New holder"), "Ben")
    hand.date(page.get_by_label("Introduced together until"), today + DAY)
    hand.press(page.get_by_role("button", name="Name the new holder"))
    hand.mark(page.get_by_label("Choose Friend Silent"))
    hand.choose(page.get_by_label("Leave out, because"), "The partner wishes")
    hand.press(page.get_by_role("button", name="Leave out"))
    hand.press(page.get_by_role("link", name="Friend Faithful"))
    hand.press(page.get_by_role("button", name="Note"))
    expect(page.get_by_role("region", name="What was done").get_by_text("Introduced")).to_be_visible()
