"""Tasks as pages show them, worked out before the templates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from delivery.business import foreign_among
from delivery.models import Task
from delivery.naming import Worded, worded


@dataclass(frozen=True)
class ShownTask:
    """A line of the list. `status` says that it is late; `done` says who ended it, "" while it is open. A task that the
    app settles has no `done_url`, unless its reader can do nothing about it.
    """

    pk: int
    text: str
    url: str
    due: str
    status: str
    done: str
    done_url: str
    reopen_url: str


def shown_tasks(seat: Seat, tasks: Iterable[Task]) -> list[ShownTask]:
    """Tasks with the names of today, as the reader knows them. Three queries per kind of thing that they name."""
    found, today = list(tasks), seat.agency.today()
    foreign = foreign_among(seat, found)
    return [
        shown_task(seat, task, each, today, is_own=not task.about or task.pk in foreign)
        for task, each in zip(found, worded(seat, found), strict=True)
    ]


def shown_task(seat: Seat, task: Task, words: Worded, today: date, *, is_own: bool) -> ShownTask:
    """One line. `is_own`: its reader may tick it off."""
    here = [seat.agency.slug, task.pk]
    is_late = task.done_at is None and task.due_on is not None and task.due_on < today
    return ShownTask(
        pk=task.pk,
        text=words.text,
        url=task.url if words.leads else "",
        due=_("due %(day)s") % {"day": day_in_words(seat.agency, task.due_on)} if task.due_on else "",
        status=_("Late") if is_late else "",
        done=ended(seat, task),
        done_url=reverse("task_done", args=here) if task.done_at is None and is_own else "",
        reopen_url=reverse("task_reopen", args=here) if task.done_by_id is not None else "",
    )


def ended(seat: Seat, task: Task) -> str:
    """When and how a task ended."""
    if task.done_at is None:
        return ""
    words = _("Done %(day)s") if task.done_by_id is not None else _("Settled %(day)s")
    return words % {"day": day_in_words(seat.agency, task.done_at)}
