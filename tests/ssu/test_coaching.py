"""Step 4: the rule, sessions with their refusals, excuses, joiners, the member's own word."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry, Membership, Role
from core.errors import Refused
from delivery import naming
from delivery.models import Notice, Task
from ssu import evidence, operations
from ssu.coached import Standing
from ssu.models import ActionItem, CoachingArea, CoachingExcuse, CoachingSession, Confidence, State, Unit, Worker
from ssu.operations.coaching_gate import TeamNotCoached
from ssu.queries.coaching import coaching_of, confidence_of
from ssu.queries.coaching_evidence import COACHING_KIND, MODEL_KIND
from tests.cast import person
from tests.ssu.conftest import LONG_AGO, claimed, coach_team, item_of, noted, seat


def worker(user: User) -> Worker:
    found: Worker = Worker.objects.get(membership__user=user)
    return found


def areas(unit: Unit) -> list[CoachingArea]:
    return list(CoachingArea.objects.of_unit(unit.pk))


@pytest.fixture
def log(inside: Agency, led: SimpleNamespace, alice: User, carol: User) -> Callable[..., CoachingSession]:
    """`log(date=…)` writes down that Alice coached Carol in the first area of the open unit."""

    def write(**given: Any) -> CoachingSession:
        plain = {"kind": "coached", "date": inside.today(), "people": [worker(carol)], "areas": areas(led.open)[:1]}
        return operations.write_session(agency=inside, actor=alice, unit=led.open, **{**plain, **given})

    return write


def refused(code: str, act: Callable[..., object], /, **given: Any) -> Refused:
    """The refusal of this code; nothing was written."""
    before = CoachingSession.objects.count(), CoachingExcuse.objects.count()
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(**given)
    assert caught.value.code == code
    assert (CoachingSession.objects.count(), CoachingExcuse.objects.count()) == before
    return caught.value


def test_a_unit_begins_with_the_eight_areas_of_the_starter_pack(inside: Agency, led: SimpleNamespace) -> None:
    assert len(areas(led.open)) == 8
    assert {area.unit_id for area in areas(led.open)} == {None}
    assert all(area.title and area.sentence and area.is_required for area in areas(led.open))


@pytest.mark.parametrize("key", ["4.1", "4.2"])
def test_step_4_is_claimed_ahead_and_confirmed_only_with_everybody_coached(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, key: str
) -> None:
    item = noted(inside, bob, item_of(led.open, key))
    assert operations.claim_item(agency=inside, actor=bob, item=item).state == State.READY
    with pytest.raises(TeamNotCoached, match="2 people are not coached"):
        operations.confirm_item(agency=inside, actor=alice, item=item)
    session = coach_team(inside, alice, led.open)
    operations.withdraw_session(agency=inside, actor=alice, session=session, reason="Another team")
    with pytest.raises(TeamNotCoached):
        operations.confirm_item(agency=inside, actor=alice, item=item)
    coach_team(inside, alice, led.open)
    assert operations.confirm_item(agency=inside, actor=alice, item=item).state == State.COMPLETED


def test_other_steps_do_not_wait_for_coaching(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    assert claimed(inside, bob, item_of(led.open, "5.1")).state == State.READY


def test_the_refusal_counts_who_is_left_and_names_nobody(
    inside: Agency, led: SimpleNamespace, visit: Any, alice: User, bob: User, carol: User
) -> None:
    """Carol does not see the coaching: neither a colleague's standing, nor the alias of one whom she meets elsewhere,
    comes to her with a refused claim.
    """
    coach_team(inside, alice, led.open)
    item = item_of(led.open, "4.2")
    operations.add_object(agency=inside, actor=bob, item=item, kind=COACHING_KIND, object_id=led.open.pk)
    join(inside, alice, led.open)
    answer = visit(carol).post(
        reverse("api_item_claim", args=[inside.slug, led.open.pk, "4.2"]),
        {"note": ""},
        content_type="application/json",
        headers={"Idempotency-Key": "claim-of-carol"},
    )
    said = answer.json()["detail"]
    assert (answer.status_code, "1 person is not coached or excused yet" in said) == (409, True)
    assert not [word for word in ("Tess", "Bob", "Team member", areas(led.open)[0].title) if word in said]


def test_an_excuse_with_reason_and_day_takes_the_place_of_coaching(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User
) -> None:
    everything = areas(led.open)
    for one in (worker(bob), worker(carol)):
        operations.write_session(
            agency=inside,
            actor=alice,
            unit=led.open,
            kind="coached",
            date=inside.today(),
            people=[one],
            areas=everything if one == worker(bob) else everything[1:],
        )
    given = {"agency": inside, "actor": alice, "unit": led.open, "worker": worker(carol), "area": everything[0]}
    refused("reason_missing", operations.excuse, **given, reason="  ", date=inside.today())
    refused("excuse_ahead", operations.excuse, **given, reason="Wrote it", date=inside.today() + timedelta(days=1))
    excused = operations.excuse(**given, reason="Wrote the model with us", date=inside.today())
    refused("already_excused", operations.excuse, **given, reason="Again", date=inside.today())
    item = claimed(inside, bob, item_of(led.open, "4.1"))
    operations.withdraw_excuse(agency=inside, actor=alice, excused=excused, reason="It was another one")
    with pytest.raises(TeamNotCoached, match="1 person is not coached"):
        operations.confirm_item(agency=inside, actor=alice, item=item)


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("nobody_chosen", {"people": []}),
        ("no_area_chosen", {"areas": []}),
        ("before_joining", {"date": LONG_AGO - timedelta(days=1)}),
    ],
)
def test_what_a_session_lacks(log: Callable[..., CoachingSession], code: str, given: dict[str, Any]) -> None:
    refused(code, log, **given)


def test_held_in_the_future_and_planned_in_the_past_are_refused(
    inside: Agency, log: Callable[..., CoachingSession]
) -> None:
    ahead, behind = inside.today() + timedelta(days=1), inside.today() - timedelta(days=1)
    assert "Save it as planned" in str(refused("coached_ahead", log, date=ahead))
    assert "Save it as coached" in str(refused("planned_behind", log, date=behind, kind="planned"))
    assert log(date=ahead, kind="planned").pk
    assert log(date=behind).pk


def test_people_who_left_or_never_served_and_foreign_areas_are_refused(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User, log: Callable[..., CoachingSession]
) -> None:
    stranger = operations.add_worker(agency=inside, actor=alice, name="Sam")
    elsewhere = operations.add_area(agency=inside, actor=alice, unit=led.careful, title="Boats")
    refused("not_on_team", log, people=[stranger])
    refused("area_not_here", log, areas=[elsewhere])
    refused("coach_not_here", log, coach=stranger)
    service = worker(carol).service.get(unit=led.open)
    left_on = inside.today() - timedelta(days=3)
    operations.end_service(agency=inside, actor=alice, member=service, left_on=left_on)
    assert "left this unit" in str(refused("has_left", log))
    assert log(date=left_on - timedelta(days=1)).pk


def test_a_plan_becomes_coached_once(
    inside: Agency, led: SimpleNamespace, carol: User, log: Callable[..., CoachingSession]
) -> None:
    first = areas(led.open)[0]

    def standing() -> Standing:
        return coaching_of([led.open.pk])[led.open.pk].cell(worker(carol).pk, first.pk).standing

    assert standing() == Standing.LEFT
    plan = log(kind="planned")
    assert standing() == Standing.PLANNED
    refused("plan_gone", log, kind="planned", fulfills=plan)
    held = log(fulfills=plan)
    assert standing() == Standing.COACHED
    refused("plan_gone", log, fulfills=plan)
    assert held.written_by is not None
    operations.undo_session(agency=inside, actor=held.written_by, session=held)
    assert standing() == Standing.PLANNED


def test_withdrawing_needs_a_reason_once_and_undo_is_for_the_writer(
    inside: Agency, alice: User, bob: User, log: Callable[..., CoachingSession]
) -> None:
    session = log()
    given: dict[str, Any] = {"agency": inside, "session": session}
    refused("not_your_session", operations.undo_session, actor=bob, **given)
    refused("reason_missing", operations.withdraw_session, actor=bob, reason=" ", **given)
    operations.withdraw_session(actor=bob, reason="Wrong day", **given)
    refused("already_withdrawn", operations.withdraw_session, actor=alice, reason="Wrong day", **given)
    session.refresh_from_db()
    assert (session.withdrawn_by, session.withdrawn_reason) == (bob, "Wrong day")


def test_withdrawing_opens_what_rested_on_the_coaching(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User
) -> None:
    session, item = coach_team(inside, alice, led.open), item_of(led.open, "4.2")
    operations.add_object(agency=inside, actor=bob, item=item, kind=COACHING_KIND, object_id=led.open.pk)
    operations.claim_item(agency=inside, actor=bob, item=item)
    again = coach_team(inside, alice, led.open)
    operations.withdraw_session(agency=inside, actor=alice, session=session, reason="Written twice")
    assert item_of(led.open, "4.2").state == State.READY
    operations.withdraw_session(agency=inside, actor=alice, session=again, reason="Wrong team")
    opened = item_of(led.open, "4.2")
    assert (opened.state, "2 people are not coached" in opened.reason) == (State.IN_PROGRESS, True)


def test_a_new_version_of_the_words_opens_what_rested_on_the_old(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User
) -> None:
    coach_team(inside, alice, led.open)
    first = operations.write_model_text(agency=inside, actor=bob, unit=led.open, text="We write one letter.")
    refused(
        "model_text_unchanged", operations.write_model_text, **plain(inside, bob, led.open, "We write one letter. ")
    )
    refused("model_text_missing", operations.write_model_text, **plain(inside, bob, led.open, " \n"))
    item = item_of(led.open, "4.1")
    operations.add_object(agency=inside, actor=bob, item=item, kind=MODEL_KIND, object_id=first.pk)
    operations.claim_item(agency=inside, actor=bob, item=item)
    operations.write_model_text(**plain(inside, bob, led.open, "We write two letters."))
    assert item_of(led.open, "4.1").state == State.IN_PROGRESS
    found = evidence.things([(MODEL_KIND, first.pk)])[MODEL_KIND, first.pk]
    assert "replaced by version 2" in found.trouble


def plain(agency: Agency, actor: User, unit: Unit, text: str) -> dict[str, Any]:
    return {"agency": agency, "actor": actor, "unit": unit, "text": text}


def join(agency: Agency, actor: User, unit: Unit, name: str = "Tess Hart") -> Worker:
    new = operations.add_worker(agency=agency, actor=actor, name=name)
    operations.add_team_member(
        agency=agency, actor=actor, unit=unit, worker=new, role=Role.MEMBER, joined_on=agency.today()
    )
    return new


def test_a_later_joiner_is_told_makes_evidence_unsound_and_stops_the_declaration(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User
) -> None:
    join(inside, alice, led.open, "Early Bird")
    assert not Notice.objects.filter(kind="coaching_joiner").exists()
    coach_team(inside, alice, led.open)
    confirm_all(inside, led.open, bob, alice)
    join(inside, alice, led.open)
    told = Notice.objects.filter(kind="coaching_joiner")
    assert [(notice.user, notice.text) for notice in told] == [
        (bob, "⟦name⟧: somebody joined the team and is to be coached.")
    ]
    asked = Task.objects.filter(user=bob, about__startswith="coach ")
    assert [task.done_at for task in asked] == [None]
    thing = evidence.things([(COACHING_KIND, led.open.pk)])[COACHING_KIND, led.open.pk]
    assert "1 person is not coached" in thing.trouble
    assert [person.name for person, _areas in coaching_of([led.open.pk])[led.open.pk].left()] == ["Tess Hart"]
    with pytest.raises(TeamNotCoached, match="1 person"):
        operations.declare_complete(agency=inside, actor=bob, unit=led.open)
    coach_team(inside, alice, led.open)
    assert None not in [task.done_at for task in asked.all()]
    assert operations.declare_complete(agency=inside, actor=bob, unit=led.open).pk


def confirm_all(agency: Agency, unit: Unit, claimant: User, confirmer: User) -> None:
    for item in ActionItem.objects.filter(unit=unit).in_order():
        operations.confirm_item(agency=agency, actor=confirmer, item=claimed(agency, claimant, item))


def test_a_joiner_never_opens_a_declared_roll_out_again(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User
) -> None:
    coach_team(inside, alice, led.open)
    confirm_all(inside, led.open, bob, alice)
    operations.declare_complete(agency=inside, actor=bob, unit=led.open)
    join(inside, alice, led.open)
    assert {item.state for item in led.open.items.all()} == {State.COMPLETED}
    assert led.open.rollouts.count() == 1
    assert Notice.objects.filter(kind="coaching_joiner").count() == 1


def test_confidence_is_the_members_own_word(inside: Agency, led: SimpleNamespace, bob: User, carol: User) -> None:
    first = areas(led.open)[0]
    said: dict[str, Any] = {"agency": inside, "unit": led.open}
    assert len(operations.say_confidence(actor=carol, levels={first: 2}, **said)) == 1
    assert operations.say_confidence(actor=carol, levels={first: 2}, **said) == []
    operations.say_confidence(actor=carol, levels={first: 4}, **said)
    assert list(Confidence.objects.order_by("pk").values_list("level", flat=True)) == [2, 4]
    key = (led.open.pk, worker(carol).pk, first.pk)
    assert confidence_of(seat(inside, carol), [led.open.pk]) == {key: Confidence.Level.SURE}
    entries = AuditEntry.objects.filter(verb="say how sure one feels")
    assert {(entry.label, str(entry.changes), entry.reason) for entry in entries} == {("Riverbend", "{}", "")}


def test_nobody_speaks_for_others(inside: Agency, led: SimpleNamespace, alice: User, dan: User) -> None:
    for stranger in (alice, dan):
        with pytest.raises(Refused) as caught:
            operations.say_confidence(agency=inside, actor=stranger, unit=led.open, levels={areas(led.open)[0]: 4})
        assert caught.value.code == "not_your_word"


def test_only_the_member_and_the_units_coach_see_confidence(
    inside: Agency,
    led: SimpleNamespace,
    serve: Callable[..., Worker],
    alice: User,
    bob: User,
    carol: User,
    dan: User,
) -> None:
    erin, fred = person("Erin"), person("Fred")
    first = areas(led.open)[0]
    operations.say_confidence(agency=inside, actor=carol, unit=led.open, levels={first: 1})
    serve(erin, led.open, Role.COACH)
    serve(fred, led.careful, Role.COACH)
    seen = {
        user.name: bool(confidence_of(seat(inside, user), [led.open.pk, led.careful.pk]))
        for user in (alice, bob, carol, dan, erin, fred)
    }
    nobody = dict.fromkeys(("Alice", "Bob", "Dan", "Fred"), False)
    assert seen == {**nobody, "Carol": True, "Erin": True}


def test_areas_are_archived_and_their_words_stay(inside: Agency, led: SimpleNamespace, alice: User) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    own = operations.add_area(**act, unit=led.open, title="Sign language", sentence="Signs the goal.")
    assert [area.title for area in areas(led.open)][-1] == "Sign language"
    assert own not in areas(led.careful)
    refused("area_there", operations.add_area, **act, unit=led.open, title="sign LANGUAGE")
    refused("area_there", operations.add_area, **act, unit=led.open, title=areas(led.open)[0].title)
    refused("area_title_missing", operations.add_area, **act, unit=None, title=" ")
    refused("act_unknown", operations.change_area, **act, area=own, act="delete")
    refused("areas_begun", operations.adopt_areas, **act)
    for word in ("optional", "archive"):
        operations.change_area(**act, area=own, act=word)
    own.refresh_from_db()
    assert (own.is_required, own.archived_by, own in areas(led.open)) == (False, alice, False)
    twin = operations.add_area(**act, unit=led.open, title="Sign language")
    refused("area_there", operations.change_area, **act, area=own, act="restore")
    operations.change_area(**act, area=twin, act="archive")
    operations.change_area(**act, area=own, act="restore")
    assert own in areas(led.open)


def test_the_database_holds_what_it_can(inside: Agency, led: SimpleNamespace, alice: User, carol: User) -> None:
    given = {"unit": led.open, "coach": worker(carol), "written_on": inside.today(), "written_by": alice}
    ahead = inside.today() + timedelta(days=1)
    for wrong in (
        {"kind": "coached", "date": ahead},
        {"kind": "planned", "date": date(2020, 1, 1)},
        {"kind": "coached", "date": inside.today(), "withdrawn_reason": "no day"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CoachingSession.objects.create(**given, **wrong)


def test_attendees_are_told(inside: Agency, led: SimpleNamespace, carol: User, log: Callable[..., Any]) -> None:
    log(kind="planned")
    log()
    told = Notice.objects.filter(user=carol).order_by("pk")
    assert [notice.kind for notice in told] == ["coaching_planned", "coaching_logged"]
    assert [words.partition(":")[0] for words in naming.in_words(told)] == ["Riverbend"] * 2
    assert Membership.objects.get(user=carol).agency_id == inside.pk


def test_the_coach_is_not_among_the_coached(
    inside: Agency, log: Callable[..., CoachingSession], bob: User, carol: User
) -> None:
    both = {"people": [worker(bob), worker(carol)], "coach": worker(bob)}
    refused("coach_is_coached", log, **both)
    refused("coach_is_coached", log, **both, kind="planned")
    assert log(people=[worker(carol)], coach=worker(bob)).coach == worker(bob)
