"""By which ways people are told: as they chose, else as the kind says; tasks of one matter; the pages of both."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from delivery import kinds
from delivery.channels import Channels
from delivery.models import MailHour, Notice, NoticeChoice, Task
from delivery.operations import (
    Named,
    add_task,
    choose_channels,
    finish_task,
    notify,
    release,
    reopen_task,
    reschedule_tasks,
    settle_tasks,
)
from delivery.operations.tasks import MatterOpen, TaskDone, TaskThere
from delivery.queries import new_notices
from tests.ssu.conftest import seat

Visit = Callable[[User], Any]
LOAF = kinds.Kind("loaf", "A loaf is baked", "you like bread", email=True, task=True)
CRUMB = kinds.Kind("crumb", "A crumb fell", "you sweep", asks=False)


@pytest.fixture(autouse=True)
def bakery(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", {"loaf": LOAF, "crumb": CRUMB})


def rows() -> list[tuple[str, bool, bool]]:
    return list(Notice.objects.order_by("pk").values_list("user__name", "in_app", "to_mail"))


def choose(agency: Agency, user: User, **ways: bool) -> None:
    chosen = {"loaf": Channels(**{"in_app": False, "email": False, "task": False, **ways})}
    choose_channels(agency=agency, actor=user, chosen=chosen, hour=7, time_zone="UTC")


def test_without_a_choice_the_kind_decides(inside: Agency, alice: User) -> None:
    notify(agency=inside, users=[alice], kind="loaf", text="Warm.", about="loaf 1")
    notify(agency=inside, users=[alice], kind="crumb", text="Swept.", about="crumb 1")
    notify(agency=inside, users=[alice], kind="nobody registered this", text="Hm.")
    assert rows() == [("Alice", True, True), ("Alice", True, False), ("Alice", True, False)]
    assert list(Task.objects.values_list("about", flat=True)) == ["loaf 1"]


@pytest.mark.parametrize(
    ("ways", "notices", "tasks"),
    [
        ({"in_app": True}, [("Alice", True, False)], 0),
        ({"email": True}, [("Alice", False, True)], 0),
        ({"task": True}, [], 1),
        ({}, [], 0),
    ],
)
def test_a_choice_decides(inside: Agency, alice: User, ways: dict[str, bool], notices: Any, tasks: int) -> None:
    choose(inside, alice, **ways)
    notify(agency=inside, users=[alice], kind="loaf", text="Warm.", about="loaf 1")
    assert (rows(), Task.objects.count()) == (notices, tasks)


def test_the_bell_counts_what_is_in_the_app_only(inside: Agency, alice: User) -> None:
    choose(inside, alice, email=True)
    notify(agency=inside, users=[alice], kind="loaf", text="Warm.")
    assert new_notices(seat(inside, alice)) == 0


def test_what_has_a_key_is_told_once_also_as_a_task_alone(inside: Agency, alice: User, dan: User) -> None:
    choose(inside, dan, task=True)
    for _turn in range(2):
        notify(agency=inside, users=[alice, dan], kind="loaf", text="Warm.", about="loaf 1", key="loaf 1 Monday")
    assert rows() == [("Alice", True, True), ("Dan", False, False)]
    settle_tasks(about=["loaf 1"])
    notify(agency=inside, users=[alice, dan], kind="loaf", text="Warm.", about="loaf 1", key="loaf 1 Monday")
    assert not Task.objects.filter(done_at=None).exists()


def test_one_matter_is_one_open_task(inside: Agency, alice: User) -> None:
    for _turn in range(3):
        notify(agency=inside, users=[alice], kind="loaf", text="Warm.", about="loaf 1")
    task = Task.objects.get()
    day = inside.today() + timedelta(days=3)
    assert reschedule_tasks(about="loaf 1", due_on=day) == 1
    task.refresh_from_db()
    assert task.due_on == day


def test_a_settled_matter_ends_its_tasks_for_everybody_but(inside: Agency, alice: User, dan: User) -> None:
    notify(agency=inside, users=[alice, dan], kind="loaf", text="Warm.", about="loaf 1")
    notify(agency=inside, users=[alice], kind="loaf", text="Warm.", about="loaf 2")
    assert settle_tasks(about=["loaf 1"], but_for=dan) == 1
    open_ones = Task.objects.filter(done_at=None).values_list("user__name", "about").order_by("user__name")
    assert list(open_ones) == [("Alice", "loaf 2"), ("Dan", "loaf 1")]
    assert Task.objects.exclude(done_at=None).get().done_by is None


def test_done_and_taken_up_again(inside: Agency, alice: User) -> None:
    task = add_task(agency=inside, actor=alice, text="Knead")
    finish_task(agency=inside, actor=alice, task=task)
    with pytest.raises(TaskDone):
        finish_task(agency=inside, actor=alice, task=task)
    assert reopen_task(agency=inside, actor=alice, task=task).done_at is None


def test_what_the_app_asks_goes_with_its_matter_alone(inside: Agency, alice: User, visit: Visit) -> None:
    notify(agency=inside, users=[alice], kind="loaf", text="Warm.", about="loaf 1", url="/a/harbor/units/")
    task = Task.objects.get()
    with pytest.raises(MatterOpen):
        finish_task(agency=inside, actor=alice, task=task)
    page = visit(alice).get(reverse("tasks", args=[inside.slug])).content.decode()
    assert reverse("task_done", args=[inside.slug, task.pk]) not in page
    assert 'href="/a/harbor/units/"' in page


def test_what_is_a_persons_business_no_more_is_asked_of_them_no_more(inside: Agency, alice: User, dan: User) -> None:
    notify(agency=inside, users=[alice, dan], kind="loaf", text="Warm.", about="loaf 1", named=Named("oven", 7))
    assert release([Task.objects.get(user=dan).pk]) == 1
    assert list(Task.objects.filter(done_at=None).values_list("user__name", flat=True)) == ["Alice"]


def test_taking_up_again_is_refused_when_the_matter_came_back(inside: Agency, alice: User) -> None:
    notify(agency=inside, users=[alice], kind="loaf", text="Warm.", about="loaf 1")
    first = Task.objects.get()
    settle_tasks(about=["loaf 1"])
    notify(agency=inside, users=[alice], kind="loaf", text="Warm.", about="loaf 1")
    with pytest.raises(TaskThere):
        reopen_task(agency=inside, actor=alice, task=first)


def test_the_table_shows_what_holds_and_keeps_what_is_ticked(inside: Agency, alice: User, visit: Visit) -> None:
    browser, url = visit(alice), reverse("notice_choices", args=[inside.slug])
    page = browser.get(url)
    lines = [
        (line.label, line.in_app.initial, line.email.initial, line.task and line.task.initial)
        for line in page.context["lines"]
    ]
    assert lines == [("A loaf is baked", True, True, True), ("A crumb fell", True, False, None)]
    sent = {"loaf.email": "on", "crumb.in_app": "on", "hour": "21", "time_zone": "Asia/Seoul"}
    assert browser.post(url, sent).status_code == 302
    kept = NoticeChoice.objects.order_by("kind").values_list("kind", "in_app", "email", "task")
    assert list(kept) == [("crumb", True, False, False), ("loaf", False, True, False)]
    assert MailHour.objects.values_list("hour", "time_zone").get() == (21, "Asia/Seoul")
    assert browser.post(url, {**sent, "hour": "24"}).status_code == 422


def test_choices_are_a_persons_own(inside: Agency, alice: User, dan: User, visit: Visit) -> None:
    visit(dan).post(reverse("notice_choices", args=[inside.slug]), {"hour": "7", "time_zone": "UTC"})
    notify(agency=inside, users=[alice, dan], kind="loaf", text="Warm.")
    assert rows() == [("Alice", True, True)]


def test_my_tasks_what_is_due_first_and_late_ones_marked(inside: Agency, alice: User, dan: User, visit: Visit) -> None:
    today = inside.today()
    for text, days in (("Some day", None), ("Next week", 7), ("Yesterday", -1)):
        due = None if days is None else today + timedelta(days=days)
        add_task(agency=inside, actor=alice, text=text, due_on=due)
    add_task(agency=inside, actor=dan, text="Dan's own")
    page = visit(alice).get(reverse("tasks", args=[inside.slug]))
    shown = [(task.text, task.status) for task in page.context["open"]]
    assert shown == [("Yesterday", "Late"), ("Next week", ""), ("Some day", "")]


def test_a_task_of_somebody_else_is_not_found(inside: Agency, alice: User, dan: User, visit: Visit) -> None:
    task = add_task(agency=inside, actor=dan, text="Dan's own")
    for name in ("task_done", "task_reopen"):
        assert visit(alice).post(reverse(name, args=[inside.slug, task.pk])).status_code == 404


def test_a_task_is_added_ticked_off_and_taken_back_in_the_browser(inside: Agency, alice: User, visit: Visit) -> None:
    browser, url = visit(alice), reverse("tasks", args=[inside.slug])
    assert browser.post(url, {"text": ""}).status_code == 422
    browser.post(url, {"text": "Knead the dough"})
    task = Task.objects.get()
    page = browser.post(reverse("task_done", args=[inside.slug, task.pk]), follow=True)
    assert [each.text for each in page.context["done"]] == ["Knead the dough"]
    again = reverse("task_reopen", args=[inside.slug, task.pk])
    assert again in page.content.decode()
    browser.post(again)
    assert [each.text for each in browser.get(url).context["open"]] == ["Knead the dough"]


@pytest.mark.parametrize("name", ["notices", "tasks"])
def test_number_of_queries_is_the_same_at_1_3_and_50_rows(inside: Agency, alice: User, visit: Visit, name: str) -> None:
    browser, url, counts = visit(alice), reverse(name, args=[inside.slug]), []
    for number in range(50):
        notify(agency=inside, users=[alice], kind="loaf", text=f"Loaf {number}", about=f"loaf {number}")
        if number in (0, 2, 49):
            with CaptureQueriesContext(connection) as captured:
                browser.get(url)
            counts.append(len(captured))
    assert counts == [16] * 3
