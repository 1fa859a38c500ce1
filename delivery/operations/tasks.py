"""To-dos of people: asked by the app or written by themselves, done, taken up again, settled with their matter."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency, Membership
from agencies.seats import seat_of
from core.errors import Refused
from delivery.business import foreign_among
from delivery.models import Task

OWN = "own"
"""The kind of a task that a person wrote for themselves."""


class TaskDone(Refused):
    """A task is done once."""

    code = "task_done"
    message = "This task is done already, or its matter was settled meanwhile."


class TaskThere(Refused):
    """One matter is one open task."""

    code = "task_there"
    message = "The same matter stands on your list again already."


class MatterOpen(Refused):
    """A task that the app made goes with its matter, and with nothing else: ticked off, the duty would be hidden."""

    code = "task_matter_open"
    message = "This task goes by itself once its matter is settled. Open it and do what it asks."


@dataclass(frozen=True)
class Asked:
    """What a task says; see the model."""

    kind: str
    text: str
    url: str = ""
    named_kind: str = ""
    named_id: int | None = None
    about: str = ""
    due_on: date | None = None


def ask(users: Iterable[User], asked: Asked) -> list[Task]:
    """Put a task on the list of each of these people. Who has an open one of the same matter keeps it."""
    rows = [Task(user=user, **vars(asked)) for user in users]
    made: list[Task] = Task.objects.bulk_create(rows, ignore_conflicts=bool(asked.about))
    return made


def settle_tasks(*, about: Collection[str], but_for: User | None = None) -> int:
    """End the open tasks of matters that are settled, for everybody (`but_for` keeps theirs); return how many."""
    rows = Task.objects.filter(about__in=[each for each in about if each], done_at=None)
    settled: int = rows.exclude(user=but_for).update(done_at=timezone.now())
    return settled


def release(task_ids: Collection[int]) -> int:
    """End those of these tasks that are open: they are their people's business no more. Return how many."""
    rows = Task.objects.filter(pk__in=task_ids, done_at=None)
    ended: int = rows.update(done_at=timezone.now())
    return ended


def reschedule_tasks(*, about: str, due_on: date | None) -> int:
    """Move the open tasks of a matter to another day, or to none; return how many."""
    moved: int = Task.objects.filter(about=about, done_at=None).update(due_on=due_on)
    return moved


@transaction.atomic
def add_task(*, agency: Agency, actor: User, text: str, due_on: date | None = None) -> Task:
    """Write a task for oneself."""
    made: Task = Task.objects.create(user=actor, kind=OWN, text=text, due_on=due_on)
    return made


@transaction.atomic
def finish_task(*, agency: Agency, actor: User, task: Task) -> Task:
    """Tick one's own task off, unless the app settles it: of what the app asked, only that with which one can do
    nothing (any more) is let go. Raises TaskDone, MatterOpen.
    """
    row: Task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk, user=actor)
    if row.done_at is not None:
        raise TaskDone
    if row.about and not foreign_among(seat_of(agency, Membership.objects.get(user=actor, left_at=None)), [row]):
        raise MatterOpen
    row.done_at, row.done_by = timezone.now(), actor
    row.save(update_fields=["done_at", "done_by"])
    return row


@transaction.atomic
def reopen_task(*, agency: Agency, actor: User, task: Task) -> Task:
    """Put one's own task back on the list; one that is there stays. Raises TaskThere when its matter has come back as
    another task meanwhile.
    """
    row: Task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk, user=actor)
    twins = Task.objects.filter(user=actor, about=row.about, done_at=None).exclude(pk=row.pk)
    if row.about and twins.exists():
        raise TaskThere
    row.done_at = row.done_by = None
    row.save(update_fields=["done_at", "done_by"])
    return row
