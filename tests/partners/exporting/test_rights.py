"""A file tells no more than the list that it is of: closed units, anonymous givers, what is known of partners by right,
and memos stay where they are.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from jobs.testing import run_due
from partners import operations
from partners.exporting.formats import SeveralCurrencies
from partners.exporting.lists import FilterNotKnown
from partners.models import ExternalId, GivingUnit, Partner
from tests.partners.exporting.trips import seat_for, taken

MANY_FORMS = ["canonical", "tntdatasync"]


@pytest.fixture
def world(add: Any, giving: Any, places: SimpleNamespace, promise: Any) -> SimpleNamespace:
    ruth = add("Moab", email="ruth@example.org", note="Her son is ill")
    orpah = add("Orpah", first_name="", email="orpah@example.org")
    giving(ruth, (places.mine, 6000), (places.closed, 4000), intent="for the Tamrin")
    giving(orpah, (places.mine, 700), anonymous=True, reference="4711", intent="from Orpah")
    giving(add("Naomi", first_name=""), (places.general, 900), intent="General thanks")
    promise(ruth, 5000)
    return SimpleNamespace(ruth=ruth, orpah=orpah)


def text(seat: Any, what: str, kind: str, folder: Path, query: str = "") -> str:
    return taken(seat, what, kind, folder, query).read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("kind", MANY_FORMS)
def test_the_office_takes_everything(
    kind: str, world: SimpleNamespace, inside: Agency, alice: User, tmp_path: Path
) -> None:
    found = text(seat_for(inside, alice), "gifts", kind, tmp_path)
    for told in ("Ruth Moab", "Orpah", "Naomi", "for the Tamrin", "60.00", "40.00", "7.00", "0300"):
        assert told in found
    if kind == "canonical":
        assert "4711" in found


@pytest.mark.parametrize("kind", MANY_FORMS)
def test_a_leader_learns_no_anonymous_giver(
    kind: str, world: SimpleNamespace, inside: Agency, bob: User, tmp_path: Path
) -> None:
    seat = seat_for(inside, bob)
    found = text(seat, "gifts", kind, tmp_path)
    assert "Orpah" not in found
    assert "4711" not in found
    assert "from Orpah" not in found
    assert f"-P{world.orpah.pk}" not in found
    assert "ANONYMOUS" in found
    assert "7.00" in found
    assert "Naomi" not in found
    assert "Orpah" not in text(seat, "partners", kind, tmp_path)


@pytest.mark.parametrize("kind", MANY_FORMS)
def test_who_knows_names_only_takes_names_only(
    kind: str, world: SimpleNamespace, inside: Agency, carol: User, tmp_path: Path
) -> None:
    ExternalId.objects.create(agency=inside, partner=world.ruth, source="AGENCY", value="000123", norm="123")
    found = text(seat_for(inside, carol), "partners", kind, tmp_path)
    assert "Ruth Moab" in found
    assert f"hand--{inside.pk}-P{world.ruth.pk}" in found
    for kept in ("ruth@example.org", "Her son is ill", "000123"):
        assert kept not in found


def test_a_note_goes_with_its_right(world: SimpleNamespace, inside: Agency, alice: User, tmp_path: Path) -> None:
    assert "Her son is ill" in text(seat_for(inside, alice), "partners", "canonical", tmp_path)


def test_commitments_of_the_filter_only(
    world: SimpleNamespace, inside: Agency, alice: User, promise: Any, places: Any, add: Any, tmp_path: Path
) -> None:
    promise(add("Boaz"), 900, designation=places.general)
    rows = text(seat_for(inside, alice), "commitments", "canonical", tmp_path, f"designation={places.mine.pk}")
    assert [row.split(",")[2:6] for row in rows.splitlines()[1:]] == [["0100", "50.00", "USD", "monthly"]]


def test_a_datasync_file_has_one_currency(
    world: SimpleNamespace, inside: Agency, alice: User, giving: Any, places: Any, tmp_path: Path
) -> None:
    giving(world.ruth, (places.mine, 1000), currency="EUR")
    seat = seat_for(inside, alice)
    with pytest.raises(SeveralCurrencies):
        text(seat, "gifts", "tntdatasync", tmp_path)
    found = text(seat, "gifts", "tntdatasync", tmp_path, "currency=EUR")
    assert "DefaultCurrencyCode=EUR" in found
    assert "60.00" not in found


def test_withdrawn_gifts_do_not_leave_for_other_systems(
    world: SimpleNamespace, inside: Agency, alice: User, tmp_path: Path
) -> None:
    gift = world.ruth.giving_units.get().gifts.get()
    operations.correct_gift(agency=inside, actor=alice, gift=gift, reason="never came", key="w")
    seat = seat_for(inside, alice)
    assert "60.00" not in text(seat, "gifts", "canonical", tmp_path, "state=all")
    assert "Ruth Moab" in text(seat, "gifts", "csv", tmp_path, "state=all")


@pytest.mark.parametrize("query", ["designation=999999", "unit=abc"])
def test_a_filter_that_is_not_known_is_refused(query: str, inside: Agency, alice: User, tmp_path: Path) -> None:
    with pytest.raises(FilterNotKnown):
        text(seat_for(inside, alice), "gifts", "canonical", tmp_path, query)
    assert issubclass(FilterNotKnown, Refused)


def test_numbers_are_given_once(world: SimpleNamespace, inside: Agency, alice: User, tmp_path: Path) -> None:
    seat = seat_for(inside, alice)
    first = text(seat, "partners", "canonical", tmp_path)
    assert ExternalId.objects.count() == Partner.objects.count()
    assert text(seat, "partners", "canonical", tmp_path) == first
    assert ExternalId.objects.count() == Partner.objects.count()


def test_queries_do_not_grow_with_the_list(
    inside: Agency, alice: User, add: Any, giving: Any, places: Any, tmp_path: Path, django_assert_num_queries: Any
) -> None:
    """As many for one partner with a gift as for four: nothing is asked for each row."""
    seat = seat_for(inside, alice)
    counted: list[dict[tuple[str, str], int]] = []
    for last in ("Moab", ("A", "B", "C")):
        for name in [last] if isinstance(last, str) else last:
            giving(add(name), (places.mine, 6000))
        counted.append({(what, kind): queries_of(partial(text, seat, what, kind, tmp_path)) for what, kind in ALL})
    assert counted[0] == counted[1]


ALL = [("partners", "canonical"), ("partners", "tntdatasync"), ("gifts", "canonical"), ("gifts", "tntdatasync")]


def queries_of(act: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    act()
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@pytest.mark.parametrize("kind", MANY_FORMS)
def test_opening_an_address_gives_nobody_a_number(
    kind: str, ruth: GivingUnit, inside: Agency, alice: User, confirmed: Any
) -> None:
    browser, address = confirmed(alice), reverse("partners", args=["harbor"])
    assert b"Make the file" in browser.get(address, {"export": kind}).content
    assert not ExternalId.objects.exists()
    sent = {"kept": f"export={kind}", "key": "once"}
    assert browser.post(reverse("partners_file", args=["harbor"]), sent).status_code == 302
    run_due()
    assert ExternalId.objects.count() == 1
    again = browser.get(address, {"export": kind})
    assert "attachment" in again.headers["Content-Disposition"]
