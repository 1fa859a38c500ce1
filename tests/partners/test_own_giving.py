"""What was given to one person's work: as their role and the relationships that they hold show it, and nothing more."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from partners.models import Holder, Partner
from partners.operations.numbering import number_partners
from ssu.models import Worker
from tests.partners.exporting.trips import seat_for, taken

PAGE = "/a/harbor/giving/mine/"


@pytest.fixture
def world(inside: Agency, add: Any, giving: Any, places: SimpleNamespace, led: SimpleNamespace, carol: User) -> Any:
    ruth, boaz, orpah = add("Moab", email="ruth@example.org"), add("Boaz"), add("Orpah")
    giving(ruth, (places.mine, 6000), (places.general, 4000))
    giving(boaz, (places.mine, 500), (places.closed, 300))
    giving(orpah, (places.mine, 700), anonymous=True)
    worker = Worker.objects.get(membership__user=carol)
    for partner in (ruth, orpah):
        Holder.objects.create(partner=partner, unit=led.open, worker=worker, starts_on=inside.created_at.date())
    return SimpleNamespace(ruth=ruth, boaz=boaz, orpah=orpah)


def shown(browser: Any, month: str) -> list[tuple[str, str, str]]:
    digest = browser.get(PAGE, {"month": month}).context["digest"]
    return sorted((line.giver, line.designation, line.amount) for line in digest.lines)


def test_a_leader_sees_their_units_and_no_anonymous_name(world: Any, inside: Agency, bob: User, visit: Any) -> None:
    assert shown(visit(bob), f"{inside.today():%Y-%m}") == [
        ("Anonymous giver", "Riverbend", "$7.00"),
        ("Ruth Boaz", "Riverbend", "$5.00"),
        ("Ruth Boaz", "Tamrin People", "$3.00"),
        ("Ruth Moab", "Riverbend", "$60.00"),
    ]


def test_a_member_sees_whom_they_hold(world: Any, inside: Agency, carol: User, visit: Any) -> None:
    assert shown(visit(carol), f"{inside.today():%Y-%m}") == [("Ruth Moab", "Riverbend", "$60.00")]
    assert shown(visit(carol), "2019-02") == []


@pytest.mark.parametrize("month", ["0001-01", "9999-12", "2026-13", "x"])
def test_a_month_that_is_none(world: Any, carol: User, visit: Any, month: str) -> None:
    assert visit(carol).get(PAGE, {"month": month}).status_code in (200, 302, 404, 422)


def test_who_serves_nowhere_sees_nothing(world: Any, inside: Agency, alice: User, visit: Any) -> None:
    assert shown(visit(alice), f"{inside.today():%Y-%m}") == []
    assert visit(alice).get(PAGE, {"month": "x"}).status_code == 422


def test_their_datasync_holds_the_same(world: Any, inside: Agency, bob: User, carol: User, tmp_path: Any) -> None:
    mine = taken(seat_for(inside, carol), "own_giving", "tntdatasync", tmp_path).read_text()
    assert ("Ruth Moab" in mine, "ruth@example.org" in mine, "60.00" in mine) == (True, True, True)
    assert [word for word in ("Boaz", "Orpah", "7.00", "40.00", "5.00", "ANONYMOUS") if word in mine] == []
    led = taken(seat_for(inside, bob), "own_giving", "tntdatasync", tmp_path).read_text()
    assert [word for word in ("Orpah", "40.00") if word in led] == []
    assert [word for word in ("60.00", "5.00", "3.00", "7.00", "ANONYMOUS") if word not in led] == []


def test_the_password_comes_before_the_file(world: Any, carol: User, visit: Any, confirmed: Any) -> None:
    number_partners(agency=world.ruth.agency, partners=Partner.objects.all())
    asked = visit(carol).get(PAGE, {"export": "tntdatasync"})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    got = confirmed(carol).get(PAGE, {"export": "tntdatasync"})
    assert got["Content-Disposition"].endswith('.tntdatasync"')
    assert b"Ruth Moab" in got.content


def test_queries_do_not_grow(
    world: Any, inside: Agency, bob: User, add: Any, giving: Any, places: Any, visit: Any
) -> None:
    from tests.partners.exporting.test_rights import queries_of

    browser, month = visit(bob), {"month": f"{inside.today():%Y-%m}"}
    before = queries_of(lambda: browser.get(PAGE, month))
    for name in ("A", "B", "C"):
        giving(add(name), (places.mine, 900))
    assert queries_of(lambda: browser.get(PAGE, month)) == before
