"""Past giving stays where it was given: once money was posted, a designation keeps its kind, unit and worker."""

import threading
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency, AuditEntry
from core.money import Money
from funds import operations, queries
from funds.models import Account, Designation
from funds.operations import Leg, edit_designation, open_designation, post, reverse
from funds.operations.designations import OpensAfterItCloses, PostedAlready, UnitMissing
from ssu.models import Unit
from ssu.operations import add_strategy, add_unit, add_worker
from tests.ssu.conftest import make_unit, strategy, units

__all__ = ["make_unit", "strategy", "units"]
DAY = date(2026, 3, 4)


def give(agency: Agency, actor: User | None, designation: Designation) -> Any:
    account = queries.accounts_of([designation.pk])[designation.pk]
    legs = [Leg(queries.deposit_account().pk, Money(100, "USD")), Leg(account, Money(-100, "USD"))]
    return post(agency=agency, actor=actor, on=DAY, kind="gift", legs=legs, source="hand")


@pytest.fixture
def cedar(inside: Agency, alice: User, units: SimpleNamespace) -> Designation:
    return open_designation(
        agency=inside, actor=alice, code="0300", public_name="Project Cedar", kind="unit", unit=units.closed
    )


def other(kind: str, units: SimpleNamespace, agency: Agency, actor: User) -> dict[str, Any]:
    """A change of one of the three."""
    changes = {
        "kind": lambda: {"kind": "project"},
        "unit": lambda: {"unit": units.open},
        "worker": lambda: {"worker": add_worker(agency=agency, actor=actor, name="Ann")},
    }
    return changes[kind]()


@pytest.mark.parametrize("what", ["kind", "unit", "worker"])
def test_before_money_came_everything_may_change(
    what: str, cedar: Designation, units: SimpleNamespace, inside: Agency, alice: User
) -> None:
    changed = other(what, units, inside, alice)
    edited = edit_designation(agency=inside, actor=alice, designation=cedar, **changed)
    assert {what: getattr(edited, what)} == changed
    assert AuditEntry.objects.get(verb="edit designation").changes.keys() == {what}


@pytest.mark.parametrize("what", ["kind", "unit", "worker"])
def test_after_money_came_they_stay(
    what: str, cedar: Designation, units: SimpleNamespace, inside: Agency, alice: User
) -> None:
    posting = give(inside, alice, cedar)
    reverse(agency=inside, actor=alice, posting=posting, on=DAY, reason="keyed twice")  # a trace is enough
    changed = other(what, units, inside, alice)
    with pytest.raises(PostedAlready, match="Close it, and open a new one") as refused:
        edit_designation(agency=inside, actor=alice, designation=cedar, **changed)
    assert refused.value.field == what
    edit_designation(agency=inside, actor=alice, designation=cedar, public_name="Cedar", opened_on=DAY)
    cedar.refresh_from_db()
    assert (cedar.public_name, cedar.opened_on, cedar.unit) == ("Cedar", DAY, units.closed)


@pytest.mark.parametrize("what", ["kind", "unit", "worker"])
def test_postgresql_keeps_them_too(
    what: str, cedar: Designation, units: SimpleNamespace, inside: Agency, alice: User
) -> None:
    changed = other(what, units, inside, alice)
    give(inside, alice, cedar)
    with pytest.raises(DatabaseError, match="has postings"), transaction.atomic():
        Designation.objects.filter(pk=cedar.pk).update(**changed)
    with connection.cursor() as cursor, transaction.atomic():
        Designation.objects.filter(pk=cedar.pk).update(public_name="Cedar")  # the control: what is free
        cursor.execute("SELECT public_name FROM funds_designation WHERE id = %s", [cedar.pk])
        assert cursor.fetchone() == ("Cedar",)


def test_an_account_keeps_its_designation(cedar: Designation, inside: Agency, alice: User) -> None:
    fund = open_designation(agency=inside, actor=alice, code="1", public_name="Fund", kind="general")
    Account.objects.filter(designation=fund).update(name="renamed")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Account.objects.filter(designation=cedar).update(designation=fund)


def test_the_same_again_writes_nothing(cedar: Designation, units: SimpleNamespace, inside: Agency, alice: User) -> None:
    give(inside, alice, cedar)
    edit_designation(agency=inside, actor=alice, designation=cedar, kind="unit", unit=units.closed, worker=None)
    assert not AuditEntry.objects.filter(verb="edit designation").exists()


def test_shape_is_judged_by_the_operations(cedar: Designation, inside: Agency, alice: User) -> None:
    with pytest.raises(UnitMissing):
        edit_designation(agency=inside, actor=alice, designation=cedar, unit=None)
    with pytest.raises(UnitMissing):
        open_designation(agency=inside, actor=alice, code="9", public_name="x", kind="unit")
    operations.close_designation(agency=inside, actor=alice, designation=cedar, on=DAY)
    with pytest.raises(OpensAfterItCloses):
        edit_designation(agency=inside, actor=alice, designation=cedar, opened_on=date(2026, 3, 5))


@pytest.fixture
def race(transactional_db: None, agency: Agency, alice: User) -> SimpleNamespace:
    """A committed designation of one unit, and another unit."""
    with transaction.atomic(), scope.of_agency(agency.pk):
        plan = add_strategy(agency=agency, actor=alice, code="S", name="Plan")

        def unit(code: str) -> Unit:
            return add_unit(agency=agency, actor=alice, code=code, name=code, strategy=plan, kind="program")

        one, two = unit("One"), unit("Two")
        made = open_designation(agency=agency, actor=alice, code="7", public_name="One", kind="unit", unit=one)
        return SimpleNamespace(designation=made, one=one, two=two)


def posting_meanwhile(agency: Agency, actor: User, race: SimpleNamespace, edit: Callable[[], Any]) -> Any:
    """What `edit` comes to while another connection has posted a gift and not yet committed."""
    posted, finish, answer = threading.Event(), threading.Event(), []

    def poster() -> None:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                give(agency, actor, race.designation)
                posted.set()
                finish.wait(10)
        finally:
            connection.close()

    def editor() -> None:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                answer.append(edit())
        except (PostedAlready, DatabaseError) as refusal:
            answer.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=poster), threading.Thread(target=editor)]
    threads[0].start()
    assert posted.wait(10)
    threads[1].start()
    threads[1].join(0.5)  # it waits for the posting, or went through without waiting
    finish.set()
    for thread in threads:
        thread.join(10)
    return answer[0]


@pytest.mark.django_db(transaction=True)
def test_a_gift_posted_meanwhile_is_waited_for(agency: Agency, alice: User, race: SimpleNamespace) -> None:
    def edit() -> Designation:
        return edit_designation(agency=agency, actor=alice, designation=race.designation, unit=race.two)

    assert isinstance(posting_meanwhile(agency, alice, race, edit), PostedAlready)


@pytest.mark.django_db(transaction=True)
def test_postgresql_waits_by_itself(agency: Agency, alice: User, race: SimpleNamespace) -> None:
    def edit() -> int:
        return int(Designation.objects.filter(pk=race.designation.pk).update(unit=race.two))

    assert isinstance(posting_meanwhile(agency, alice, race, edit), DatabaseError)


@pytest.mark.django_db(transaction=True)
def test_control_without_lock_and_trigger_the_race_is_lost(agency: Agency, alice: User, race: SimpleNamespace) -> None:
    from tests.factories.rows import provisioner

    def edit() -> bool:
        """Look for entries without a lock, then write past the trigger: what the guards stand against."""
        found = Account.objects.get(designation=race.designation).entries.exists()
        with provisioner() as cursor:
            cursor.execute("SET session_replication_role = replica")
            if not found:
                cursor.execute(
                    "UPDATE funds_designation SET unit_id = %s WHERE id = %s", [race.two.pk, race.designation.pk]
                )
        return bool(found)

    assert posting_meanwhile(agency, alice, race, edit) is False
    with transaction.atomic(), scope.of_agency(agency.pk):
        assert Designation.objects.get(pk=race.designation.pk).unit == race.two
