"""Two merges at one time: one is made, the other waits and is refused; what is under way lands with the survivor. Each
with a control that shows what happens without the lock.
"""

import threading
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.errors import Refused
from partners import operations
from partners.models import Merge, Partner, Phone
from partners.operations import holders, merging
from tests.factories.rows import provisioner

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two(transactional_db: None, agency: Agency, alice: User) -> SimpleNamespace:
    act: dict[str, Any] = {"agency": agency, "actor": alice}
    with transaction.atomic(), scope.of_agency(agency.pk):
        made = [operations.add_partner(**act, kind="person", first_name=name, last_name="Moab") for name in "AB"]
    return SimpleNamespace(agency=agency, act=act, one=made[0], other=made[1])


def at_once(two: SimpleNamespace, *acts: Callable[[], Any]) -> list[str]:
    """What comes of these acts, each in a transaction of its own that ends when all have tried."""
    outcomes: list[str] = []
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> None:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(two.agency.pk):
                start.wait(10)
                act()
            outcomes.append("merged")
        except Refused as refusal:
            outcomes.append(refusal.code)
        except DatabaseError:
            outcomes.append("failed")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(outcomes)


def merge(two: SimpleNamespace, survivor: Partner, loser: Partner) -> Callable[[], Any]:
    return lambda: operations.merge_partners(**two.act, survivor=survivor, losers=[loser])


def pointers(two: SimpleNamespace) -> list[tuple[int, int]]:
    with transaction.atomic(), scope.of_agency(two.agency.pk):
        found = Partner.objects.exclude(merged_into=None).order_by("pk")
        return list(found.values_list("pk", "merged_into"))


def test_each_into_the_other(two: SimpleNamespace) -> None:
    said = at_once(two, merge(two, two.one, two.other), merge(two, two.other, two.one))
    assert said == ["merged", "merged_already"]
    assert len(pointers(two)) == 1


def test_one_into_the_other_twice(two: SimpleNamespace) -> None:
    said = at_once(two, merge(two, two.one, two.other), merge(two, two.one, two.other))
    assert said == ["merged", "merged_already"]
    with transaction.atomic(), scope.of_agency(two.agency.pk):
        assert Merge.objects.count() == 1


def test_without_the_locks_both_would_be_merged_in_a_circle(
    two: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: neither the lock of merges, nor that of the rows, nor their order."""
    both = threading.Barrier(2)
    monkeypatch.setattr(merging, "hold_merges", lambda agency: None)
    monkeypatch.setattr(merging, "held", lambda ids: Partner.objects.in_bulk(list(ids)))
    monkeypatch.setattr(merging, "look_again", lambda **said: both.wait(10))
    monkeypatch.setattr(merging, "move_everything", lambda merge: None)
    monkeypatch.setattr(merging, "take_fields", lambda *said: None)
    said = at_once(two, merge(two, two.one, two.other), merge(two, two.other, two.one))
    assert said == ["merged", "merged"]
    assert pointers(two) == [(two.one.pk, two.other.pk), (two.other.pk, two.one.pk)]


def written_beside(two: SimpleNamespace) -> int:
    """With whom a phone stands that was written to the loser before the merge, and committed after it began."""
    written, under_way = threading.Event(), threading.Event()

    def write() -> None:
        with scope.fresh(), transaction.atomic(), scope.of_agency(two.agency.pk):
            Phone.objects.create(partner=two.other, number="555 0100")
            written.set()
            under_way.wait(1)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    written.wait(10)
    outcome = at_once(two, merge(two, two.one, two.other))
    under_way.set()
    writer.join(20)
    assert outcome == ["merged"]
    with transaction.atomic(), scope.of_agency(two.agency.pk):
        return int(Phone.objects.get().partner_id)


def test_what_is_under_way_lands_with_the_survivor(two: SimpleNamespace) -> None:
    assert written_beside(two) == two.one.pk


def test_without_its_share_of_the_lock_it_would_be_left_behind(two: SimpleNamespace) -> None:
    """The control: both triggers of the table that take it (merges, erasures) put out of force."""
    with provisioner() as cursor:
        cursor.execute("ALTER TABLE partners_phone DISABLE TRIGGER USER")
    try:
        assert written_beside(two) == two.other.pk
    finally:
        with provisioner() as cursor:
            cursor.execute("ALTER TABLE partners_phone ENABLE TRIGGER USER")


def somebody_waits() -> bool:
    with provisioner() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("shares", [True, False])
def test_a_merge_beside_a_relationship_waits_for_it(
    two: SimpleNamespace, shares: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A holder is named: the partner is locked, then a row written. A merge that comes between waits. The control,
    without the share taken first: each waits for what the other has, and PostgreSQL ends one of them.
    """
    if not shares:
        monkeypatch.setattr(holders, "share_merges", lambda agency_id: None)
    is_locked = threading.Event()

    def name_holder() -> None:
        holders.held_still(two.other)
        is_locked.set()
        while not somebody_waits():
            pass
        Phone.objects.create(partner=two.other, number="555 0101")

    def merge_then() -> None:
        is_locked.wait(10)
        merge(two, two.one, two.other)()

    said = at_once(two, name_holder, merge_then)
    assert said == (["merged", "merged"] if shares else ["failed", "merged"])
