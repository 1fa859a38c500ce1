"""Every page of partners and giving answers whom it should, and nobody else."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from partners.models import Gift, Partner
from tests.cast import SECRET, Visitor

LISTS = (
    "partners",
    "gifts",
    "gift_lines",
    "designations",
    "reviews",
    "imports",
    "partner_add",
    "gift_add",
    "designation_add",
)


@pytest.mark.parametrize("page", LISTS)
def test_the_administrator_sees_every_list(
    agency: Agency, alice: User, visit: Callable[[User], Visitor], page: str
) -> None:
    answer = visit(alice).get(reverse(page, args=["harbor"]))
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()


@pytest.mark.parametrize("page", LISTS)
def test_the_board_sees_none(agency: Agency, dan: User, visit: Callable[[User], Visitor], page: str) -> None:
    assert visit(dan).get(reverse(page, args=["harbor"])).status_code == 403


@pytest.mark.parametrize("page", LISTS)
def test_outsiders_find_nothing(agency: Agency, mallory: User, visit: Callable[[User], Visitor], page: str) -> None:
    assert visit(mallory).get(reverse(page, args=["harbor"])).status_code == 404


@pytest.fixture
def gift(add: Callable[..., Partner], giving: Callable[..., Gift], places: SimpleNamespace) -> Gift:
    return giving(add("Moab"), (places.mine, 6000), (places.general, 4000), intent="for the well")


def test_every_page_of_a_partner_and_a_gift(gift: Gift, alice: User, visit: Callable[[User], Visitor]) -> None:
    partner = gift.giving_unit.partner_id
    today = gift.date
    designation = gift.lines.first().designation_id
    pages: list[tuple[str, list[Any]]] = [
        ("partner", [partner]),
        ("partner_edit", [partner]),
        ("commitment_add", [partner]),
        *(("reach_add", [partner, what]) for what in ("email", "phone", "address", "number")),
        ("gift", [gift.pk]),
        ("gift_correct", [gift.pk]),
        ("gift_refund", [gift.pk]),
        ("posting", [gift.posting_id]),
        ("designation", [designation]),
        ("designation_month", [designation, today.year, today.month, "USD"]),
        ("designation_close", [designation]),
    ]
    browser = visit(alice)
    found = {name: browser.get(reverse(name, args=["harbor", *args])).status_code for name, args in pages}
    assert found == dict.fromkeys(found, 200)


def test_what_is_missing_is_not_found(agency: Agency, alice: User, visit: Callable[[User], Visitor]) -> None:
    browser = visit(alice)
    for name in ("partner", "gift", "posting", "designation", "review", "import", "gift_correct", "commitment_end"):
        assert browser.get(reverse(name, args=["harbor", 987654321])).status_code == 404
