"""A gift without a number has one made of what its row says. Who may not read the row learns nothing by it."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Role
from agencies.operations import add_member
from core.money import Money
from imports.models import ImportRun
from imports.operations import apply_import
from partners import operations
from partners.models import Gift
from tests.cast import Visitor, person
from tests.imports.mapped_files import mapped, received
from tests.partners.exporting.trips import brought, seat_for, taken, told

FACTS = ("gift_date", "amount", "donor_id", "donor_name", "designation", "anonymous", "reference")
ROWS = (
    "2026-11-02;60,00;77;Ruth Moab;0100;;c1\n2026-11-03;7,00;77;Ruth Moab;0100;yes;4711\n"
    "2026-11-04;8,00;77;Ruth Moab;Tamrin families;;c3\n"
)
NAMED, SECRET = "2026-11-02/77/0100/60.00/c1/1", "2026-11-03/77/0100/7.00/4711/1"
CLOSED = "2026-11-04/77/Tamrin families/8.00/c3/1"
Visit = Callable[[User], Visitor]


@pytest.fixture
def gifts(inside: Agency, alice: User, places: SimpleNamespace) -> dict[str, Gift]:
    """The gifts of a file without numbers, by number. The one for a closed unit came by its true name."""
    run = received(inside, alice, ";".join(FACTS) + "\n" + ROWS, "list.csv")
    checked = mapped(inside, alice, run, columns={name: name for name in FACTS}, order="ymd")
    apply_import(agency=inside, actor=alice, run=checked)
    found = {gift.external_id: gift for gift in Gift.objects.all()}
    day, line = inside.today(), found[CLOSED].lines.get()
    operations.assign_line(agency=inside, actor=alice, line=line, designation=places.closed, reason="known", key="a")
    back = Money(700, "USD")
    operations.refund_gift(agency=inside, actor=alice, gift=found[SECRET], amount=back, on=day, reason="asked", key="r")
    return found


@pytest.fixture
def stan(inside: Agency, alice: User) -> User:
    made = person("Stan")
    add_member(agency=inside, actor=alice, user=made, roles=(Role.STAFF,))
    return made


def test_a_file_for_the_field_says_it_by_a_number_of_ours(
    gifts: dict[str, Gift], inside: Agency, alice: User, bob: User, tmp_path: Path
) -> None:
    for kind in ("canonical", "tntdatasync"):
        told = taken(seat_for(inside, bob), "gifts", kind, tmp_path).read_text(encoding="utf-8-sig")
        assert NAMED in told
        assert told.count(f"hand--{inside.pk}-G{gifts[SECRET].pk}") == 2  # the gift, and what its refund takes back
        assert "4711" not in told
        assert "11-03/77" not in told
        office = taken(seat_for(inside, alice), "gifts", kind, tmp_path, "state=").read_text(encoding="utf-8-sig")
        assert SECRET in office


def test_the_name_of_a_closed_unit_is_no_part_of_a_number(
    gifts: dict[str, Gift], inside: Agency, stan: User, bob: User, tmp_path: Path
) -> None:
    told = taken(seat_for(inside, stan), "gifts", "canonical", tmp_path).read_text(encoding="utf-8-sig")
    assert "Tamrin" not in told
    assert f"hand--{inside.pk}-G{gifts[CLOSED].pk}" in told
    assert SECRET in told
    assert CLOSED in taken(seat_for(inside, bob), "gifts", "canonical", tmp_path).read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("kind", ["canonical", "tntdatasync"])
def test_a_file_that_kept_numbers_back_is_known_again_at_home(
    kind: str, gifts: dict[str, Gift], inside: Agency, alice: User, bob: User, tmp_path: Path
) -> None:
    here = told()
    path = taken(seat_for(inside, bob), "gifts", kind, tmp_path)
    run = brought(inside, alice, path)
    made = {name: count for name, count in run.applied.items() if name != "rows" and count}
    assert (made, told(), findings(run)) == ({}, here, [])
    other = path.with_name("other." + kind)
    other.write_text(
        path.read_text(encoding="utf-8-sig").replace("7.00", "9.00").replace(f"-G{gifts[NAMED].pk}", "-G0")
    )
    assert {reason for reason, _ in findings(brought(inside, alice, other))} == {"conflict"}
    assert told() == here


def findings(run: ImportRun) -> list[tuple[str, str]]:
    """What was found wrong, with its row."""
    kinds = ("errors", "conflicts")
    return [(each.reason, each.message) for each in run.findings.filter(kind__in=kinds).order_by("position")]


def test_the_page_of_the_gift_keeps_it_back_too(
    gifts: dict[str, Gift], inside: Agency, alice: User, bob: User, stan: User, visit: Visit
) -> None:
    def told(user: User, number: str) -> str:
        return visit(user).get(reverse("gift", args=[inside.slug, gifts[number].pk])).content.decode()

    assert SECRET in told(alice, SECRET)
    assert SECRET in told(stan, SECRET)
    assert NAMED in told(bob, NAMED)
    assert "4711" not in told(bob, SECRET)
    assert "Tamrin" not in told(stan, CLOSED)
    assert CLOSED in told(bob, CLOSED)


def test_nobody_finds_by_a_number_what_they_may_not_read(
    gifts: dict[str, Gift], inside: Agency, alice: User, bob: User, stan: User, visit: Visit
) -> None:
    def finds(user: User, number: str) -> list[int]:
        page = visit(user).get(reverse("gifts", args=[inside.slug]), {"q": number})
        return [each for each in (gift.pk for gift in gifts.values()) if f"/gifts/{each}/" in page.content.decode()]

    assert (finds(alice, SECRET), finds(stan, SECRET)) == ([gifts[SECRET].pk], [gifts[SECRET].pk])
    assert (finds(bob, SECRET), finds(bob, NAMED)) == ([], [gifts[NAMED].pk])
    assert (finds(stan, CLOSED), finds(bob, CLOSED)) == ([], [gifts[CLOSED].pk])
