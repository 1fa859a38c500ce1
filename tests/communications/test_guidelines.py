"""Guidelines as evidence for 5.3: agreed to, and acknowledged by everybody who serves."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency, Membership, Role
from communications import kinds, operations
from communications.models import Acknowledgement, Guidelines
from communications.operations import versions
from communications.operations.asking import HasSignIn, NotAReader, NotCounting, SignedInFuture
from delivery.models import Notice, Task
from ssu import activity, evidence
from ssu import operations as ssu
from ssu.models import RollOut, State, Unit, Worker
from tests.ssu.conftest import item_of, seat

KIND = kinds.GUIDELINES.evidence
Agree = Callable[..., Guidelines]


@pytest.fixture
def agree(posted: Agency, led: SimpleNamespace, alice: User, bob: User) -> Agree:
    """`agree("Warm.")` is a version that Bob wrote and Alice agreed to."""

    def make(tone: str) -> Guidelines:
        row = operations.begin_guidelines(agency=posted, actor=bob, unit=led.open, words={"tone": tone})
        operations.submit_guidelines(agency=posted, actor=bob, guidelines=row)
        return operations.approve_guidelines(agency=posted, actor=alice, guidelines=row)

    return make


def trouble(row: Guidelines) -> str:
    return evidence.things([(KIND, row.pk)])[(KIND, row.pk)].trouble


def asked(user: User) -> int:
    return int(Notice.objects.filter(user=user, kind="guidelines_asked").count())


def test_it_proves_53_when_agreed_to_and_acknowledged_by_all(
    posted: Agency, led: SimpleNamespace, agree: Agree, alice: User, bob: User, carol: User
) -> None:
    draft = operations.begin_guidelines(agency=posted, actor=bob, unit=led.open, words={"tone": "Warm."})
    assert trouble(draft) == "Version 1 is a draft: submit it, and somebody else agrees to it."
    operations.submit_guidelines(agency=posted, actor=bob, guidelines=draft)
    assert trouble(draft) == "Nobody has agreed to version 1 yet."
    row = operations.approve_guidelines(agency=posted, actor=alice, guidelines=draft)
    assert trouble(row) == "2 people of the unit have not acknowledged version 1 yet."
    operations.acknowledge(agency=posted, actor=bob, words=row)
    operations.acknowledge(agency=posted, actor=bob, words=row)
    assert trouble(row) == "1 person of the unit has not acknowledged version 1 yet."
    operations.acknowledge(agency=posted, actor=carol, words=row)
    assert trouble(row) == ""
    (offered,) = [each for each in evidence.offered(led.open, "5.3") if each[0] == KIND]
    assert [thing.id for thing in offered[2]] == [row.pk]
    assert not [each for each in evidence.offered(led.open, "5.1") if each[0] == KIND]


def test_a_new_version_asks_everybody_anew_and_opens_the_item(
    posted: Agency, led: SimpleNamespace, agree: Agree, bob: User, carol: User
) -> None:
    first = agree("Warm.")
    for reader in (bob, carol):
        operations.acknowledge(agency=posted, actor=reader, words=first)
    item = item_of(led.open, "5.3")
    ssu.add_object(agency=posted, actor=bob, item=item, kind=KIND, object_id=first.pk)
    ssu.claim_item(agency=posted, actor=bob, item=item)
    second = agree("Warmer.")
    assert (asked(bob), asked(carol)) == (2, 2)
    assert item_of(led.open, "5.3").state == State.IN_PROGRESS
    assert trouble(first) == "Version 1 was replaced by version 2."
    assert trouble(second) == "2 people of the unit have not acknowledged version 2 yet."
    with pytest.raises(NotCounting):
        operations.acknowledge(agency=posted, actor=carol, words=first)


def test_who_joins_after_the_roll_out_was_declared_is_asked_and_keeps_nothing_open(
    posted: Agency, led: SimpleNamespace, agree: Agree, alice: User, bob: User, carol: User, dan: User
) -> None:
    row = agree("Warm.")
    for reader in (bob, carol):
        operations.acknowledge(agency=posted, actor=reader, words=row)
    late = ssu.add_worker(agency=posted, actor=alice, name="Ruth Late")
    join: dict[str, Any] = {"agency": posted, "actor": alice, "unit": led.open, "worker": late}
    ssu.add_team_member(**join, role=Role.MEMBER, joined_on=posted.today())
    assert trouble(row) == "1 person of the unit has not acknowledged version 1 yet."
    RollOut.objects.create(unit=led.open, declared_on=posted.today() - timedelta(days=1), declared_by=alice)
    assert trouble(row) == ""


def test_people_acknowledge_themselves_and_paper_is_for_those_without_a_sign_in(
    posted: Agency, led: SimpleNamespace, agree: Agree, alice: User, bob: User
) -> None:
    row = agree("Warm.")
    with pytest.raises(NotAReader):
        operations.acknowledge(agency=posted, actor=alice, words=row)
    hand = ssu.add_worker(agency=posted, actor=alice, name="Hand")
    sign: dict[str, Any] = {"agency": posted, "actor": alice, "words": row}
    with pytest.raises(NotAReader):
        operations.keep_signature(**sign, worker=hand, signed_on=posted.today())
    join: dict[str, Any] = {"agency": posted, "actor": alice, "unit": led.open, "worker": hand}
    ssu.add_team_member(**join, role=Role.MEMBER, joined_on=posted.today())
    with pytest.raises(SignedInFuture):
        operations.keep_signature(**sign, worker=hand, signed_on=posted.today() + timedelta(days=1))
    with pytest.raises(HasSignIn):
        operations.keep_signature(**sign, worker=Worker.objects.get(membership__user=bob), signed_on=posted.today())
    kept = operations.keep_signature(**sign, worker=hand, signed_on=posted.today())
    assert (kept.by, kept.signed_on) == (alice, posted.today())
    seen = Unit.objects.seen_by(seat(posted, alice)).get(pk=led.open.pk)
    told = [act.told.sentence % {"name": "Alice"} for act in activity.acts(seat(posted, alice), seen, limit=20)]
    assert "Alice wrote down the signature of Hand under version 1 of the guidelines" in told


def test_nobody_is_reminded_twice_within_a_day(
    posted: Agency, led: SimpleNamespace, agree: Agree, alice: User, bob: User, carol: User
) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    with patch.object(timezone, "now", return_value=yesterday):
        row = agree("Warm.")
    assert (asked(bob), asked(carol)) == (1, 1)
    assert operations.remind(agency=posted, actor=alice, words=row) == 0
    Notice.objects.update(created_at=yesterday)
    operations.acknowledge(agency=posted, actor=bob, words=row)
    row.refresh_from_db()
    assert operations.remind(agency=posted, actor=alice, words=row) == 1
    assert (asked(bob), asked(carol)) == (1, 2)


def test_the_clock_asks_a_later_joiner_at_once_and_the_others_once_a_week(
    posted: Agency, led: SimpleNamespace, agree: Agree, alice: User, bob: User, carol: User, dan: User
) -> None:
    with patch.object(timezone, "now", return_value=timezone.now() - timedelta(days=8)):
        row = agree("Warm.")
    Notice.objects.update(created_at=timezone.now() - timedelta(days=3))
    late = ssu.worker_of(Membership.objects.get(user=dan))
    join: dict[str, Any] = {"agency": posted, "actor": alice, "unit": led.open, "worker": late}
    ssu.add_team_member(**join, role=Role.MEMBER, joined_on=posted.today())
    assert operations.remind_all(agency=posted) == 1
    assert (asked(bob), asked(carol), asked(dan)) == (1, 1, 1)
    Notice.objects.update(created_at=timezone.now() - timedelta(days=8))
    operations.acknowledge(agency=posted, actor=carol, words=row)
    assert operations.remind_all(agency=posted) == 2
    assert (asked(bob), asked(carol), asked(dan)) == (2, 1, 2)
    ssu.set_archived(agency=posted, actor=alice, unit=led.open, archived=True)
    Notice.objects.all().delete()
    assert operations.remind_all(agency=posted) == 0


def test_the_task_ends_with_the_tap_and_with_a_new_version(
    posted: Agency, led: SimpleNamespace, agree: Agree, bob: User, carol: User
) -> None:
    row = agree("Warm.")
    waiting = Task.objects.filter(kind="guidelines_asked", done_at=None)
    assert set(waiting.values_list("user", flat=True)) == {bob.pk, carol.pk}
    operations.acknowledge(agency=posted, actor=bob, words=row)
    assert list(waiting.values_list("user", flat=True)) == [carol.pk]
    second = agree("Warmer.")
    assert set(waiting.values_list("user", "about")) == {
        (bob.pk, f"read guidelines {second.pk}"),
        (carol.pk, f"read guidelines {second.pk}"),
    }


def test_neither_who_wrote_nor_who_submitted_agrees(
    posted: Agency, led: SimpleNamespace, alice: User, bob: User, staff: User
) -> None:
    row = operations.begin_guidelines(agency=posted, actor=alice, unit=led.open, words={"tone": "Warm."})
    operations.submit_guidelines(agency=posted, actor=bob, guidelines=row)
    for author in (alice, bob):
        with pytest.raises(versions.OwnWords):
            operations.approve(agency=posted, actor=author, words=row)
    operations.approve(agency=posted, actor=staff, words=row)
    with pytest.raises(versions.AgreedAlready):
        operations.approve(agency=posted, actor=staff, words=row)


def test_the_database_holds_it_too(posted: Agency, led: SimpleNamespace, agree: Agree, bob: User) -> None:
    row = agree("Warm.")
    operations.acknowledge(agency=posted, actor=bob, words=row)
    with pytest.raises(IntegrityError, match="it stands"), transaction.atomic():
        Guidelines.objects.filter(pk=row.pk).update(approved_by=bob)
    own = {"author": bob, "approved_by": bob, "submitted_at": timezone.now(), "approved_at": timezone.now()}
    with pytest.raises(IntegrityError, match="guidelines_approved_by_another"), transaction.atomic():
        Guidelines.objects.create(unit=led.open, version=4, **own)
    Guidelines.objects.create(unit=led.open, version=5)
    with pytest.raises(IntegrityError, match="guidelines_one_draft"), transaction.atomic():
        Guidelines.objects.create(unit=led.open, version=6)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Acknowledgement.objects.update(at=timezone.now())
