"""A file of another system, in another language: mapped once, its values too, brought in, and known the next time."""

from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import FilePayload, expect

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from partners.models import GiftLine
from tests.browser.hands import PHONE, Finger, Hand
from tests.browser.test_main_job_import import IMPORTS, office
from tests.browser.walking import Open, session_of, work_off

__all__ = ["office"]
ABOVE = "Spendenliste\nStand: 1.3.2026\n\n"
HEADER = "Spendendatum;Spender-Nr.;Nachname;Vorname;Spendenbetrag;Zweck;Zahlungsart\n"
FIRST = "13.02.2026;9001;Böhm;Ruth;1.234,50;Brunnenbau;Überweisung\n14.02.2026;9002;Weiß;Karl;12,50;Haus;bar\n"
NEXT = "15.03.2026;9001;Böhm;Ruth;20,00;Brunnenbau;bar\n"
TOTAL = "Summe;;;;1.247,00\n"


def file_of(*rows: str, header: str = HEADER) -> FilePayload:
    text = ABOVE + header + "".join(rows) + TOTAL
    return {"name": "spenden.csv", "mimeType": "text/csv", "buffer": text.encode("cp1252")}


@pytest.fixture
def hand(office: Agency, alice: User, visit: Any, open_page: Open) -> Hand:
    """The administrator on a phone."""
    return Finger(open_page(IMPORTS, width=PHONE, session=session_of(visit, alice)))


def bring(hand: Hand, file: FilePayload) -> None:
    page = hand.page
    page.goto(IMPORTS)
    page.get_by_label("File").set_input_files(file)
    hand.press(page.get_by_role("button", name="Check file"))
    page.locator("progress").wait_for()
    work_off(page)


def test_mapped_once_and_known_the_next_time(hand: Hand, office: Agency) -> None:
    page = hand.page
    bring(hand, file_of(FIRST))
    hand.press(page.get_by_role("link", name="Map columns", exact=True))
    expect(page.get_by_label("Spendendatum")).to_have_value("gift_date")
    expect(page.get_by_label("Day first")).to_be_checked()
    expect(page.get_by_role("main")).to_contain_text("13.02.2026 on line 5 can only be day first.")
    hand.choose(page.get_by_label("Zahlungsart"), "Payment method")
    hand.write(page.get_by_label("Keep this mapping as"), "Spendenprogramm")
    hand.press(page.get_by_role("button", name="Use this mapping and check"))
    page.locator("progress").wait_for()
    work_off(page)
    hand.press(page.get_by_role("link", name="Map 2 unknown values"))
    hand.choose(page.get_by_label("Brunnenbau: What it is"), "Is our …")
    hand.write(page.get_by_label("Brunnenbau: Ours, or the reason"), "0900101")
    hand.choose(page.get_by_label("Haus: What it is"), "Leave its rows out, because …")
    hand.write(page.get_by_label("Haus: Ours, or the reason"), "Rent, no gift")
    hand.press(page.get_by_role("button", name="Save and check again"))
    page.locator("progress").wait_for()
    work_off(page)
    hand.press(page.get_by_role("link", name="Back to the import"))
    hand.press(page.get_by_role("button", name="Import 1 new gift line"))
    work_off(page)
    bring(hand, file_of(*(text.replace("\n", ";x\n") for text in (FIRST, NEXT)), header=HEADER.replace("\n", ";Neu\n")))
    expect(page.get_by_role("main")).to_contain_text("Read by the saved mapping “Spendenprogramm”.")
    with transaction.atomic(), scope.of_agency(office.pk):
        lines = GiftLine.objects.values_list("amount", "designation__code")
        assert list(lines) == [(123_450, "0900101")]
