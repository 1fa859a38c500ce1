"""Impact goals and readings."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from communications.sources import starter_values
from delivery.models import Notice, Task
from ssu import operations
from ssu.models import ImpactGoal, Reading, State, Unit
from ssu.operations import evidence, goals
from ssu.pages.goals import reading_chart
from ssu.queries.goals import Path, goal_page, path_of
from tests.ssu.conftest import item_of, seat

FULL: dict[str, Any] = {
    "statement": "Scripture in use in 14 communities by 2099.",
    "reinforces": "",
    "indicator": "communities with Scripture in use",
    "unit_of_measure": "communities",
    "baseline": Decimal(2),
    "target": Decimal(14),
    "by_when": date(2099, 12, 31),
}


def write(agency: Agency, actor: User, unit: Unit, **changed: Any) -> ImpactGoal:
    return operations.add_goal_version(agency=agency, actor=actor, unit=unit, **{**FULL, **changed})


def attach(agency: Agency, actor: User, unit: Unit, goal: ImpactGoal) -> Any:
    item = item_of(unit, "2.1")
    operations.add_object(agency=agency, actor=actor, item=item, kind="ssu.goal", object_id=goal.pk)
    return item_of(unit, "2.1")


def test_a_change_is_the_next_version(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    write(inside, bob, led.open)
    with pytest.raises(goals.GoalUnchanged):
        write(inside, bob, led.open)
    second = write(inside, bob, led.open, target=Decimal(16))
    assert second.version == 2
    assert [goal.target for goal in goal_page(led.open).versions] == [16, 14]


def test_author_does_not_approve_and_only_the_newest_is_approved(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    first = write(inside, bob, led.open)
    with pytest.raises(goals.OwnGoal):
        operations.approve_goal(agency=inside, actor=bob, goal=first)
    second = write(inside, bob, led.open, target=Decimal(16))
    with pytest.raises(goals.GoalSuperseded):
        operations.approve_goal(agency=inside, actor=alice, goal=first)
    assert operations.approve_goal(agency=inside, actor=alice, goal=second).approved_by == alice


def test_goal_is_evidence_only_when_it_can_be_measured(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    vague = write(inside, bob, led.open, target=None)
    with pytest.raises(evidence.NotThere, match="indicator, a baseline, a target and a date"):
        attach(inside, bob, led.open, vague)
    assert attach(inside, bob, led.open, write(inside, bob, led.open)).state == State.IN_PROGRESS


def test_new_version_opens_the_item_that_rests_on_the_old_one(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    item = attach(inside, bob, led.open, write(inside, bob, led.open))
    operations.claim_item(agency=inside, actor=bob, item=item)
    operations.confirm_item(agency=inside, actor=alice, item=item)
    write(inside, bob, led.open, target=Decimal(16))
    opened = item_of(led.open, "2.1")
    assert (opened.state, opened.confirmed_by) == (State.IN_PROGRESS, None)
    assert opened.reason.startswith("The impact goal has a new version (2)")


def counts(unit: Unit) -> tuple[int | None, int | None]:
    """The version that counts, and the one that waits beside it."""
    found = goal_page(unit)
    return (found.current.version if found.current else None), (found.draft.version if found.draft else None)


def test_the_approved_goal_counts_until_somebody_else_approves_the_next(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    first = write(inside, bob, led.open)
    assert counts(led.open) == (1, None)
    operations.approve_goal(agency=inside, actor=alice, goal=first)
    item = attach(inside, bob, led.open, first)
    operations.claim_item(agency=inside, actor=bob, item=item)
    operations.confirm_item(agency=inside, actor=alice, item=item)
    operations.add_reading(agency=inside, actor=bob, goal=first, date=inside.today(), value=Decimal(5))
    second = write(inside, bob, led.open, statement="Two groups in every village.", indicator="groups")
    page = goal_page(led.open)
    assert counts(led.open) == (1, 2)
    assert (len(page.readings), item_of(led.open, "2.1").state) == (1, State.COMPLETED)
    with pytest.raises(evidence.NotThere, match="Nobody has approved version 2"):
        attach(inside, bob, led.open, second)
    operations.approve_goal(agency=inside, actor=alice, goal=second)
    assert counts(led.open) == (2, None)
    assert (goal_page(led.open).readings, item_of(led.open, "2.1").state) == ([], State.IN_PROGRESS)


def test_pages_drafts_and_copies_take_the_goal_that_counts(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, visit: Callable[[User], Any]
) -> None:
    operations.approve_goal(agency=inside, actor=alice, goal=write(inside, bob, led.open))
    write(inside, bob, led.open, statement="Every village has two groups.")
    assert starter_values(seat(inside, alice), led.open)["impact_goal"] == FULL["statement"]
    overview = visit(alice).get(reverse("unit", args=[inside.slug, led.open.pk])).content.decode()
    assert FULL["statement"] in overview
    assert "Every village has two groups." not in overview
    assert "Version 2 waits for agreement." in overview
    page = visit(alice).get(reverse("goal", args=[inside.slug, led.open.pk])).content.decode()
    assert page.index(FULL["statement"]) < page.index("Every village has two groups.")
    assert "Approve this version" in page


def test_those_who_may_approve_are_asked_and_the_author_hears_of_it(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    first = write(inside, bob, led.open)
    second = write(inside, bob, led.open, target=Decimal(16))
    assert list(Task.objects.filter(done_at=None).values_list("user__name", "kind")) == [("Alice", "goal_waits")]
    operations.approve_goal(agency=inside, actor=alice, goal=second)
    assert not Task.objects.filter(done_at=None).exists()
    said = [(notice.user.name, notice.kind) for notice in Notice.objects.order_by("pk")]
    assert said == [("Alice", "goal_waits"), ("Alice", "goal_waits"), ("Bob", "goal_approved")]
    assert first.version == 1


def test_goal_of_another_unit_is_no_evidence(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    theirs = write(inside, bob, led.closed)
    with pytest.raises(evidence.NotThere):
        attach(inside, bob, led.open, theirs)


def test_readings_by_day_without_the_withdrawn(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    goal = write(inside, bob, led.open)
    today = inside.today()

    def read(day: date, value: int) -> Reading:
        return operations.add_reading(agency=inside, actor=bob, goal=goal, date=day, value=Decimal(value))

    read(today, 5)
    wrong = read(today - timedelta(days=30), 50)
    with pytest.raises(goals.ReadingThere):
        read(today, 6)
    with pytest.raises(goals.ReadingInFuture):
        read(today + timedelta(days=1), 6)
    operations.withdraw_reading(agency=inside, actor=bob, reading=wrong)
    operations.restore_reading(agency=inside, actor=bob, reading=wrong)
    assert [reading.value for reading in goal_page(led.open).readings] == [50, 5]
    operations.withdraw_reading(agency=inside, actor=bob, reading=wrong)
    read(today - timedelta(days=30), 4)
    assert [reading.value for reading in goal_page(led.open).readings] == [4, 5]
    with pytest.raises(goals.ReadingThere):
        operations.restore_reading(agency=inside, actor=bob, reading=wrong)


def test_line_goes_on_over_versions_of_the_same_measure(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    first = write(inside, bob, led.open)
    operations.add_reading(agency=inside, actor=bob, goal=first, date=inside.today(), value=Decimal(5))
    write(inside, bob, led.open, target=Decimal(16))
    assert len(goal_page(led.open).readings) == 1
    write(inside, bob, led.open, indicator="wells")
    assert goal_page(led.open).readings == []


def test_a_day_has_one_reading_in_the_line_whichever_version(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    today = inside.today()
    first = write(inside, bob, led.open)
    wrong = operations.add_reading(agency=inside, actor=bob, goal=first, date=today, value=Decimal(5))
    second = write(inside, bob, led.open, target=Decimal(16))
    with pytest.raises(goals.ReadingThere):
        operations.add_reading(agency=inside, actor=bob, goal=second, date=today, value=Decimal(6))
    operations.withdraw_reading(agency=inside, actor=bob, reading=wrong)
    operations.add_reading(agency=inside, actor=bob, goal=second, date=today, value=Decimal(6))
    with pytest.raises(goals.ReadingThere):
        operations.restore_reading(agency=inside, actor=bob, reading=wrong)
    other = write(inside, bob, led.open, indicator="wells")
    assert operations.add_reading(agency=inside, actor=bob, goal=other, date=today, value=Decimal(1)).pk


def test_goal_and_reading_by_form(
    inside: Agency, led: SimpleNamespace, bob: User, visit: Callable[[User], Any]
) -> None:
    browser, here = visit(bob), [inside.slug, led.open.pk]
    same = browser.post(reverse("goal_write", args=here), {"statement": "x", "baseline": "5", "target": "5"})
    assert same.status_code == 422
    assert "nothing would change" in same.content.decode()
    sent = {**FULL, "by_when": "2099-12-31"}
    assert browser.post(reverse("goal_write", args=here), sent).status_code == 302
    reading = {"date": inside.today().isoformat(), "value": "4.5", "story": "Two villages began."}
    assert browser.post(reverse("reading_add", args=here), reading).status_code == 302
    page = browser.get(reverse("goal", args=here)).content.decode()
    assert "4.5 communities" in page
    assert "Two villages began." in page


def test_the_path_goes_straight_from_the_baseline_to_the_target() -> None:
    path = Path(date(2026, 1, 1), date(2026, 1, 11), Decimal(2), Decimal(12))
    days = (date(2025, 12, 1), date(2026, 1, 1), date(2026, 1, 6), date(2026, 1, 11), date(2026, 2, 1))
    assert [path.band(day) for day in days] == [(2, 12), (2, 12), (7, 12), (12, 12), (12, 12)]


@pytest.mark.parametrize(
    ("baseline", "target", "value", "kept"),
    [
        (2, 12, 7, True),
        (2, 12, 6, False),
        (2, 12, 20, True),
        (30, 10, 20, True),
        (30, 10, 21, False),
        (30, 10, 0, True),
    ],
)
def test_a_reading_keeps_the_path_on_its_side_of_the_target(baseline: int, target: int, value: int, kept: bool) -> None:
    path = Path(date(2026, 1, 1), date(2026, 1, 11), Decimal(baseline), Decimal(target))
    assert path.is_kept(Reading(date=date(2026, 1, 6), value=Decimal(value))) == kept


def test_there_is_no_path_to_a_day_that_is_over(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    write(inside, bob, led.open, by_when=inside.today())
    assert path_of(inside, goal_page(led.open)) is None


def test_the_chart_draws_the_band_and_says_where_the_line_stands(
    inside: Agency, led: SimpleNamespace, bob: User
) -> None:
    today = inside.today()
    goal = write(inside, bob, led.open, by_when=today + timedelta(days=100))
    for ago, value in ((100, 2), (50, 4), (0, 7)):
        operations.add_reading(
            agency=inside, actor=bob, goal=goal, date=today - timedelta(days=ago), value=Decimal(value)
        )
    drawn = reading_chart(seat(inside, bob), goal_page(led.open))
    assert drawn is not None
    assert [dot.x for dot in drawn.dots] == ["8.00%", "27.00%", "46.00%"]
    assert [reading.low for reading in drawn.readings] == [2, 5, 8, 14]
    assert drawn.readings[-1].mark == "target 14"
    assert drawn.band != ""
    assert drawn.finding.endswith("target 14 communities, behind the agreed path")


def test_a_day_that_is_over_is_no_goal(
    inside: Agency, led: SimpleNamespace, bob: User, visit: Callable[[User], Any]
) -> None:
    sent = {**FULL, "by_when": "1990-01-01"}
    answer = visit(bob).post(reverse("goal_write", args=[inside.slug, led.open.pk]), sent)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "This day is over. Enter the day by which the target is to be reached." in said
    assert FULL["statement"] in said
    assert not ImpactGoal.objects.filter(unit=led.open).exists()
    write(inside, bob, led.open, by_when=inside.today())
