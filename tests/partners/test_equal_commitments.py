"""The same promise twice is asked about, by page and by program, and never refused for good."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from partners.models import Commitment, GivingUnit
from partners.operations import add_commitment, end_commitment


def test_the_page_asks_and_records_what_is_meant(
    inside: Agency, weekly: Commitment, places: SimpleNamespace, alice: User, visit: Any
) -> None:
    path = reverse("commitment_add", args=["harbor", weekly.giving_unit.partner_id])
    said = {
        "giving_unit": weekly.giving_unit_id,
        "designation": weekly.designation_id,
        "amount": "50.00",
        "currency": "USD",
        "frequency": "weekly",
        "starts_on": str(inside.today()),
    }
    browser = visit(alice)
    assert 'type="checkbox" name="again"' not in browser.get(path).content.decode()
    asked = browser.post(path, said)
    assert asked.status_code == 422
    assert "Is this another one?" in asked.content.decode()
    assert 'type="checkbox" name="again"' in asked.content.decode()
    assert Commitment.objects.count() == 1
    assert browser.post(path, {**said, "again": "on"}).status_code == 302
    assert Commitment.objects.count() == 2


def test_programs_say_again(inside: Agency, weekly: Commitment, alice: User, visit: Any) -> None:
    said = {
        "giving_unit": weekly.giving_unit_id,
        "designation": weekly.designation_id,
        "amount": "50.00",
        "currency": "USD",
        "frequency": "weekly",
        "starts_on": str(inside.today()),
    }

    def post(key: str, **more: Any) -> Any:
        path = reverse("api_commitments", args=["harbor"])
        headers = {"Idempotency-Key": key}
        return visit(alice).post(path, {**said, **more}, content_type="application/json", headers=headers)

    refused = post("a")
    assert (refused.status_code, refused.json()["code"]) == (409, "commitment_equal")
    assert post("b", amount="51.00").status_code == 201
    assert post("c", again=True).status_code == 201


def test_one_that_ended_before_is_none(inside: Agency, weekly: Commitment, alice: User) -> None:
    yesterday = inside.today() - timedelta(days=1)
    end_commitment(agency=inside, actor=alice, commitment=weekly, on=max(yesterday, weekly.starts_on))
    made = add_commitment(
        agency=inside,
        actor=alice,
        giving_unit=GivingUnit.objects.get(pk=weekly.giving_unit_id),
        designation=weekly.designation,
        amount=Money(weekly.amount, weekly.currency),
        frequency=weekly.frequency,
        starts_on=inside.today(),
    )
    assert made.pk != weekly.pk
