"""The pages of steps 3 and 4: what each shows to whom, what is kept back, what is asked again with nothing lost."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from ssu import operations, starter
from ssu.models import CoachingArea, CoachingExcuse, CoachingSession, Confidence, Conversation, Unit, Worker
from tests.cast import person
from tests.ssu.conftest import TRUE_NAME, coach_team
from tests.ssu.test_lists import counted

Visit = Callable[[User], Any]


@pytest.fixture
def coach(led: SimpleNamespace, serve: Callable[..., Worker]) -> User:
    """Erin, who coaches the open unit."""
    erin = person("Erin")
    serve(erin, led.open, Role.COACH)
    return erin


def worker(user: User) -> Worker:
    found: Worker = Worker.objects.get(membership__user=user)
    return found


def first_area(unit: Unit) -> CoachingArea:
    found: CoachingArea = CoachingArea.objects.of_unit(unit.pk)[0]
    return found


def text(browser: Any, name: str, *args: object, status: int = 200) -> str:
    answer = browser.get(reverse(name, args=args))
    assert answer.status_code == status
    return str(answer.content.decode())


def test_a_conversation_is_written_corrected_and_withdrawn(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit
) -> None:
    browser, here = visit(alice), [inside.slug, led.open.pk]
    assert "No conversation yet" in text(browser, "dialogue", *here)
    points = [entry.title for entry in starter.entries(inside, "discussion_points")]
    sent = {
        "worker": worker(bob).pk,
        "date": inside.today().isoformat(),
        "points": points[:2],
        "agreed": "not_yet",
        "outcome": "He thinks about it",
    }
    assert browser.post(reverse("conversation_add", args=here), sent).status_code == 302
    made = Conversation.objects.get()
    assert "Talked with 1 of 1 leader; 0 agreed." in text(browser, "dialogue", *here)
    del sent["worker"]
    answer = browser.post(reverse("conversation_correct", args=[*here, made.pk]), {**sent, "agreed": "yes"})
    newer = Conversation.objects.get(replaces=made)
    assert answer["Location"] == reverse("conversation", args=[*here, newer.pk])
    assert "Talked with 1 of 1 leader; 1 agreed." in text(browser, "dialogue", *here)
    assert "This is an earlier version" in text(browser, "conversation", *here, made.pk)
    withdraw = reverse("conversation_withdraw", args=[*here, newer.pk])
    assert browser.post(withdraw, {"reason": ""}).status_code == 422
    assert browser.post(withdraw, {"reason": "Held with another one"}).status_code == 302
    page = text(browser, "dialogue", *here)
    assert ("Held with another one" in page, "Talked with 0 of 1 leader" in page) == (True, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"points": []}, "Tick at least one point"),
        ({"next_on": "2001-01-01"}, "The next conversation cannot be before this one"),
        ({"date": "2999-01-01"}, "This day is still to come"),
        ({"worker": 999_999_999}, "This person is not on the list of leaders"),
        ({"points": ["Not of the list"]}, "One of the points is not on the agency&#x27;s list"),
    ],
)
def test_a_wrong_conversation_is_told_and_nothing_is_lost(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit, change: dict[str, Any], said: str
) -> None:
    point = starter.entries(inside, "discussion_points")[0].title
    sent = {"worker": worker(bob).pk, "date": inside.today().isoformat(), "points": [point], "agreed": "yes"}
    url = reverse("conversation_add", args=[inside.slug, led.open.pk])
    answer = visit(alice).post(url, {**sent, "outcome": "Typed with care", **change})
    page = answer.content.decode()
    assert (answer.status_code, said in page, "Typed with care" in page) == (422, True, True)
    assert not Conversation.objects.exists()


def test_somebody_is_added_to_the_list_and_taken_off(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser, here = visit(alice), [inside.slug, led.open.pk]
    rose = operations.add_worker(agency=inside, actor=alice, name="Rose")
    assert browser.post(reverse("leader_add", args=here), {"worker": 999_999_999}).status_code == 422
    assert browser.post(reverse("leader_add", args=here), {"worker": rose.pk}).status_code == 302
    assert "Talked with 0 of 2 leaders" in text(browser, "dialogue", *here)
    row = led.open.dialogue_leaders.get()
    assert browser.post(reverse("leader_remove", args=[*here, row.pk])).status_code == 302
    assert "Talked with 0 of 1 leader;" in text(browser, "dialogue", *here)


def test_a_coach_logs_plans_and_takes_back(
    inside: Agency, led: SimpleNamespace, coach: User, carol: User, visit: Visit
) -> None:
    browser, here = visit(coach), [inside.slug, led.open.pk]
    mine = reverse("my_coaching", args=[inside.slug])
    assert "2 of 2 still need coaching." in text(browser, "my_coaching", inside.slug)
    log = reverse("session_log", args=here)
    form = browser.get(f"{log}?person={worker(carol).pk}&back={mine}").content.decode()
    assert form.count(" checked") == 2  # Carol, and that it was held; of eight areas none
    sent = {
        "people": [worker(carol).pk],
        "areas": [first_area(led.open).pk],
        "kind": "coached",
        "date": inside.today().isoformat(),
    }
    answer = browser.post(f"{log}?back={mine}", sent, follow=True)
    assert answer.redirect_chain == [(mine, 302)]
    session = CoachingSession.objects.get()
    undo = reverse("session_undo", args=[*here, session.pk])
    assert (session.coach, undo in answer.content.decode()) == (worker(coach), True)
    assert browser.post(undo).status_code == 302
    session.refresh_from_db()
    assert session.withdrawn_at is not None
    ahead = (inside.today() + timedelta(days=3)).isoformat()
    assert browser.post(log, {**sent, "kind": "planned", "date": ahead}).status_code == 302
    plan = CoachingSession.objects.get(kind="planned")
    assert "It was held: log it" in text(browser, "session", *here, plan.pk)
    assert browser.post(f"{log}?plan={plan.pk}", sent).status_code == 302
    assert CoachingSession.objects.get(fulfills=plan).kind == "coached"
    assert browser.get(f"{log}?plan={plan.pk}").status_code == 404


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_way_back_stays_inside(inside: Agency, led: SimpleNamespace, coach: User, visit: Visit, back: str) -> None:
    log = reverse("session_log", args=[inside.slug, led.open.pk])
    assert "evil" not in visit(coach).get(log, {"back": back}).context["back"]
    assert "script" not in visit(coach).get(log, {"back": back}).context["back"]


def test_a_wrong_session_is_told_and_nothing_is_lost(
    inside: Agency, led: SimpleNamespace, coach: User, carol: User, alice: User, visit: Visit
) -> None:
    browser, url = visit(coach), reverse("session_log", args=[inside.slug, led.open.pk])
    today = inside.today()
    sent = {
        "people": [worker(carol).pk],
        "areas": [first_area(led.open).pk],
        "kind": "coached",
        "date": today.isoformat(),
        "note": "Typed with care",
    }
    gone = operations.add_worker(agency=inside, actor=alice, name="Gone")
    since = today - timedelta(days=30)
    member = operations.add_team_member(
        agency=inside, actor=alice, unit=led.open, worker=gone, role=Role.MEMBER, joined_on=since
    )
    operations.end_service(agency=inside, actor=alice, member=member, left_on=today)
    wrongs: list[tuple[dict[str, Any], str]] = [
        ({"date": (today + timedelta(days=1)).isoformat()}, "nobody was coached on it yet"),
        ({"date": "2001-01-01"}, "Choose that day or a later one"),
        ({"people": [gone.pk]}, "does not serve in this unit today, or has left"),
        ({"people": []}, "Choose at least one person."),
        ({"areas": [999_999_999]}, "One of the areas is not an area of this unit"),
        ({"areas": []}, "Choose at least one area."),
        ({"kind": "planned", "date": "2001-01-01"}, "cannot be planned"),
    ]
    for change, said in wrongs:
        answer = browser.post(url, {**sent, **change})
        page = answer.content.decode()
        assert (answer.status_code, said in page, "Typed with care" in page) == (422, True, True), said
    assert not CoachingSession.objects.exists()


def test_a_place_is_excused_and_taken_back(
    inside: Agency, led: SimpleNamespace, coach: User, carol: User, visit: Visit
) -> None:
    browser = visit(coach)
    here = [inside.slug, led.open.pk, worker(carol).pk, first_area(led.open).pk]
    sent = {"reason": "Wrote the model herself", "date": inside.today().isoformat()}
    assert browser.post(reverse("excuse_add", args=here), {**sent, "reason": ""}).status_code == 422
    assert browser.post(reverse("excuse_add", args=here), sent).status_code == 302
    assert "Wrote the model herself" in text(browser, "coaching_place", *here)
    found = CoachingExcuse.objects.get()
    withdraw = reverse("excuse_withdraw", args=[inside.slug, led.open.pk, found.pk])
    assert browser.post(withdraw, {"reason": ""}).status_code == 422
    assert browser.post(withdraw, {"reason": "Wrong person"}).status_code == 302
    assert "Wrote the model herself" not in text(browser, "coaching_place", *here)


def test_the_words_and_areas_of_a_unit(inside: Agency, led: SimpleNamespace, bob: User, visit: Visit) -> None:
    browser, here = visit(bob), [inside.slug, led.open.pk]
    for words in ("One letter.", "Two letters."):
        assert browser.post(reverse("model_write", args=here), {"text": words}).status_code == 302
    assert browser.post(reverse("model_write", args=here), {"text": "Two letters."}).status_code == 422
    page = text(browser, "coaching", *here)
    assert ("Version 2" in page, "One letter." in page) == (True, True)
    added = {"title": "Sign language", "is_required": "on"}
    assert browser.post(reverse("unit_area_add", args=here), added).status_code == 302
    assert browser.post(reverse("unit_area_add", args=here), added).status_code == 422
    own = CoachingArea.objects.get(title="Sign language")
    change = reverse("unit_area_change", args=[*here, own.pk])
    assert browser.post(change, {"act": "archive"}).status_code == 302
    own.refresh_from_db()
    assert own.archived_at is not None
    agencys = reverse("unit_area_change", args=[*here, first_area(led.open).pk])
    assert browser.post(agencys, {"act": "archive"}).status_code == 404


def test_the_agencys_areas(inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit) -> None:
    browser = visit(alice)
    url = reverse("coaching_areas", args=[inside.slug])
    assert browser.post(url, {"title": "Prayer", "is_required": "on"}).status_code == 302
    assert browser.post(url, {"title": "prayer"}).status_code == 422
    found = CoachingArea.objects.get(title="Prayer")
    change = reverse("area_change", args=[inside.slug, found.pk])
    assert browser.post(change, {"act": "optional"}).status_code == 302
    found.refresh_from_db()
    assert not found.is_required
    assert visit(bob).get(url).status_code == 403


def test_a_member_says_how_sure_and_others_do_not_see_it(
    inside: Agency,
    led: SimpleNamespace,
    coach: User,
    alice: User,
    bob: User,
    carol: User,
    dan: User,
    visit: Visit,
) -> None:
    area = first_area(led.open)
    say = reverse("confidence_say", args=[inside.slug, led.open.pk])
    assert visit(carol).post(say, {f"area_{area.pk}": "9"}).status_code == 422
    assert visit(carol).post(say, {f"area_{area.pk}": "1"}).status_code == 302
    assert Confidence.objects.get().level == Confidence.Level.NOT_YET
    assert visit(coach).post(say, {f"area_{area.pk}": "4"}).status_code == 422
    word = "unsure in"
    assert word in text(visit(coach), "my_coaching", inside.slug)
    here = [inside.slug, led.open.pk]
    place = [*here, worker(carol).pk, area.pk]
    assert "feels: Not yet" in text(visit(coach), "coaching_place", *place)
    for user in (alice, bob):
        pages = [text(visit(user), "coaching", *here), text(visit(user), "coaching_place", *place)]
        pages += [text(visit(user), name, inside.slug) for name in ("matrix", "home")]
        assert [word in page or "feels: Not yet" in page for page in pages] == [False] * len(pages)
    assert visit(dan).get(reverse("coaching", args=here)).status_code == 403


def test_of_a_closed_unit_all_is_kept_back(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit
) -> None:
    gina = person("Gina")
    people.add_member(agency=inside, actor=alice, user=gina, roles=(Role.STAFF,))
    session = coach_team(inside, alice, led.closed)
    operations.write_model_text(agency=inside, actor=bob, unit=led.closed, text="Tamrinhouse")
    here = [inside.slug, led.closed.pk]
    for name in ("dialogue", "coaching"):
        page = text(visit(gina), name, *here)
        assert ["Kept back" in page, TRUE_NAME in page, "Tamrinhouse" in page, "Bob" in page] == [True] + [False] * 3
    assert visit(gina).get(reverse("session", args=[*here, session.pk])).status_code == 404
    assert visit(gina).get(reverse("conversation_add", args=here)).status_code == 403
    assert "Tamrinhouse" in text(visit(alice), "coaching", *here)


@pytest.mark.parametrize("name", ["dialogue", "coaching", "my_coaching"])
def test_number_of_queries_is_the_same_at_1_3_and_12_people(
    inside: Agency, led: SimpleNamespace, coach: User, alice: User, visit: Visit, name: str
) -> None:
    browser, counts = visit(coach), []
    url = reverse(name, args=[inside.slug] if name == "my_coaching" else [inside.slug, led.open.pk])
    point = starter.entries(inside, "discussion_points")[0].title
    for number in range(12):
        new = operations.add_worker(agency=inside, actor=alice, name=f"Person {number}")
        operations.add_team_member(
            agency=inside, actor=alice, unit=led.open, worker=new, role=Role.LEADER, joined_on=inside.today()
        )
        coach_team(inside, alice, led.open)
        said: dict[str, Any] = {"date": inside.today(), "points": [point], "agreed": "yes"}
        operations.write_conversation(agency=inside, actor=alice, unit=led.open, worker=new, **said)
        if number in (0, 2, 11):
            counts.append(counted(browser, url))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 30
