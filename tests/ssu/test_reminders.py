"""What is given, due, late or quiet: who hears of it, as which task, and how that ends."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency, Membership
from delivery.models import Notice, Task
from delivery.naming import in_words
from jobs import operations as jobs
from jobs.schedule import _entries
from jobs.testing import run_due
from ssu import activity, operations
from ssu.models import ActionItem, RollOut, Worker
from ssu.operations.reminders import remind, tell_quiet
from tests.ssu.conftest import TRUE_NAME, claimed, item_of, overdue


def told(kind: str) -> list[tuple[str, str]]:
    found = list(Notice.objects.filter(kind=kind).select_related("user").order_by("user__name", "pk"))
    return [(notice.user.name, text) for notice, text in zip(found, in_words(found), strict=True)]


def open_tasks() -> list[tuple[str, str]]:
    return list(Task.objects.filter(done_at=None).order_by("user__name", "kind").values_list("user__name", "kind"))


def worker(user: User) -> Worker:
    found: Worker = Worker.objects.get(membership__user=user)
    return found


def planned(agency: Agency, actor: User, item: ActionItem, doer: User | None, days: int | None = None) -> ActionItem:
    due = None if days is None else agency.today() + timedelta(days=days)
    assignee = worker(doer) if doer else None
    ahead = due if due is None else max(due, agency.today())
    made = operations.plan_item(agency=agency, actor=actor, item=item, due_on=ahead, assignee=assignee)
    return made if due == ahead or due is None else overdue(made, due)


def test_whoever_is_given_an_item_hears_of_it_and_has_a_task(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User
) -> None:
    planned(inside, alice, item_of(led.open), carol, days=9)
    day = inside.today() + timedelta(days=9)
    words = f"Riverbend: Alice gave you “1.1 Our organization’s SSU” to do by {day:%-d %b %Y}."
    assert told("item_assigned") == [("Carol", f"{words} Claim it there when it is done.")]
    task = Task.objects.get()
    assert (task.user, task.due_on, task.url) == (carol, day, f"/a/harbor/units/{led.open.pk}/roll-out/1.1/")
    assert in_words([task]) == ["Riverbend: “1.1 Our organization’s SSU”"]


def test_taking_an_item_oneself_is_a_task_and_no_notice(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    planned(inside, bob, item_of(led.open), bob)
    assert told("item_assigned") == []
    assert open_tasks() == [("Bob", "item_assigned")]


def test_another_day_moves_the_task_and_another_person_takes_it_over(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User
) -> None:
    item = planned(inside, alice, item_of(led.open), carol, days=9)
    planned(inside, alice, item, carol, days=3)
    assert Task.objects.get().due_on == inside.today() + timedelta(days=3)
    assert len(told("item_assigned")) == 1
    planned(inside, alice, item, bob, days=3)
    assert open_tasks() == [("Bob", "item_assigned")]
    planned(inside, alice, item, None)
    assert open_tasks() == []


def test_a_task_goes_by_itself_when_the_item_is_claimed(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User
) -> None:
    planned(inside, alice, item_of(led.open), carol)
    claimed(inside, carol, item_of(led.open))
    assert open_tasks() == [("Alice", "item_ready"), ("Bob", "item_ready")]
    assert Task.objects.get(user=carol).done_by is None


def test_what_is_open_again_comes_back_to_the_claimant(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User
) -> None:
    claimed(inside, carol, item_of(led.open))
    operations.undo_item(agency=inside, actor=alice, item=item_of(led.open), reason="Not yet.")
    assert open_tasks() == [("Carol", "item_reopened")]


def test_a_confirmation_that_is_taken_back_asks_the_claimant_for_nothing(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User
) -> None:
    operations.confirm_item(agency=inside, actor=alice, item=claimed(inside, carol, item_of(led.open)))
    operations.undo_item(agency=inside, actor=bob, item=item_of(led.open), reason="Not yet.")
    assert [who for who, _words in told("item_reopened")] == ["Alice", "Carol"]
    assert open_tasks() == []


@pytest.mark.parametrize(("days", "kind"), [(8, ""), (7, "item_due_soon"), (0, "item_due_soon"), (-1, "item_overdue")])
def test_due_and_late_items_are_told_once_for_their_day(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User, days: int, kind: str
) -> None:
    planned(inside, alice, item_of(led.open), carol, days=days)
    for _morning in range(2):
        remind(agency=inside)
    names = {each: [name for name, _text in told(each)] for each in ("item_due_soon", "item_overdue")}
    expected = ["Bob", "Carol"] if kind == "item_overdue" else ["Carol"]
    assert names == {"item_due_soon": [], "item_overdue": []} | ({kind: expected} if kind else {})
    assert [name for name, _kind in open_tasks()].count("Carol") == 1


def test_who_does_what_is_late_and_who_leads_are_each_told_what_they_can_do(
    inside: Agency, led: SimpleNamespace, alice: User, carol: User
) -> None:
    planned(inside, alice, item_of(led.open), carol, days=-1)
    planned(inside, alice, item_of(led.open, "2.1"), None, days=-1)
    remind(agency=inside)
    day = f"{inside.today() - timedelta(days=1):%-d %b %Y}"
    named = "“1.1 Our organization’s SSU”"
    goal = "“2.1 Our SSU’s goal for ministry is”"
    assert told("item_overdue") == [
        ("Bob", f"Riverbend: {named}, which Carol does, was due on {day}. Ask how it goes."),
        ("Bob", f"Riverbend: {goal} was due on {day}, and nobody does it. Give it to somebody there."),
        ("Carol", f"Riverbend: {named}, which you do, was due on {day}. Claim it, or choose another day there."),
    ]


def test_an_item_without_a_doer_is_the_leaders(inside: Agency, led: SimpleNamespace, alice: User) -> None:
    planned(inside, alice, item_of(led.open), None, days=2)
    remind(agency=inside)
    assert [name for name, _text in told("item_due_soon")] == ["Bob"]


def test_claimed_items_and_archived_units_are_left_alone(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User
) -> None:
    planned(inside, alice, item_of(led.open), None, days=-2)
    claimed(inside, bob, item_of(led.open))
    planned(inside, alice, item_of(led.closed), None, days=-2)
    operations.set_archived(agency=inside, actor=alice, unit=led.closed, archived=True)
    assert remind(agency=inside) == 0


def quieten(monkeypatch: pytest.MonkeyPatch, days: dict[int, int]) -> None:
    moments = {pk: timezone.now() - timedelta(days=count) for pk, count in days.items()}
    monkeypatch.setattr(activity, "latest", lambda ids: {pk: moments.get(pk, timezone.now()) for pk in ids})


def test_quiet_units_are_told_to_leaders_and_administrators_once_a_week(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    quieten(monkeypatch, {led.open.pk: 29, led.closed.pk: 41, led.careful.pk: 60})
    assert [tell_quiet(agency=inside) for _turn in range(2)] == [2, 2]
    assert told("unit_quiet") == [
        ("Alice", "2 of your SSUs have been quiet for 30 days or more."),
        ("Bob", "Project Cedar has been quiet for 41 days. Look what is next."),
    ]
    assert [TRUE_NAME in text for _name, text in told("unit_quiet")] == [False, False]


def test_declared_units_are_never_quiet_and_nothing_is_closed(
    inside: Agency, led: SimpleNamespace, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    quieten(monkeypatch, {led.open.pk: 99})
    before = list(ActionItem.objects.order_by("pk").values_list("state", flat=True))
    assert tell_quiet(agency=inside) == 1
    assert list(ActionItem.objects.order_by("pk").values_list("state", flat=True)) == before
    RollOut.objects.create(unit=led.open, declared_on=inside.today(), declared_by=alice)
    assert tell_quiet(agency=inside) == 0


def test_the_agency_says_after_how_many_days(
    inside: Agency, led: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    quieten(monkeypatch, {led.open.pk: 13})
    inside.quiet_after_days = 14
    assert tell_quiet(agency=inside) == 0
    inside.quiet_after_days = 13
    assert tell_quiet(agency=inside) == 1


@pytest.mark.parametrize(("name", "kind"), [("remind of items", "ssu.remind"), ("quiet units", "ssu.tell_quiet")])
def test_the_clock_starts_both_in_every_agency(
    inside: Agency, led: SimpleNamespace, name: str, kind: str, alice: User
) -> None:
    assert (_entries[name].kind, _entries[name].per_agency) == (kind, True)
    job = jobs.start(kind=kind, actor=None, title=name)
    run_due()
    job.refresh_from_db()
    assert job.state == "done"


def test_who_left_the_agency_is_asked_nothing(inside: Agency, led: SimpleNamespace, alice: User, carol: User) -> None:
    doer: Any = worker(carol)
    Membership.objects.filter(user=carol).update(left_at=timezone.now())
    operations.plan_item(agency=inside, actor=alice, item=item_of(led.open), due_on=None, assignee=doer)
    assert told("item_assigned") == []
