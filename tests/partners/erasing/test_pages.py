"""The page of an erasure: who may, what it tells, the password, and the record afterwards."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Membership
from core.money import Money
from funds.models import Designation
from partners import operations
from partners.models import Erasure, GivingUnit, Partner
from partners.operations import Head, Keyed, Part
from tests.agencies.conftest import confirm, joins
from tests.cast import Visitor
from tests.partners.erasing.conftest import EMAIL, LAST, TOKEN

__all__ = ["joins"]
pytestmark = pytest.mark.django_db
SAID = {"ground": "asked", "words": "By letter", "is_sure": "on"}


def address(token: SimpleNamespace) -> str:
    return f"/a/{token.act['agency'].slug}/partners/{token.partner.pk}/erase/"


def test_it_tells_what_goes_what_stays_and_why(token: SimpleNamespace, visit: Callable[[User], Visitor]) -> None:
    page = visit(token.act["actor"]).get(address(token)).content.decode()
    for words in (
        "This cannot be undone",
        f"Erased partner P-{token.partner.pk}",
        "E-mail addresses",
        "What the giver wrote to gifts",
        "Gifts with amount, day, designation and number",
        "Statements as they were issued, with name and address",
        "31 Dec 20",
        token.merged.name,
        "The record is of two people",
    ):
        assert words in page, words


def test_the_password_is_asked_and_then_it_is_done(token: SimpleNamespace, visit: Callable[[User], Visitor]) -> None:
    browser = visit(token.act["actor"])
    asked = browser.post(address(token), SAID)
    assert (asked.status_code, Erasure.objects.count()) == (302, 0)
    assert "reauthenticate" in asked["Location"]
    done = confirm(browser).post(address(token), SAID)
    record = f"/a/{token.act['agency'].slug}/partners/{token.partner.pk}/"
    assert (done.status_code, done["Location"]) == (302, record)
    page = browser.get(record).content.decode()
    assert TOKEN not in page
    for words in ("Erased on ", f"Erased partner P-{token.partner.pk}", "$25.00", "kept until 31 Dec", "By letter"):
        assert words in page, words
    for words in ("Log contact", "Add gift", "Change partner", "Erase partner"):
        assert words not in page, words
    again = browser.get(address(token))
    assert (again.status_code, again["Location"]) == (302, record)
    assert confirm(browser).post(address(token), SAID).status_code == 422


def test_unticked_or_without_words_nothing_is_erased(token: SimpleNamespace, visit: Callable[[User], Visitor]) -> None:
    browser = confirm(visit(token.act["actor"]))
    for said in ({"ground": "asked"}, {"ground": "other", "is_sure": "on"}, {"ground": "whim", "is_sure": "on"}):
        assert browser.post(address(token), said).status_code == 422
    assert Erasure.objects.count() == 0


@pytest.mark.parametrize("role", ["staff", "finance", "board"])
def test_who_does_not_run_the_agency_may_not(
    token: SimpleNamespace, visit: Callable[[User], Visitor], joins: Callable[..., Membership], bob: User, role: str
) -> None:
    joins(bob, role)
    browser = confirm(visit(bob))
    assert browser.get(address(token)).status_code == 403
    assert browser.post(address(token), SAID).status_code == 403
    assert Erasure.objects.count() == 0


def test_another_agencys_administrator_finds_nothing(
    token: SimpleNamespace, visit: Callable[[User], Visitor], mallory: User
) -> None:
    assert confirm(visit(mallory)).post(address(token), SAID).status_code == 404


def search(browser: Visitor, agency: Agency, word: str) -> str:
    return browser.get(f"/a/{agency.slug}/partners/?q={word}").content.decode()


def test_nobody_finds_them_by_what_they_were(token: SimpleNamespace, visit: Callable[[User], Visitor]) -> None:
    browser, agency = visit(token.act["actor"]), token.act["agency"]
    name = f"partners/{token.partner.pk}/"
    words = ("qzxlastname", EMAIL, "+1 555 0190 477")
    assert [name in search(browser, agency, word) for word in words] == [True, True, True]
    operations.erase_partner(**token.act, partner=token.partner, ground="asked")
    assert [name in search(browser, agency, word) for word in words] == [False, False, False]
    assert name in search(browser, agency, "Erased")
    assert LAST not in search(browser, agency, "Erased")


def test_the_list_shows_them_to_who_searches_alone_and_to_programs(
    token: SimpleNamespace, visit: Callable[[User], Visitor]
) -> None:
    browser, agency = visit(token.act["actor"]), token.act["agency"]
    name, api = f"partners/{token.partner.pk}/", reverse("api_partners", args=[agency.slug])
    ids = [each["id"] for each in browser.get(api).json()["results"]]
    assert (name in search(browser, agency, ""), token.partner.pk in ids) == (True, True)
    operations.erase_partner(**token.act, partner=token.partner, ground="asked")
    ids = [each["id"] for each in browser.get(api).json()["results"]]
    assert (name in search(browser, agency, ""), token.partner.pk in ids) == (False, True)
    assert name in search(browser, agency, "Erased")


def open_batch(token: SimpleNamespace) -> Any:
    head = Head(
        title="Mail",
        deposited_on=date(2025, 11, 3),
        expected_count=1,
        expected_total=Money(1200, "USD"),
    )
    batch = operations.open_batch(**token.act, head=head, key="batch")
    fund = Designation.objects.get(code="0105201")
    unit = GivingUnit.objects.filter(partner=token.partner).own_first()[0]
    keyed = Keyed(giving_unit=unit, on=date(2025, 11, 3), parts=[Part(fund, Money(1200, "USD"), f"{TOKEN}slip")])
    operations.save_row(**token.act, batch=batch, key="row", keyed=keyed)
    return batch


def test_what_must_be_settled_first_is_named_with_its_page(
    token: SimpleNamespace, visit: Callable[[User], Visitor]
) -> None:
    batch = open_batch(token)
    browser = confirm(visit(token.act["actor"]))
    page = browser.get(address(token)).content.decode()
    assert f'giving/batches/{batch.pk}/"' in page
    assert "Post it, or take the gift out." in page
    assert "Erase for good" not in page
    refused = browser.post(address(token), SAID)
    assert refused.status_code == 422
    assert Partner.objects.get(pk=token.partner.pk).erased_at is None
    operations.post_batch(**token.act, batch=batch, key="post")
    assert browser.post(address(token), SAID).status_code == 302
    assert not batch.rows.filter(parts__intent__contains=TOKEN).exists()
