"""Step 3: whom the model is talked over with, conversations with their refusals, what rests on them."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from agencies.models import Agency, AuditEntry
from core.errors import Refused
from delivery.models import Task
from ssu import evidence, operations, starter
from ssu.models import Conversation, DiscussedPoint, State, Unit, Worker
from ssu.queries.dialogue import CONVERSATIONS_KIND, LEADERS_KIND, leaders_to_talk_with, versions_before
from tests.ssu.conftest import item_of, seat


@pytest.fixture
def rose(inside: Agency, alice: User) -> Worker:
    """Somebody without a service."""
    return operations.add_worker(agency=inside, actor=alice, name="Rose")


@pytest.fixture
def talk(inside: Agency, led: SimpleNamespace, alice: User, bob: User) -> Callable[..., Conversation]:
    """`talk(outcome=…)` writes down a conversation with Bob about the first point."""

    def write(**given: Any) -> Conversation:
        plain = {
            "worker": Worker.objects.get(membership__user=bob),
            "date": inside.today(),
            "points": points(inside)[:1],
            "agreed": "yes",
        }
        return operations.write_conversation(agency=inside, actor=alice, unit=led.open, **{**plain, **given})

    return write


def points(agency: Agency) -> list[str]:
    return [entry.title for entry in starter.entries(agency, "discussion_points")]


def refusal_of(act: Callable[..., object], **given: Any) -> str:
    """The code of the refusal; nothing was written."""
    before = Conversation.objects.count(), DiscussedPoint.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(**given)
    assert (Conversation.objects.count(), DiscussedPoint.objects.count()) == before
    return caught.value.code


def names(agency: Agency, unit: Unit, user: User) -> list[str]:
    return [leader.name for leader in leaders_to_talk_with([unit.pk], seat(agency, user))[unit.pk]]


def test_the_starter_pack_has_ten_points(inside: Agency) -> None:
    assert len(set(points(inside))) == 10


def test_leaders_are_listed_by_themselves_and_others_added(
    inside: Agency, led: SimpleNamespace, alice: User, rose: Worker
) -> None:
    assert names(inside, led.open, alice) == ["Bob"]
    added = operations.add_leader(agency=inside, actor=alice, unit=led.open, worker=rose)
    assert names(inside, led.open, alice) == ["Bob", "Rose"]
    bob = leaders_to_talk_with([led.open.pk])[led.open.pk][0]
    for there in (rose, Worker.objects.get(pk=bob.worker_id)):
        given = {"agency": inside, "actor": alice, "unit": led.open, "worker": there}
        assert refusal_of(operations.add_leader, **given) == "already_listed"
    operations.remove_leader(agency=inside, actor=alice, leader=added)
    assert names(inside, led.open, alice) == ["Bob"]
    added.refresh_from_db()
    assert added.removed_by == alice


def test_names_on_the_list_are_masked_without_a_seat(led: SimpleNamespace) -> None:
    assert "Bob" not in leaders_to_talk_with([led.closed.pk])[led.closed.pk][0].name


def test_bad_input_is_refused_with_a_sentence(
    inside: Agency, alice: User, rose: Worker, talk: Callable[..., Conversation]
) -> None:
    today = inside.today()
    assert refusal_of(talk, date=today + timedelta(days=1)) == "conversation_ahead"
    assert refusal_of(talk, next_on=today - timedelta(days=1)) == "next_before"
    assert refusal_of(talk, points=[], other_points="  ") == "no_points"
    assert refusal_of(talk, points=["Something else"]) == "point_unknown"
    assert refusal_of(talk, worker=rose) == "not_listed"
    assert talk(points=[], other_points="The children's school").points.count() == 0
    assert [point.title for point in talk().points.all()] == points(inside)[:1]


def test_a_correction_is_a_new_version(inside: Agency, alice: User, talk: Callable[..., Conversation]) -> None:
    first = talk(outcome="Agreed to nothing", agreed="no")
    said: dict[str, Any] = {"date": inside.today(), "points": points(inside)[1:3], "agreed": "yes", "outcome": "Agreed"}
    given: dict[str, Any] = {"agency": inside, "actor": alice}
    second = operations.correct_conversation(**given, conversation=first, **said)
    first.refresh_from_db()
    assert (first.outcome, first.agreed, first.withdrawn_at) == ("Agreed to nothing", "no", None)
    assert list(Conversation.objects.standing()) == [second]
    assert list(versions_before(second)) == [first]
    assert refusal_of(operations.correct_conversation, **given, conversation=first, **said) == "already_corrected"
    withdraw: dict[str, Any] = {**given, "reason": "Another leader"}
    assert refusal_of(operations.withdraw_conversation, conversation=first, **withdraw) == "already_corrected"
    assert refusal_of(operations.withdraw_conversation, conversation=second, **given, reason=" ") == "reason_missing"
    operations.withdraw_conversation(conversation=second, **withdraw)
    assert refusal_of(operations.withdraw_conversation, conversation=second, **withdraw) == "already_withdrawn"
    assert not Conversation.objects.standing().exists()


def test_a_correction_may_keep_a_point_that_left_the_list(
    inside: Agency, alice: User, talk: Callable[..., Conversation], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, old = talk(), points(inside)[0]
    monkeypatch.setattr(starter, "entries", lambda _agency, _key: [starter.Entry("Only this", "")])
    given: dict[str, Any] = {"agency": inside, "actor": alice, "date": inside.today(), "agreed": "yes"}
    second = operations.correct_conversation(**given, conversation=first, points=[old, "Only this"])
    assert [point.title for point in second.points.order_by("position")] == [old, "Only this"]
    assert refusal_of(talk, points=[old]) == "point_unknown"


def test_evidence_says_what_is_missing(
    inside: Agency, led: SimpleNamespace, alice: User, rose: Worker, talk: Callable[..., Conversation]
) -> None:
    def troubles(unit: Unit) -> list[str]:
        found = evidence.things([(LEADERS_KIND, unit.pk), (CONVERSATIONS_KIND, unit.pk)])
        return [found[kind, unit.pk].trouble for kind in (LEADERS_KIND, CONVERSATIONS_KIND)]

    nobody = "Nobody is on the list of leaders yet. Add those with whom the model is talked over."
    assert troubles(led.careful) == [nobody, nobody]
    operations.add_leader(agency=inside, actor=alice, unit=led.open, worker=rose)
    talk()
    assert troubles(led.open) == ["", "No conversation is written down yet with Rose."]
    talk(worker=rose)
    assert troubles(led.open) == ["", ""]


def test_withdrawing_opens_what_rested_on_it(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, talk: Callable[..., Conversation]
) -> None:
    talks, item = [talk(), talk()], item_of(led.open, "3.2")
    operations.add_object(agency=inside, actor=bob, item=item, kind=CONVERSATIONS_KIND, object_id=led.open.pk)
    operations.claim_item(agency=inside, actor=bob, item=item)
    act: dict[str, Any] = {"agency": inside, "actor": alice, "reason": "Never held"}
    operations.withdraw_conversation(conversation=talks[0], **act)
    assert item_of(led.open, "3.2").state == State.READY
    operations.withdraw_conversation(conversation=talks[1], **act)
    assert item_of(led.open, "3.2").state == State.IN_PROGRESS


def test_the_database_holds_dates_and_one_correction(
    inside: Agency, led: SimpleNamespace, talk: Callable[..., Conversation]
) -> None:
    first = talk()
    today = inside.today()
    given = {"unit": led.open, "worker": first.worker, "agreed": "yes", "written_on": today}
    Conversation.objects.create(**given, date=today, replaces=first)
    for wrong in (
        {"date": today, "replaces": first},
        {"date": today + timedelta(days=1)},
        {"date": today, "next_on": today - timedelta(days=1)},
        {"date": today, "withdrawn_reason": "no day"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Conversation.objects.create(**given, **wrong)


def test_what_is_written_is_never_updated(talk: Callable[..., Conversation]) -> None:
    from django.db import ProgrammingError

    written = talk()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Conversation.objects.filter(pk=written.pk).update(outcome="Something else")


def test_the_audit_trail_calls_closed_people_by_their_alias(talk: Callable[..., Conversation]) -> None:
    talk()
    labels = AuditEntry.objects.filter(verb="write conversation").values_list("label", flat=True)
    assert [("Riverbend: Team member" in label, "Bob" in label) for label in labels] == [(True, False)]


def test_nobody_writes_down_a_talk_with_oneself(
    inside: Agency, talk: Callable[..., Conversation], led: SimpleNamespace, bob: User
) -> None:
    said: dict[str, Any] = {"date": inside.today(), "points": points(inside)[:1], "agreed": "yes"}
    own = {"agency": inside, "actor": bob, **said}
    me = Worker.objects.get(membership__user=bob)
    assert refusal_of(operations.write_conversation, **own, unit=led.open, worker=me) == "own_conversation"
    written = talk()
    assert refusal_of(operations.correct_conversation, **own, conversation=written) == "own_conversation"


def test_the_next_conversation_is_a_task_until_it_is_held(
    inside: Agency, talk: Callable[..., Conversation], bob: User
) -> None:
    day = inside.today() + timedelta(days=9)
    talk(date=inside.today() - timedelta(days=1), next_on=day)
    assert list(Task.objects.filter(done_at=None).values_list("user__name", "due_on")) == [("Alice", day)]
    talk(next_on=None)
    assert not Task.objects.filter(done_at=None).exists()


def test_older_conversations_change_nothing_about_the_next(
    inside: Agency, talk: Callable[..., Conversation], alice: User
) -> None:
    """One of last year is written down, and another withdrawn, after the newest one agreed on a day."""
    day = inside.today() + timedelta(days=14)
    wrong = talk(date=inside.today() - timedelta(days=200), next_on=None)
    talk(next_on=day)
    talk(date=inside.today() - timedelta(days=300), next_on=None)
    operations.withdraw_conversation(agency=inside, actor=alice, conversation=wrong, reason="Another person")
    assert list(Task.objects.filter(done_at=None).values_list("user__name", "due_on")) == [("Alice", day)]


def test_what_a_withdrawn_conversation_had_replaced_is_asked_again(
    inside: Agency, talk: Callable[..., Conversation], alice: User
) -> None:
    day = inside.today() + timedelta(days=14)
    talk(date=inside.today() - timedelta(days=2), next_on=day)
    later = talk(next_on=None)
    assert not Task.objects.filter(done_at=None).exists()
    operations.withdraw_conversation(agency=inside, actor=alice, conversation=later, reason="Another person")
    assert list(Task.objects.filter(done_at=None).values_list("user__name", "due_on")) == [("Alice", day)]
