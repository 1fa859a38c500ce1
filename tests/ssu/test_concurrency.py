"""Two people, or one person twice, acting on one item at the same moment."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency, AuditEntry
from core.errors import Refused
from ssu import operations
from ssu.models import ActionItem, ItemEvent, State, Unit
from ssu.operations import coaching_gate as gate
from tests.cast import make_agency, person
from tests.ssu.conftest import coach_team

Act = Callable[[User, ActionItem], Any]


@pytest.fixture
def item(transactional_db: None) -> ActionItem:
    """An item with evidence, in an agency of two administrators, committed so that other connections see it."""
    agency = make_agency("harbor", person("Alice"))
    bob = person("Bob")
    with transaction.atomic(), scope.of_agency(agency.pk):
        people.add_member(agency=agency, actor=None, user=bob, roles=("administrator",))
        strategy = operations.add_strategy(agency=agency, actor=None, code="S", name="S")
        unit = operations.add_unit(agency=agency, actor=None, strategy=strategy, code="U", name="U", kind="community")
        found: ActionItem = ActionItem.objects.get(unit=unit, key="1.1")
        operations.add_note(agency=agency, actor=bob, item=found, text="Seen.")
    return found


def at_once(item: ActionItem, acts: Sequence[tuple[str, Act]]) -> list[str]:
    """Run acts by named people on own connections, all let go at one moment; what each came to."""
    gate, answers = threading.Barrier(len(acts)), ["?"] * len(acts)

    def run(place: int, name: str, act: Act) -> None:
        user = User.objects.get(name=name)
        gate.wait()
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(item.agency_id):
                act(user, item)
            answers[place] = "done"
        except Refused as refusal:
            answers[place] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, *each)) for place, each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def claim(user: User, item: ActionItem) -> None:
    operations.claim_item(agency=item.agency, actor=user, item=item)


def confirm(user: User, item: ActionItem) -> None:
    operations.confirm_item(agency=item.agency, actor=user, item=item)


def kinds(item: ActionItem) -> list[str]:
    with transaction.atomic(), scope.of_agency(item.agency_id):
        return list(ItemEvent.objects.order_by("pk").values_list("kind", flat=True))


def test_ten_claims_at_once_make_one(item: ActionItem) -> None:
    answers = at_once(item, [("Bob", claim)] * 10)
    assert sorted(answers) == ["already_claimed"] * 9 + ["done"]
    assert kinds(item) == ["evidence_added", "claimed"]


def test_claimant_cannot_slip_own_confirmation_in(item: ActionItem) -> None:
    answers = at_once(item, [("Bob", claim)] + [("Bob", confirm)] * 7)
    assert answers[0] == "done"
    assert set(answers[1:]) <= {"own_claim", "not_ready"}
    assert kinds(item) == ["evidence_added", "claimed"]


def test_two_confirmations_at_once_make_one(item: ActionItem) -> None:
    at_once(item, [("Bob", claim)])
    answers = at_once(item, [("Alice", confirm)] * 5)
    assert sorted(answers) == ["done"] + ["not_ready"] * 4
    with transaction.atomic(), scope.of_agency(item.agency_id):
        assert ActionItem.objects.get(pk=item.pk).state == State.COMPLETED


def test_without_the_lock_two_claims_are_written(item: ActionItem, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: what the lock is for."""
    read = threading.Barrier(2)

    def unlocked(asked: ActionItem) -> ActionItem:
        row: ActionItem = ActionItem.objects.select_related("unit").get(pk=asked.pk)
        read.wait()
        return row

    monkeypatch.setattr("ssu.operations.items.at_work", unlocked)
    assert at_once(item, [("Bob", claim), ("Alice", claim)]) == ["done", "done"]
    assert kinds(item) == ["evidence_added", "claimed", "claimed"]


@pytest.fixture
def coached(item: ActionItem) -> ActionItem:
    """Item 4.1 of the unit, claimed by Bob when its one member was coached."""
    with transaction.atomic(), scope.of_agency(item.agency_id):
        agency, unit = item.agency, item.unit
        bob = User.objects.get(name="Bob")
        add_member(agency, unit, bob, "Mia")
        coach_team(agency, bob, unit)
        found: ActionItem = ActionItem.objects.get(unit=unit, key="4.1")
        operations.add_note(agency=agency, actor=bob, item=found, text="Seen.")
        operations.claim_item(agency=agency, actor=bob, item=found)
    return found


def add_member(agency: Agency, unit: Unit, actor: User, name: str) -> None:
    new = operations.add_worker(agency=agency, actor=actor, name=name)
    operations.add_team_member(
        agency=agency, actor=actor, unit=unit, worker=new, role="member", joined_on=agency.today()
    )


def join(user: User, item: ActionItem) -> None:
    add_member(item.agency, item.unit, user, "Tess")


def test_nobody_slips_in_while_step_4_is_confirmed(coached: ActionItem) -> None:
    """Whichever goes first, the other sees it: the confirmation is refused, or it stood before the joiner came."""
    joined, confirmed = at_once(coached, [("Bob", join), ("Alice", confirm)])
    assert joined == "done"
    with transaction.atomic(), scope.of_agency(coached.agency_id):
        done = ItemEvent.objects.filter(item=coached, kind="confirmed").values_list("at", flat=True).first()
        member = AuditEntry.objects.filter(verb="add team member").order_by("-pk").values_list("at", flat=True).first()
        state = ActionItem.objects.get(pk=coached.pk).state
    assert (confirmed, state) in {("done", State.COMPLETED), ("team_not_coached", State.READY)}
    if done is not None:
        assert member is not None
        assert done < member


def test_without_the_lock_a_joiner_slips_in(coached: ActionItem, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the joiner comes after the look at the team and before the confirmation is written."""
    looked, came = threading.Event(), threading.Event()
    plain = gate.check_team

    def slow(unit_id: int) -> None:
        plain(unit_id)
        looked.set()
        came.wait(timeout=5)

    monkeypatch.setattr(gate, "check_team", slow)
    for lock in ("coaching_gate.hold_team", "team.need_at_work"):
        monkeypatch.setattr(f"ssu.operations.{lock}", lambda _unit_id: None)

    def join_between(user: User, item: ActionItem) -> None:
        looked.wait(timeout=5)
        join(user, item)
        transaction.on_commit(came.set)

    assert at_once(coached, [("Bob", join_between), ("Alice", confirm)]) == ["done", "done"]
    assert came.is_set()
