"""What a leader in the field reads: own units only, no anonymous giver by name, no filter that tells of them."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Role
from agencies.operations import add_member
from agencies.seats import Seat
from partners.models import Gift, Partner
from tests.cast import Visitor
from tests.partners.giving_reports.asking import ask, givers, row_values, seat_for, wrong_numbers
from tests.ssu.conftest import TRUE_NAME

Visit = Callable[[User], Visitor]


@pytest.fixture
def world(add: Callable[..., Partner], giving: Callable[..., Gift], places: SimpleNamespace) -> SimpleNamespace:
    """Ruth gives to Bob's unit and to another; Naomi to another only; Orpah to Bob's unit, anonymously."""
    ruth, naomi, orpah = add("Moab"), add("Bethlehem", first_name="Naomi"), add("Kiryat", first_name="Orpah")
    giving(ruth, (places.mine, 6000), (places.general, 4000))
    giving(naomi, (places.general, 9000))
    giving(orpah, (places.mine, 700), anonymous=True)
    return SimpleNamespace(ruth=ruth, naomi=naomi, orpah=orpah)


@pytest.fixture
def bobs(inside: Agency, bob: User, places: SimpleNamespace) -> Seat:
    return seat_for(inside, bob)


def test_a_leader_reads_own_units_and_no_anonymous_name(world: SimpleNamespace, bobs: Seat) -> None:
    grid = ask(bobs, "grid", "sort=giver")
    assert [(row[0], row[-2]) for row in row_values(grid)] == [("Anonymous givers", "7.00"), ("Ruth Moab", "60.00")]
    assert grid.sums[0].cells[-2].plain == "67.00"
    assert wrong_numbers(bobs, grid) == []
    assert givers(ask(bobs, "new_givers")) == {"Ruth Moab"}
    assert givers(ask(bobs, "thanks")) == {row.cells[0].words for row in ask(bobs, "thanks").rows}
    assert [row.cells[1].words for row in ask(bobs, "thanks").rows] == ["Ruth Moab"]


def test_the_office_reads_all_of_them(world: SimpleNamespace, office: Seat) -> None:
    assert givers(ask(office, "grid")) == {"Ruth Moab", "Naomi Bethlehem", "Orpah Kiryat"}


def test_a_filter_on_givers_tells_nothing_of_who_is_anonymous(world: SimpleNamespace, bobs: Seat) -> None:
    assert [(row[0], row[-2]) for row in row_values(ask(bobs, "grid", "kind=person"))] == [("Ruth Moab", "60.00")]


def test_the_lines_behind_a_figure_of_somebody_else_are_none(
    world: SimpleNamespace, bob: User, bobs: Seat, visit: Visit
) -> None:
    path = reverse("giving_behind", args=["harbor", "grid"])
    for giver in (world.orpah.pk, world.naomi.pk, 987654321):
        page = visit(bob).get(path, {"figure": "total", "giver": giver})
        assert (page.status_code, page.context["table"].rows) == (200, [])
        assert "Orpah" not in page.content.decode()


def test_a_board_and_a_member_read_no_givers(world: SimpleNamespace, carol: User, dan: User, visit: Visit) -> None:
    for person in (carol, dan):
        assert visit(person).get(reverse("giving_grid", args=["harbor"])).status_code == 403


def test_staff_read_the_alias_of_a_closed_unit(
    add: Any, giving: Any, places: SimpleNamespace, inside: Agency, alice: User, carol: User, visit: Visit
) -> None:
    sam = User.objects.create_user("sam@harbor.example", name="Sam")
    add_member(agency=inside, actor=alice, user=sam, roles=(Role.STAFF,))
    giving(add("Moab"), (places.closed, 5000))
    for report in ("retention", "grid", "thanks"):
        page = visit(sam).get(reverse(f"giving_{report}", args=["harbor"])).content.decode()
        assert ("Moab" in page or report == "retention", TRUE_NAME in page) == (True, False)
    behind = visit(sam).get(reverse("giving_behind", args=["harbor", "grid"]), {"figure": "total"}).content.decode()
    assert ("Project Cedar" in behind, TRUE_NAME in behind) == (True, False)


def test_whom_a_credit_belongs_is_told_to_nobody_who_may_not_know(
    world: SimpleNamespace, giving: Any, places: SimpleNamespace, bobs: Seat, bob: User, visit: Visit
) -> None:
    giving(world.ruth, (places.mine, 100), soft_partner=world.naomi, soft_kind="matching")
    page = visit(bob).get(
        reverse("giving_behind", args=["harbor", "grid"]), {"figure": "soft", "giver": world.naomi.pk}
    )
    assert (page.status_code, page.context["table"].rows) == (200, [])
