"""Erasing beside other acts: one is done, the other waits and is refused, or what was under way is erased too. Each
with a control that shows what happens without the lock.
"""

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from agencies import scope
from agencies.models import Agency
from core.money import Money
from funds.operations import open_designation
from partners import operations
from partners.models import BatchPart, Contact, Erasure, GiftLine, GivingUnit, Partner
from partners.operations import Head, Keyed, Part, erasing
from partners.queries import erasing as looks
from tests.factories.rows import provisioner
from tests.partners.test_merges_at_once import at_once, merge

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two(transactional_db: None, agency: Agency, alice: User) -> SimpleNamespace:
    act: dict[str, Any] = {"agency": agency, "actor": alice}
    with transaction.atomic(), scope.of_agency(agency.pk):
        made = [operations.add_partner(**act, kind="person", first_name=name, last_name="Moab") for name in "AB"]
    return SimpleNamespace(agency=agency, act=act, one=made[0], other=made[1])


def erase(two: SimpleNamespace, partner: Partner) -> Any:
    return lambda: operations.erase_partner(**two.act, partner=partner, ground="asked")


def names(two: SimpleNamespace) -> list[str]:
    with transaction.atomic(), scope.of_agency(two.agency.pk):
        return [each.name.split("-")[0] for each in Partner.objects.order_by("pk")]


def test_twice(two: SimpleNamespace) -> None:
    assert at_once(two, erase(two, two.one), erase(two, two.one)) == ["merged", "partner_erased"]
    with transaction.atomic(), scope.of_agency(two.agency.pk):
        assert Erasure.objects.count() == 1


def test_beside_a_merge(two: SimpleNamespace) -> None:
    """Whoever comes first: never is one of two merged records erased and the other not."""
    said = at_once(two, erase(two, two.one), merge(two, two.one, two.other))
    if said == ["merged", "merged"]:  # the merge was first, so both records are one person
        assert names(two) == ["Erased partner P"] * 2
    else:
        assert said == ["merged", "partner_erased"]
        assert names(two) == ["Erased partner P", "B Moab"]


def test_without_the_lock_half_of_a_person_would_be_left(two: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the erasure has looked whom it erases, and a merge comes in between."""
    looked, is_merged = threading.Event(), threading.Event()
    marks_of = looks.marks_of

    def wait(records: Any) -> Any:
        looked.set()
        is_merged.wait(10)
        return marks_of(records)

    def merge_between() -> None:
        looked.wait(10)
        with provisioner() as cursor:  # a merge that takes no lock: the pointer alone
            cursor.execute("UPDATE partners_partner SET merged_into_id = %s WHERE id = %s", [two.one.pk, two.other.pk])
        is_merged.set()

    monkeypatch.setattr(erasing, "hold_merges", lambda agency: None)
    monkeypatch.setattr(erasing, "locked", lambda partner: [partner])
    monkeypatch.setattr(erasing, "marks_of", wait)
    assert at_once(two, erase(two, two.one), merge_between) == ["merged", "merged"]
    assert names(two) == ["Erased partner P", "B Moab"]


def noted_beside(two: SimpleNamespace) -> tuple[list[str], list[str]]:
    """What comes of an erasure while a contact is noted and not yet committed, and the notes that stand afterwards."""
    is_noted, under_way = threading.Event(), threading.Event()

    def note() -> None:
        with scope.fresh(), transaction.atomic(), scope.of_agency(two.agency.pk):
            said: dict[str, Any] = {"channel": "call", "outcome": "talked", "happened_on": two.agency.today()}
            operations.log_contact(**two.act, partner=two.one, unit=None, note="whisper", **said)
            is_noted.set()
            under_way.wait(1)
        connection.close()

    writer = threading.Thread(target=note)
    writer.start()
    is_noted.wait(10)
    said = at_once(two, erase(two, two.one))
    under_way.set()
    writer.join(20)
    with transaction.atomic(), scope.of_agency(two.agency.pk):
        return said, list(Contact.objects.values_list("note", flat=True))


def test_what_is_under_way_is_erased_too(two: SimpleNamespace) -> None:
    assert noted_beside(two) == (["merged"], [""])


def test_without_its_share_of_the_lock_it_would_be_left(two: SimpleNamespace) -> None:
    """The control: the triggers of the table put out of force."""
    with provisioner() as cursor:
        cursor.execute("ALTER TABLE partners_contact DISABLE TRIGGER USER")
    try:
        assert noted_beside(two) == (["merged"], ["whisper"])
    finally:
        with provisioner() as cursor:
            cursor.execute("ALTER TABLE partners_contact ENABLE TRIGGER USER")


def keyed(two: SimpleNamespace) -> Any:
    """An open batch with one gift, and words of the giver."""
    with transaction.atomic(), scope.of_agency(two.agency.pk):
        fund = open_designation(**two.act, code="0100", kind="project", public_name="Well")
        today, total = two.agency.today(), Money(1200, "USD")
        head = Head(title="Mail", deposited_on=today, expected_count=1, expected_total=total)
        batch = operations.open_batch(**two.act, head=head, key="batch")
        unit = GivingUnit.objects.get(partner=two.one)
        row = Keyed(giving_unit=unit, on=today, parts=[Part(fund, total, "whisper")])
        operations.save_row(**two.act, batch=batch, key="row", keyed=row)
    return batch


def posted_beside(two: SimpleNamespace) -> tuple[list[str], list[str]]:
    """What comes of an erasure while a batch is posted and not yet committed, and the giver's words afterwards."""
    batch = keyed(two)
    is_posted, under_way = threading.Event(), threading.Event()

    def post() -> None:
        with scope.fresh(), transaction.atomic(), scope.of_agency(two.agency.pk):
            operations.post_batch(**two.act, batch=batch, key="post")
            is_posted.set()
            under_way.wait(1)
        connection.close()

    writer = threading.Thread(target=post)
    writer.start()
    is_posted.wait(10)
    said = at_once(two, erase(two, two.one))
    under_way.set()
    writer.join(20)
    with transaction.atomic(), scope.of_agency(two.agency.pk):
        words = [
            *GiftLine.objects.values_list("intent", flat=True),
            *BatchPart.objects.values_list("intent", flat=True),
        ]
    return said, words


def test_a_batch_that_is_posted_meanwhile_is_waited_for(two: SimpleNamespace) -> None:
    assert posted_beside(two) == (["merged"], ["", ""])


def test_without_waiting_the_batch_would_still_look_open(two: SimpleNamespace) -> None:
    """The control: posting takes no share of the lock."""
    with provisioner() as cursor:
        cursor.execute("ALTER TABLE partners_gift DISABLE TRIGGER land_with_survivor")
    try:
        assert posted_beside(two) == (["stands_in_the_way"], ["whisper", "whisper"])
    finally:
        with provisioner() as cursor:
            cursor.execute("ALTER TABLE partners_gift ENABLE TRIGGER land_with_survivor")
