"""A leader is added with an address, takes the link of the mail, and lands on the unit."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from ssu import operations
from ssu.models import TeamMember, Unit, Worker
from tests.agencies.conftest import confirm
from tests.browser.axe import violations

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]


@pytest.fixture
def unit(live_server: Any, agency: Agency, alice: User) -> Unit:
    with transaction.atomic(), scope.of_agency(agency.pk):
        strategy = operations.add_strategy(agency=agency, actor=alice, code="S0", name="Water")
        return operations.add_unit(
            agency=agency, actor=alice, strategy=strategy, code="U0", name="Wells", kind="program", discretion="open"
        )


@pytest.mark.parametrize("width", [390, 1280])
def test_leader_is_added_asked_in_and_lands_on_the_unit(
    unit: Unit, agency: Agency, alice: User, visit: Any, open_page: Open, width: int
) -> None:
    session = confirm(visit(alice)).cookies["sessionid"].value
    page = open_page(f"/a/{agency.slug}/units/{unit.pk}/team/", session=session, width=width)
    page.get_by_label("Or a new name").fill("Lena Newleader")
    page.get_by_label("Team leader").check()
    page.get_by_label("E-mail, to sign in").fill("lena@example.org")
    page.get_by_role("button", name="Add to the team").click()
    expect(page.locator(".toast")).to_contain_text("An invitation went to lena@example.org.")
    expect(page.get_by_role("row", name="Lena Newleader")).to_contain_text("invited")
    page.get_by_role("link", name="Lena Newleader", exact=True).click()
    expect(page.get_by_text("The link works until")).to_be_visible()
    assert violations(page) == []
    hers = open_page(link_in_the_mail(), width=width)
    hers.get_by_label("A new password").fill("walk the second mile")
    hers.get_by_role("main").get_by_role("button").click()
    hers.get_by_label("Email").fill("lena@example.org")
    hers.get_by_label("Password").fill("walk the second mile")
    hers.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(hers).to_have_title(re.compile("My unit"))
    expect(hers.get_by_role("main")).to_contain_text("Wells")
    with transaction.atomic(), scope.of_agency(agency.pk):
        lena = Worker.objects.get()
        assert lena.membership is not None
        assert TeamMember.objects.get().worker_id == lena.pk


def link_in_the_mail() -> str:
    """The address in the one mail that went out, on this server."""
    (sent,) = mail.outbox
    found = re.search(r"https?://[^/]+(/\S+)", str(sent.body))
    assert found is not None
    return found[1]
