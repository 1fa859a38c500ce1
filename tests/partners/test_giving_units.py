"""Whom receipts address."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from partners import operations
from partners.models import GivingUnit, Partner
from partners.operations.giving_units import GiverUnnamed, NobodysReceipt
from tests.cast import Visitor

Visit = Callable[[User], Visitor]


@pytest.fixture
def giver(add: Any, places: SimpleNamespace) -> GivingUnit:
    found: GivingUnit = GivingUnit.objects.get(partner=add("Moab"))
    return found


def test_a_couple_is_addressed_by_both_names_and_keeps_them(
    giver: GivingUnit, inside: Agency, alice: User, visit: Visit
) -> None:
    browser, path = visit(alice), reverse("giving_unit_edit", args=["harbor", giver.pk])
    assert browser.post(path, {"name": " ", "receipts": "each"}).status_code == 422
    assert browser.post(path, {"name": "Ruth and Boaz Moab", "receipts": "each"}).status_code == 302
    operations.update_partner(agency=inside, actor=alice, partner=giver.partner, last_name="Bethlehem")
    giver.refresh_from_db()
    assert (giver.name, giver.receipts) == ("Ruth and Boaz Moab", "each")
    assert Partner.objects.get().name == "Ruth Bethlehem"


def test_nobody_is_addressed_for_the_unidentified(giver: GivingUnit, inside: Agency, alice: User) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice, "receipts": "each"}
    with pytest.raises(GiverUnnamed):
        operations.change_giving_unit(**act, giving_unit=giver, name=" ")
    with pytest.raises(NobodysReceipt):
        operations.change_giving_unit(**act, giving_unit=operations.unidentified_giver(agency=inside), name="X")


def test_by_program_as_on_the_page(giver: GivingUnit, alice: User, bob: User, visit: Visit) -> None:
    path = reverse("api_giving_unit_change", args=["harbor", giver.pk])
    said = {"name": "Moab family", "receipts": "none"}
    answers = [visit(user).post(path, said, content_type="application/json").status_code for user in (bob, alice)]
    assert answers == [403, 200]
    listed = visit(alice).get(reverse("api_giving_units", args=["harbor", giver.partner_id])).json()["results"]
    assert listed == [{"id": giver.pk, **said}]
