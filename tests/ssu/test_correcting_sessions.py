"""A coaching session that was wrong is corrected by a version that takes its place."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Role
from core.errors import Refused
from delivery.models import Notice
from ssu import operations
from ssu.models import CoachingArea, CoachingSession, State, Unit, Worker
from ssu.queries.coaching import coaching_of
from tests.cast import person
from tests.ssu.conftest import coach_team, item_of

Visit = Callable[[User], Any]


def worker(user: User) -> Worker:
    found: Worker = Worker.objects.get(membership__user=user)
    return found


def areas(unit: Unit) -> list[CoachingArea]:
    return list(CoachingArea.objects.of_unit(unit.pk))


@pytest.fixture
def held(inside: Agency, led: SimpleNamespace, alice: User, carol: User) -> CoachingSession:
    """Alice coached Carol in the first area."""
    given: Any = {"kind": "coached", "date": inside.today(), "people": [worker(carol)], "areas": areas(led.open)[:1]}
    return operations.write_session(agency=inside, actor=alice, unit=led.open, **given)


@pytest.fixture
def correct(inside: Agency, led: SimpleNamespace, alice: User, carol: User) -> Callable[..., CoachingSession]:
    """`correct(session, areas=…)` as Alice."""

    def write(session: CoachingSession, **given: Any) -> CoachingSession:
        plain = {
            "reason": "Wrong area",
            "date": inside.today(),
            "people": [worker(carol)],
            "areas": areas(led.open)[:1],
        }
        return operations.correct_session(agency=inside, actor=alice, session=session, **{**plain, **given})

    return write


def refusal(act: Callable[..., object], *args: Any, **given: Any) -> str:
    before = list(CoachingSession.objects.order_by("pk").values_list("pk", "withdrawn_at"))
    with pytest.raises(Refused) as caught, transaction.atomic():
        act(*args, **given)
    assert list(CoachingSession.objects.order_by("pk").values_list("pk", "withdrawn_at")) == before
    return caught.value.code


def test_the_correction_counts_and_the_version_before_stays_with_the_reason(
    led: SimpleNamespace, carol: User, held: CoachingSession, correct: Callable[..., CoachingSession]
) -> None:
    first, second = areas(led.open)[:2]
    made = correct(held, areas=[second], note="Two hours")
    held.refresh_from_db()
    assert (made.replaces, held.withdrawn_reason, held.withdrawn_at is None) == (held, "Wrong area", False)
    assert list(CoachingSession.objects.standing()) == [made]
    coaching = coaching_of([led.open.pk])[led.open.pk]
    cells = [coaching.cell(worker(carol).pk, area.pk).standing for area in (first, second)]
    assert cells == ["left", "coached"]


def test_refusals_write_nothing(
    inside: Agency, alice: User, held: CoachingSession, correct: Callable[..., CoachingSession]
) -> None:
    assert refusal(correct, held, reason=" ") == "reason_missing"
    assert refusal(correct, held, date=inside.today() + timedelta(days=1)) == "coached_ahead"
    assert refusal(correct, held, people=[]) == "nobody_chosen"
    assert refusal(correct, held, areas=[]) == "no_area_chosen"
    assert refusal(correct, held, people=[worker(alice)]) == "not_on_team"
    correct(held)
    assert refusal(correct, held) == "already_withdrawn"


def test_a_plan_stays_a_plan_and_is_corrected_until_it_is_held(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User, correct: Callable[..., CoachingSession]
) -> None:
    given = {"people": [worker(carol)], "areas": areas(led.open)[:1], "unit": led.open}
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    plan = operations.write_session(**act, kind="planned", date=inside.today(), **given)
    plan = correct(plan, date=inside.today() + timedelta(days=3))
    assert plan.kind == "planned"
    session = operations.write_session(**act, kind="coached", date=inside.today(), fulfills=plan, **given)
    assert refusal(correct, plan, date=inside.today() + timedelta(days=4)) == "plan_held"
    assert correct(session, note="Longer").fulfills == plan


def test_what_is_left_by_a_correction_opens_step_4(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, correct: Callable[..., CoachingSession]
) -> None:
    session = coach_team(inside, alice, led.open)
    item = item_of(led.open, "4.2")
    operations.add_object(agency=inside, actor=bob, item=item, kind="ssu.coaching", object_id=led.open.pk)
    item = operations.claim_item(agency=inside, actor=bob, item=item)
    everything = areas(led.open)
    correct(session, people=[worker(bob), worker(carol)], areas=everything, reason="The day", date=inside.today())
    item.refresh_from_db()
    assert item.state == State.READY  # nobody is left, so the claim stands
    correct(CoachingSession.objects.standing().get(), people=[worker(carol)], areas=everything)
    item.refresh_from_db()
    assert item.state == State.IN_PROGRESS


def test_who_attended_already_is_not_told_again(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, held: CoachingSession, correct: Any
) -> None:
    correct(held, people=[worker(bob), worker(carol)])
    told = Notice.objects.filter(kind="coaching_logged").order_by("pk").values_list("user__name", flat=True)
    assert list(told) == ["Carol", "Bob"]


def test_an_area_that_was_archived_since_may_stay(
    inside: Agency, alice: User, led: SimpleNamespace, held: CoachingSession, correct: Callable[..., CoachingSession]
) -> None:
    area = areas(led.open)[0]
    operations.archive_area(agency=inside, actor=alice, area=area)
    assert list(correct(held, areas=[area], note="Two hours").records.values_list("area", flat=True)) == [area.pk]


def test_the_database_holds_one_correction(held: CoachingSession, correct: Callable[..., CoachingSession]) -> None:
    made = correct(held)
    fields = {name: getattr(made, name) for name in ("unit", "kind", "date", "coach", "written_on")}
    with pytest.raises(IntegrityError), transaction.atomic():
        CoachingSession.objects.create(replaces=held, **fields)


def test_a_coach_corrects_on_the_page_and_a_member_may_not(
    inside: Agency, led: SimpleNamespace, serve: Any, carol: User, held: CoachingSession, visit: Visit
) -> None:
    erin = person("Erin")
    serve(erin, led.open, Role.COACH)
    here = [inside.slug, led.open.pk, held.pk]
    url = reverse("session_correct", args=here)
    assert visit(carol).get(url).status_code == 403
    browser = visit(erin)
    assert url in browser.get(reverse("session", args=here)).content.decode()
    form = browser.get(url).context["form"]
    assert form.initial["areas"] == [areas(led.open)[0].pk]
    assert form.initial["coach"] == held.coach_id  # Alice coached, and stays the coach
    sent = {
        "people": worker(carol).pk,
        "areas": areas(led.open)[1].pk,
        "date": inside.today().isoformat(),
        "coach": held.coach_id,
    }
    assert browser.post(url, sent).status_code == 422
    answer = browser.post(url, {**sent, "reason": "Wrong area"})
    made = CoachingSession.objects.standing().get()
    assert answer["Location"] == reverse("session", args=[*here[:2], made.pk])
    assert (made.coach_id, made.written_by) == (held.coach_id, erin)
    assert "See the corrected version" in browser.get(reverse("session", args=here)).content.decode()
    after = browser.get(answer["Location"]).content.decode()
    assert ("Version before" in after, "Wrong area" in after) == (True, True)


def test_a_program_corrects(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User, held: Any, visit: Visit
) -> None:
    url = f"/api/a/{inside.slug}/units/{led.open.pk}/sessions/{held.pk}/correct/"
    body = {"date": inside.today().isoformat(), "people": [worker(carol).pk], "areas": [areas(led.open)[1].pk]}
    sent: dict[str, Any] = {"content_type": "application/json"}
    assert visit(alice).post(url, {**body, "reason": "No"}, **sent).json()["replaces"] == held.pk
    again = visit(alice).post(url, {**body, "reason": "No"}, **sent)
    assert (again.status_code, again.json()["code"]) == (409, "already_withdrawn")
    assert visit(carol).post(url, {**body, "reason": "No"}, **sent).status_code == 403


def test_the_form_of_the_log_knows_what_is_left_to_a_person(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User, held: CoachingSession, visit: Visit
) -> None:
    """It says what was covered and ticks nothing, so that nobody is coached by a tap too few; but the last area."""
    url = f"{reverse('session_log', args=[inside.slug, led.open.pk])}?person={worker(carol).pk}"
    page = visit(alice).get(url)
    assert page.context["form"].initial["areas"] == []
    day = f"{inside.today():%-d %b %Y}"
    assert page.content.decode().count(f"– ✓ {day}") == 1
    one = visit(alice).get(f"{url}&area={areas(led.open)[3].pk}")
    assert one.context["form"].initial["areas"] == [str(areas(led.open)[3].pk)]
    nobody = visit(alice).get(f"{url}99").context["form"]
    assert nobody.initial["areas"] == []
    last: Any = {"people": [worker(carol)], "areas": areas(led.open)[1:-1], "kind": "coached", "date": inside.today()}
    operations.write_session(agency=inside, actor=alice, unit=led.open, **last)
    assert visit(alice).get(url).context["form"].initial["areas"] == [areas(led.open)[-1].pk]
