"""Job 2: a file of gifts, from the upload to a second time that changes nothing; and a file with faults."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.models import User
from agencies import scope
from agencies.models import Agency, Role
from agencies.operations import add_member
from core.money import parse_amount
from funds.operations.load import load_setup
from home.demo.giving import SAMPLES
from partners.models import GiftLine
from ssu.imports import read_setup
from tests.browser.hands import DESK, PHONE, Finger, Hand, Keys
from tests.browser.walking import Open, session_of, work_off

IMPORTS = "/a/harbor-light-mission/giving/imports/"
FULL = "tnt/hlm_full.tntdatasync"
FAULTY = """\
gift_id,gift_date,donor_id,donor_name,designation,amount,currency
5100001,2026-03-02,878476,Müllerstedt,0900101,120.00,USD
5100002,2026-02-30,878476,Müllerstedt,0900101,75.00,USD
5100003,2026-03-05,878476,Müllerstedt,0900101,"1.250,00",USD
5100004,2026-03-09,878476,Müllerstedt,0900101,40.00,DOL
5100005,2026-03-12,878476,Müllerstedt,0900101,,USD
"""


@pytest.fixture
def office(live_server: Any, alice: User) -> Agency:
    """Alice's agency as its folder of spreadsheets describes it, without any gift."""
    with transaction.atomic(), scope.fresh():
        agency = load_setup(actor=alice, setup=read_setup(SAMPLES / "setup"))
        add_member(agency=agency, actor=alice, user=alice, roles=(Role.ADMINISTRATOR,))
        return agency


def upload(page: Page, file: Any) -> None:
    page.goto(IMPORTS)
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Check file").click()
    page.locator("progress").wait_for()
    work_off(page)


def fact(page: Page, label: str) -> Any:
    return expect(page.locator("dt", has_text=label).first.locator("xpath=following-sibling::dd[1]"))


def test_a_file_is_checked_applied_with_progress_and_changes_nothing_twice(
    office: Agency, alice: User, visit: Any, open_page: Open
) -> None:
    said = json.loads(Path(SAMPLES / "expected.json").read_text())["files"][FULL]
    page = open_page("/me/", session=session_of(visit, alice))
    upload(page, SAMPLES / FULL)
    fact(page, "New gift lines").to_have_text(f"{said['gift_lines']:,}")
    page.get_by_role("button", name="Import").click()
    apply_with_progress(page)
    total = parse_amount(said["base_total"], "USD").format("en_US")
    expect(page.get_by_role("link", name=f"{said['gifts']:,} gifts, {total}")).to_be_visible()
    upload(page, SAMPLES / FULL)
    fact(page, "New gift lines").to_have_text("0")
    stay = f"{said['gift_lines']:,} gift lines are there already and stay as they are."
    expect(page.get_by_text(stay)).to_be_visible()
    page.get_by_role("button", name="Import").click()
    work_off()
    with transaction.atomic(), scope.of_agency(office.pk):
        assert GiftLine.objects.count() == said["gift_lines"]


def apply_with_progress(page: Page) -> None:
    """The page that is open shows the job at work; at its end it loads anew by itself, without the job."""
    job = page.locator(".job")
    expect(job.locator("progress")).to_be_visible()
    work_off()
    page.get_by_role("heading", name="What it brought").wait_for()


def test_a_file_with_faults_shows_each_with_its_row_and_column(
    office: Agency, alice: User, visit: Any, open_page: Open
) -> None:
    page = open_page("/me/", session=session_of(visit, alice), script=False)
    upload(page, {"name": "gifts-march.csv", "mimeType": "text/csv", "buffer": FAULTY.encode()})
    rows = page.get_by_role("table", name="Errors").locator("tbody tr")
    places = (("2", "3", "gift_date"), ("3", "4", "amount"), ("4", "5", "currency"), ("5", "6", "amount"))
    expect(rows).to_have_count(len(places))
    for row, place in enumerate(places):
        for column, words in enumerate(place):
            expect(rows.nth(row).locator("td").nth(column)).to_have_text(words)
    page.goto("/a/harbor-light-mission/giving/")
    expect(page.get_by_role("heading", name="No gifts yet")).to_be_visible()


MANY, BROKEN = 7_000, {12: ("gift_date", "2026-02-30"), 3_400: ("amount", "ten"), 6_999: ("currency", "DOL")}
RIGHT = {"gift_date": "2026-02-28", "amount": "12.50", "currency": "USD"}


def large_file() -> bytes:
    """Seven thousand gifts of ten dollars, three of them with one wrong cell each."""
    rows = []
    for number in range(1, MANY + 1):
        cells = {"gift_date": "2026-03-02", "amount": "10.00", "currency": "USD"}
        if number in BROKEN:
            column, wrong = BROKEN[number]
            cells[column] = wrong
        rows.append(
            f"{5_200_000 + number},{cells['gift_date']},878476,Ruth,0900101,{cells['amount']},{cells['currency']}"
        )
    head = "gift_id,gift_date,donor_id,donor_name,designation,amount,currency"
    return "\n".join([head, *rows, ""]).encode()


@pytest.fixture(params=[Finger, Keys], ids=["phone", "keys"])
def hand(request: pytest.FixtureRequest, office: Agency, alice: User, visit: Any, open_page: Open) -> Hand:
    """The administrator on a phone, and at a desk without a mouse."""
    width = PHONE if request.param is Finger else DESK
    made: Hand = request.param(open_page(IMPORTS, width=width, session=session_of(visit, alice)))
    return made


def test_seven_thousand_gifts_with_three_bad_rows_fixed_in_place_and_then_undone(hand: Hand, office: Agency) -> None:
    page = hand.page
    page.get_by_label("File").set_input_files({"name": "gifts.csv", "mimeType": "text/csv", "buffer": large_file()})
    hand.press(page.get_by_role("button", name="Check file"))
    page.locator("progress").wait_for()
    work_off(page)
    hand.press(page.get_by_role("button", name="Import 6,997 new gift lines, keep 3 rows out"))
    work_off(page)
    expect(page.get_by_role("link", name="6,997 gifts, $69,970.00")).to_be_visible()
    hand.press(page.get_by_role("link", name="Correct 3 rows here"))
    for number, (column, wrong) in BROKEN.items():
        cell = page.get_by_label(f"Row {number}, line {number + 1}, {column}")
        expect(cell).to_have_value(wrong)
        expect(cell).to_have_attribute("aria-invalid", "true")
        hand.write(cell, RIGHT[column])
    hand.press(page.get_by_role("button", name="Save and check again"))
    work_off(page)
    expect(page.get_by_role("table", name="Corrected so far").locator("tbody tr")).to_have_count(3)
    hand.press(page.get_by_role("link", name="Open the import"))
    hand.press(page.get_by_role("button", name="Import 3 new gift lines"))
    work_off(page)
    expect(page.get_by_role("link", name="7,000 gifts, $70,002.50")).to_be_visible()
    undo(hand)
    with transaction.atomic(), scope.of_agency(office.pk):
        assert GiftLine.objects.standing().count() == 0
        assert GiftLine.objects.count() == MANY


def undo(hand: Hand) -> None:
    """From the import that is open to its undo, with a reason."""
    page = hand.page
    hand.press(page.locator(".page-header summary"))
    hand.press(page.get_by_role("link", name="Undo import"))
    expect(page.get_by_role("main")).to_contain_text("7,000")
    hand.write(page.get_by_label("Why"), "The wrong year")
    hand.press(page.get_by_role("button", name="Undo import"))
    page.locator("progress").wait_for()
    work_off(page)
    expect(page.get_by_role("main")).to_contain_text("The wrong year")
    expect(page.get_by_role("main")).to_contain_text("7,000")
