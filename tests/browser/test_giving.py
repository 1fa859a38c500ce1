"""Partners, giving and imports in a real browser: accessible in every dress, and the whole way without a script."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.operations import open_designation
from imports.operations import check_import, receive_file
from partners import operations
from partners.models import Gift, GivingUnit, ReviewItem
from tests.browser.dresses import faults, still_page
from tests.imports.conftest import SAMPLES


@pytest.fixture
def world(live_server: Any, agency: Agency, alice: User) -> SimpleNamespace:
    """A partner with a gift of two lines, a promise, a line to review, and a checked file; committed."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        by: dict[str, Any] = {"agency": agency, "actor": alice}
        well = open_designation(**by, code="0100", public_name="Clean wells", kind="project")
        fund = open_designation(**by, code="0900", public_name="General fund", kind="general")
        ruth = operations.add_partner(
            **by,
            kind="person",
            first_name="Ruth",
            last_name="Moab",
            email="ruth@example.org",
            phone="555 0104",
            number=("HLM", "1"),
        )
        giver = GivingUnit.objects.get(partner=ruth)
        parts = [operations.Part(well, Money(6000, "USD"), "for the well"), operations.Part(fund, Money(4000, "USD"))]
        gift = operations.record_gift(**by, giving_unit=giver, on=agency.today(), parts=parts, key="k")
        promise = operations.add_commitment(
            **by,
            giving_unit=giver,
            designation=well,
            amount=Money(5000, "USD"),
            frequency="monthly",
            starts_on=agency.today(),
        )
        met: dict[str, Any] = {"partner": ruth, "unit": None, "channel": "call"}
        operations.log_contact(**by, **met, outcome="talked", happened_on=agency.today(), note="Glad\nof it")
        operations.add_follow_up(**by, **met, due_on=agency.today(), assignee=alice, text="Thank her")
        tag = operations.add_tag(**by, name="Spring supper")
        operations.give_tag(**by, tag=tag, partners=type(ruth).objects.filter(pk=ruth.pk))
        review = ReviewItem.objects.create(line=gift.lines.order_by("pk").first(), reason="earmark_worker")
        path = SAMPLES / "bad/split_does_not_sum.csv"
        run = receive_file(**by, name=path.name, content=path, check=False)
        check_import(agency=agency, run=run)
    return SimpleNamespace(well=well, fund=fund, ruth=ruth, gift=gift, promise=promise, review=review, run=run)


def addresses(agency: Agency, world: SimpleNamespace) -> list[str]:
    """What an address alone does not open: a giver looked for, and one that is chosen; the rest is in the walk of every
    page.
    """
    add = reverse("gift_add", args=[agency.slug])
    return [f"{add}?q=ruth", f"{add}?partner={world.ruth.pk}", reverse("import", args=[agency.slug, world.run.pk])]


def test_pages_are_accessible_and_fit(
    agency: Agency, world: SimpleNamespace, alice: User, visit: Any, open_page: Callable[..., Any]
) -> None:
    page, seen = still_page(open_page, visit(alice).cookies["sessionid"].value), set[str]()
    for url in addresses(agency, world):
        page.goto(url)
        assert faults(page, seen) == []


@pytest.mark.parametrize("script", [True, False])
def test_a_gift_is_recorded_from_the_keyboard_with_and_without_a_script(
    agency: Agency, world: SimpleNamespace, alice: User, visit: Any, open_page: Callable[..., Any], script: bool
) -> None:
    cookie = visit(alice).cookies["sessionid"].value
    page = open_page(reverse("gift_add", args=[agency.slug]), session=cookie, script=script)
    page.get_by_label("Name, e-mail, phone or number").fill("moab")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Ruth Moab").click()
    page.get_by_role("button", name="Add a line").click()
    expect(page.get_by_role("group", name=re.compile("^Line"))).to_have_count(3)
    first = page.get_by_role("group", name="Line 1")
    first.get_by_label("Designation").select_option(str(world.well.pk))
    first.get_by_label("Amount").fill("12.50")
    page.get_by_role("button", name="Record gift").click()
    page.wait_for_url(re.compile(r"/giving/gifts/\d+/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^Gift "))
    with transaction.atomic(), scope.of_agency(agency.pk):
        assert Gift.objects.latest("pk").amount == 1250
