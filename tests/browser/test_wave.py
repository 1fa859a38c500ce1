"""A wave of twelve key donors, from the notice to the first gift: by keys, on a phone, and on paper."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from partners.models import GivingUnit
from partners.operations import Part, add_commitment, add_partner, record_gift
from ssu import operations as ssu
from tests.browser.walking import Open, session_of, small_agency, tab_to
from transition import operations
from transition.models import Shift, Wave

SIZE = 12
BEGAN = date(2024, 1, 1)


def test_a_wave_of_twelve_key_donors_from_notice_to_first_gift(
    live_server: Any, carol: User, visit: Any, open_page: Open
) -> None:
    agency = small_agency(staff=carol)
    today = agency.today()
    with transaction.atomic(), scope.fresh(), scope.of_agency(agency.pk):
        wave = key_donors(agency, carol, today)
    session = session_of(visit, carol)
    page = open_page(f"/a/bright-coast/transition/waves/{wave.pk}/", session=session)
    by_keys(page)
    with transaction.atomic(), scope.fresh(), scope.of_agency(agency.pk):
        others = list(Shift.objects.filter(wave=wave, acts=None).select_related("wave__plan"))
        for each in others:
            operations.give_notice(agency=agency, actor=carol, shift=each, on=today, how="spoken")
        rows = [(each.pk, each.commitment.giving_unit.name) for each in others]
    bring_replies(page, wave, rows, today)
    with transaction.atomic(), scope.fresh(), scope.of_agency(agency.pk):
        first_gifts(agency, carol, wave, today)
    phone = open_page(f"/a/bright-coast/transition/waves/{wave.pk}/", session=session, width=390)
    expect(phone.get_by_text("Commitment moved", exact=True)).to_have_count(SIZE + 1)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.get_by_role("link", name="Friend 01").click()
    expect(phone.get_by_text("First gift for the unit")).to_be_visible()
    expect(phone.get_by_text("Not yet")).to_have_count(0)
    phone.go_back()
    phone.get_by_role("button", name="Close the wave").click()
    phone.get_by_role("link", name="Back to the transition").click()
    expect(phone.get_by_role("row", name="Before $1,200.00 Moved $1,200.00 Stayed $0.00")).to_have_count(1)
    on_paper(phone)


def key_donors(agency: Agency, actor: User, today: date) -> Wave:
    """An open wave with twelve key donors of one worker's account."""
    act: dict[str, Any] = {"agency": agency, "actor": actor}
    target = Designation.objects.filter(kind="unit").order_by("code").select_related("unit")[0]
    assert target.unit is not None
    worker = ssu.add_worker(**act, name="Anna Fields", code="W1")
    ssu.add_team_member(**act, unit=target.unit, worker=worker, role="member", joined_on=BEGAN)
    named: dict[str, Any] = {"code": "0777", "public_name": "Anna", "kind": "worker"}
    account = open_designation(**act, **named, unit=target.unit, worker=worker)
    plan = operations.start_plan(**act, unit=target.unit, designation=target)
    word = {"how": "As now", "given_by": "The board", "until": today + timedelta(days=90), "told_on": today}
    operations.guarantee(**act, plan=plan, account=account, **word)  # type: ignore[arg-type]
    made = operations.add_wave(**act, plan=plan, name="Key donors", reply_by=today + timedelta(days=30))
    promises = []
    for number in range(1, SIZE + 1):
        partner = add_partner(**act, kind="person", first_name="Friend", last_name=f"{number:02}")
        given: dict[str, Any] = {"designation": account, "amount": Money(10000, "USD"), "frequency": "monthly"}
        giver = GivingUnit.objects.get(partner=partner)
        promises.append(add_commitment(**act, giving_unit=giver, starts_on=BEGAN, **given))
    for each in operations.add_to_wave(**act, wave=made, commitments=promises, is_key=True):
        operations.set_shift(**act, shift=each, is_key=True, talker=worker)
    return operations.open_wave(**act, wave=made)


def by_keys(page: Page) -> None:
    """The first donor is told, agrees, and the commitment moves: no pointer is used."""
    expect(page.get_by_text("Key donor: hears it from somebody first")).to_have_count(SIZE)
    press(page, "link", "Friend 01")
    press(page, "link", "Note that they were told")
    tab_to(page, page.get_by_label("spoken, face to face or by phone"))
    page.keyboard.press("Space")
    press(page, "button", "Note")
    press(page, "link", "They agreed")
    tab_to(page, page.get_by_label("spoken, face to face or by phone"))
    page.keyboard.press("Space")
    press(page, "button", "Note")
    press(page, "link", "Move the commitment")
    press(page, "button", "Note")
    expect(page.get_by_text("Not yet")).to_be_visible()


def press(page: Page, role: Any, name: str) -> None:
    """Go to the first control of this name with Tab, and press Enter."""
    tab_to(page, page.get_by_role(role, name=name).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def bring_replies(page: Page, wave: Wave, rows: list[tuple[int, str]], today: date) -> None:
    """What the other eleven said comes in a file with the columns of the list of the wave."""
    said = f"agreed,{today},spoken,{today}"
    lines = ["number,giver,reply,replied_on,how,moves_on", *(f"{number},{giver},{said}" for number, giver in rows)]
    page.goto(f"/a/bright-coast/transition/waves/{wave.pk}/replies/")
    replies = {"name": "replies.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    page.locator("input[type=file]").set_input_files(replies)  # type: ignore[arg-type]
    page.get_by_role("button", name="Check and note").click()


def first_gifts(agency: Agency, actor: User, wave: Wave, today: date) -> None:
    """Each gives for the unit."""
    for number, each in enumerate(Shift.objects.filter(wave=wave).select_related("commitment__giving_unit")):
        part = Part(wave.plan.designation, Money(10000, "USD"))
        given: dict[str, Any] = {"giving_unit": each.commitment.giving_unit, "parts": [part], "key": f"first-{number}"}
        record_gift(agency=agency, actor=actor, on=today, **given)


def on_paper(page: Page) -> None:
    """In print the month ledger stands, and what leads elsewhere does not."""
    page.emulate_media(media="print")
    expect(page.get_by_role("table", name="Month by month")).to_be_visible()
    expect(page.get_by_role("button", name="Report (PDF)")).to_be_hidden()
    expect(page.get_by_role("link", name="End the transition")).to_be_hidden()
