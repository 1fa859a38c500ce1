"""Who holds a relationship, where it stands, what was talked over, what is to do: the rules."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from agencies.models import Agency, AuditEntry, Role
from delivery.models import Task
from partners import operations
from partners.models import Contact, FollowUp, Holder, Partner, Stage
from partners.operations.contacts import NotYet, WithdrawnBefore
from partners.operations.follow_ups import EndedBefore, HasDied, OpenStill, SettledByContact
from partners.operations.holders import GivesAnonymously, HolderEnded, HoldsAlready, NotOnTheTeam
from partners.operations.proposals import NothingProposed
from partners.operations.stages import StageStands
from partners.proposals import next_contact, next_stage
from ssu.models import TeamMember, Worker

Act = dict[str, Any]


@pytest.fixture
def act(inside: Agency, alice: User) -> Act:
    return {"agency": inside, "actor": alice}


@pytest.fixture
def ruth(add: Callable[..., Partner], places: SimpleNamespace) -> Partner:
    return add("Moab")


@pytest.fixture
def workers(led: SimpleNamespace, bob: User, carol: User) -> SimpleNamespace:
    """`workers.bob` leads the open unit, `workers.carol` serves in it."""
    return SimpleNamespace(
        bob=Worker.objects.get(membership__user=bob), carol=Worker.objects.get(membership__user=carol)
    )


@pytest.fixture
def log(act: Act, ruth: Partner, led: SimpleNamespace) -> Callable[..., Contact]:
    """`log("talked")` is a call with Ruth today in the name of the open unit."""

    def make(outcome: str, **given: Any) -> Contact:
        same = {"unit": led.open, "channel": "call", "happened_on": act["agency"].today()}
        return operations.log_contact(**act, partner=ruth, outcome=outcome, **{**same, **given})

    return make


@pytest.fixture
def todo(act: Act, ruth: Partner, led: SimpleNamespace, bob: User) -> FollowUp:
    due = act["agency"].today() + timedelta(days=3)
    return operations.add_follow_up(
        **act, partner=ruth, unit=led.open, channel="call", due_on=due, assignee=bob, text="Thank her"
    )


def standing() -> list[tuple[str, bool]]:
    rows = Holder.objects.standing().order_by("-is_primary", "pk").select_related("worker")
    return [(row.worker.name, row.is_primary) for row in rows]


def test_one_holder_is_the_first_and_who_was_it_stays(
    act: Act, ruth: Partner, led: SimpleNamespace, workers: SimpleNamespace
) -> None:
    operations.appoint_holder(**act, partner=ruth, unit=led.open, worker=workers.bob)
    operations.appoint_holder(**act, partner=ruth, unit=led.open, worker=workers.carol)
    assert standing() == [("Carol", True), ("Bob", False)]
    with pytest.raises(HoldsAlready):
        operations.appoint_holder(**act, partner=ruth, unit=led.open, worker=workers.carol)
    operations.appoint_holder(**act, partner=ruth, unit=led.open, worker=workers.carol, is_primary=False)
    assert standing() == [("Bob", False), ("Carol", False)]
    assert Holder.objects.count() == 4


def test_holding_ends_once_and_is_kept(act: Act, ruth: Partner, led: SimpleNamespace, workers: SimpleNamespace) -> None:
    holder = operations.appoint_holder(**act, partner=ruth, unit=led.open, worker=workers.bob)
    operations.end_holder(**act, holder=holder, reason="Moved to the coast")
    assert (standing(), Holder.objects.get().ended_reason) == ([], "Moved to the coast")
    with pytest.raises(HolderEnded):
        operations.end_holder(**act, holder=holder)
    told = [entry.reason + str(entry.changes) for entry in AuditEntry.objects.filter(verb="end holder")]
    assert ["coast" in each for each in told] == [False]


def test_only_who_serves_holds(
    act: Act, ruth: Partner, led: SimpleNamespace, workers: SimpleNamespace, serve: Any, dan: User
) -> None:
    coach = serve(dan, led.open, Role.COACH)
    for worker, unit in ((coach, led.open), (workers.carol, led.careful)):
        with pytest.raises(NotOnTheTeam):
            operations.appoint_holder(**act, partner=ruth, unit=unit, worker=worker)
    TeamMember.objects.filter(worker=workers.carol).update(left_on=act["agency"].today())
    with pytest.raises(NotOnTheTeam):
        operations.appoint_holder(**act, partner=ruth, unit=led.open, worker=workers.carol)


def test_an_anonymous_giver_is_not_named_to_the_field(
    act: Act, ruth: Partner, led: SimpleNamespace, workers: SimpleNamespace, giving: Any, places: SimpleNamespace
) -> None:
    giving(ruth, (places.mine, 5000), anonymous=True)
    with pytest.raises(GivesAnonymously):
        operations.appoint_holder(**act, partner=ruth, unit=led.open, worker=workers.bob)
    with pytest.raises(GivesAnonymously):
        operations.set_stage(**act, partner=ruth, unit=led.open, kind="connection")
    giving(ruth, (places.mine, 700))
    assert operations.appoint_holder(**act, partner=ruth, unit=led.open, worker=workers.bob).pk


def test_a_stage_follows_another_and_history_stays(act: Act, ruth: Partner, led: SimpleNamespace) -> None:
    for kind in ("connection", "initiation", "partner_care"):
        operations.set_stage(**act, partner=ruth, unit=led.open, kind=kind)
    operations.set_stage(**act, partner=ruth, unit=led.careful, kind="archive")
    with pytest.raises(StageStands):
        operations.set_stage(**act, partner=ruth, unit=led.open, kind="partner_care")
    rows = Stage.objects.filter(unit=led.open).order_by("pk")
    assert [(row.kind, row.left_at is None) for row in rows] == [
        ("connection", False), ("initiation", False), ("partner_care", True)
    ]  # fmt: skip
    assert rows[0].left_at == rows[1].set_at


@pytest.mark.parametrize(
    "change",
    [
        lambda: Stage.objects.update(kind="archive"),
        lambda: Stage.objects.all().delete(),
        lambda: Stage.objects.filter(left_at__isnull=False).update(left_at=None),
        lambda: Contact.objects.update(note="other"),
        lambda: Contact.objects.all().delete(),
        lambda: Holder.objects.update(is_primary=False),
        lambda: FollowUp.objects.update(text="other"),
    ],
)
def test_what_was_written_stays(
    change: Callable[[], Any], act: Act, ruth: Partner, led: SimpleNamespace, log: Any, todo: FollowUp,
    workers: SimpleNamespace
) -> None:  # fmt: skip
    log("talked", note="Her mother is ill")
    operations.appoint_holder(**act, partner=ruth, unit=led.open, worker=workers.bob)
    for kind in ("connection", "initiation"):
        operations.set_stage(**act, partner=ruth, unit=led.open, kind=kind)
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_the_log_says_what_is_done(log: Any, act: Act) -> None:
    with pytest.raises(NotYet):
        log("talked", happened_on=act["agency"].today() + timedelta(days=1))
    contact = log("talked")
    operations.withdraw_contact(**act, contact=contact, reason="It was her sister")
    with pytest.raises(WithdrawnBefore):
        operations.withdraw_contact(**act, contact=contact)
    assert list(Contact.objects.standing()) == []


def test_a_follow_up_is_a_task_until_it_is_done(act: Act, todo: FollowUp, bob: User, carol: User) -> None:
    task = Task.objects.get(user=bob)
    assert (task.due_on, task.done_at, "Moab" in task.text) == (todo.due_on, None, False)
    operations.finish_follow_up(**act, follow_up=todo)
    task.refresh_from_db()
    assert task.done_at is not None
    with pytest.raises(EndedBefore):
        operations.finish_follow_up(**act, follow_up=todo)
    operations.reopen_follow_up(**act, follow_up=todo)
    with pytest.raises(OpenStill):
        operations.reopen_follow_up(**act, follow_up=todo)
    operations.move_follow_up(**act, follow_up=todo, due_on=date(2031, 1, 1), assignee=carol)
    rows = Task.objects.filter(done_at=None).values_list("user__name", "due_on")
    assert list(rows) == [("Carol", date(2031, 1, 1))]


def test_a_contact_settles_what_was_to_do_and_its_withdrawal_opens_it(act: Act, todo: FollowUp, log: Any) -> None:
    contact = log("talked", settles=todo)
    todo.refresh_from_db()
    assert (todo.end, todo.done_with, Task.objects.filter(done_at=None).count()) == ("done", contact, 0)
    with pytest.raises(SettledByContact):
        operations.reopen_follow_up(**act, follow_up=todo)
    operations.withdraw_contact(**act, contact=contact)
    todo.refresh_from_db()
    assert (todo.end, todo.ended_at, Task.objects.filter(done_at=None).count()) == ("", None, 1)


def test_with_a_death_nothing_is_to_do_any_more(act: Act, ruth: Partner, todo: FollowUp, log: Any, bob: User) -> None:
    contact = log("talked")
    operations.update_partner(**act, partner=ruth, deceased_on=act["agency"].today())
    todo.refresh_from_db()
    assert (todo.end, todo.ended_reason) == ("closed", "The partner has died.")
    assert Task.objects.filter(done_at=None).count() == 0
    contact.refresh_from_db()
    for attempt in (
        lambda: operations.reopen_follow_up(**act, follow_up=todo),
        lambda: operations.add_follow_up(
            **act, partner=ruth, unit=None, channel="call", due_on=date(2031, 1, 1), assignee=bob
        ),
    ):
        with pytest.raises(HasDied):
            attempt()
    with pytest.raises(NothingProposed):
        operations.take_follow_up(**act, contact=contact)


@pytest.mark.parametrize(
    ("outcome", "stands", "stage", "channel", "days"),
    [
        ("talked", "", "initiation", "call", 14),
        ("talked", "connection", "initiation", "call", 14),
        ("talked", "partner_care", "", "call", 90),
        ("no_answer", "connection", "", "call", 3),
        ("left_word", "initiation", "", "call", 7),
        ("appointment", "initiation", "appointment", "visit", 7),
        ("appointment", "partner_care", "", "visit", 7),
        ("considers", "appointment", "follow_up", "call", 7),
        ("promised", "follow_up", "partner_care", "letter", 2),
        ("promised", "partner_care", "", "letter", 2),
        ("prays", "archive", "partner_care", "email", 30),
        ("declined", "follow_up", "archive", None, None),
        ("declined", "partner_care", "", None, None),
        ("stop", "partner_care", "archive", None, None),
    ],
)
def test_what_a_contact_proposes(outcome: str, stands: str, stage: str, channel: str | None, days: int | None) -> None:
    found = next_contact(outcome, stands)
    assert (next_stage(outcome, stands), found and found.channel, found and found.days) == (stage, channel, days)


def test_a_proposal_is_taken_once(act: Act, ruth: Partner, log: Any, led: SimpleNamespace, alice: User) -> None:
    contact = log("appointment")
    assert operations.take_stage(**act, contact=contact).kind == "appointment"
    taken = operations.take_follow_up(**act, contact=contact)
    due = act["agency"].today() + timedelta(days=7)
    assert (taken.channel, taken.due_on, taken.assignee, taken.after) == ("visit", due, alice, contact)
    for take in (operations.take_stage, operations.take_follow_up):
        with pytest.raises(NothingProposed):
            take(**act, contact=contact)


def test_an_older_contact_moves_no_stage(act: Act, log: Any) -> None:
    older = log("promised", happened_on=date(2024, 1, 1))
    newer = log("no_answer")
    with pytest.raises(NothingProposed):
        operations.take_stage(**act, contact=older)
    with pytest.raises(NothingProposed):
        operations.take_stage(**act, contact=newer)
    operations.withdraw_contact(**act, contact=newer)
    assert operations.take_stage(**act, contact=older).kind == "partner_care"
