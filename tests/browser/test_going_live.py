"""Two people compare the old system with this one, and put the date into force."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from agencies import scope
from agencies.models import Agency, Role
from agencies.operations import add_member
from core.money import Money
from funds.operations import open_designation
from partners import operations
from partners.models import GivingUnit
from partners.operations import Part
from tests.browser.walking import press_with_password
from tests.cast import person

Open = Callable[..., Page]
OLD = b"designation,month,currency,amount,count\n0900,2026-03,USD,80.00,1\n"
FILE: Any = {"name": "old.csv", "mimeType": "text/csv", "buffer": OLD}


@pytest.fixture
def history(live_server: Any, agency: Agency, alice: User) -> User:
    """$75 of March, which the old system tells as $80; and somebody in finance. Committed."""
    finn = person("Finn")
    by: dict[str, Any] = {"agency": agency, "actor": alice}
    with transaction.atomic(), scope.of_agency(agency.pk):
        add_member(**by, user=finn, roles=(Role.FINANCE,))
        place = open_designation(**by, code="0900", public_name="General fund", kind="general")
        giver = GivingUnit.objects.get(partner=operations.add_partner(**by, kind="person", last_name="Moab"))
        operations.record_gift(
            **by, giving_unit=giver, on=date(2026, 3, 4), parts=[Part(place, Money(7500, "USD"))], key="g"
        )
    return finn


def test_two_people_go_live(history: User, agency: Agency, alice: User, visit: Any, open_page: Open) -> None:
    address = f"{reverse('go_live', args=[agency.slug])}?on=2026-07-01"
    first = open_page(address, session=visit(alice).cookies["sessionid"].value)
    expect(first.get_by_text("Before anybody signs: upload the totals")).to_be_visible()
    first.locator("input[type=file]").set_input_files(FILE)
    first.get_by_role("button", name="Take in totals").click()
    expect(first.get_by_text("1 differ, 1 without a note")).to_be_visible()
    first.get_by_label("Why 0900 General fund differs").fill("A check came back")
    first.get_by_role("button", name="Explain").click()
    press_with_password(first, re.compile("Sign: figures are right"))
    expect(first.get_by_text("You have signed. Somebody else has to sign too.")).to_be_visible()
    second = open_page(address, session=visit(history).cookies["sessionid"].value, width=390, script=False)
    press_with_password(second, re.compile("Sign: figures are right"))
    expect(second.get_by_text("Live since 1 Jul 2026")).to_be_visible()
    expect(second.get_by_text("in force", exact=True)).to_have_count(2)
