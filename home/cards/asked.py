"""For everybody: what they are asked to read and to do."""

from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.seats import Seat
from communications.kinds import GUIDELINES
from communications.operations.asking import about
from communications.queries.reading import Asked, asked_of
from delivery.models import Task
from delivery.queries import open_tasks
from delivery.shown_tasks import shown_tasks
from home.cards.parts import Card, Row, url
from ssu.notice_kinds import READY

SHOWN = 5
"""Tasks; what is to be read stands there whole, above them."""


def asked(seat: Seat) -> list[Card]:
    """The agreed words of one's units that one has not acknowledged, then the first of the open tasks, what is due
    first; no card when nothing is asked. What stands elsewhere on the page is not told twice: a task to read what
    stands above, and to confirm an item, which has a card of its own.
    """
    words = asked_of(seat)
    read = [about(each.kind, each.words.pk) for each in words]
    tasks = open_tasks(seat).exclude(about__in=read)
    if seat.unit_ids("rollout.confirm") != frozenset():
        tasks = tasks.exclude(kind=READY.name)
    open_ones = list(tasks[: SHOWN + 1])
    rows = [*words_rows(seat, words), *task_rows(seat, open_ones[:SHOWN])]
    if not rows:
        return []
    label = _("See all") if len(open_ones) > SHOWN else _("Open my tasks")
    return [Card(id="asked", title=_("Asked of me"), rows=rows, action_label=label, action_url=url(seat, "tasks"))]


def words_rows(seat: Seat, words: list[Asked]) -> list[Row]:
    """What is to be read."""
    return [
        Row(
            title(each.kind == GUIDELINES) % {"unit": each.unit_name},
            _("version %(number)s, one tap when you have read it") % {"number": each.words.version},
            url(seat, each.kind.page, each.words.unit_id),
            since=day_in_words(seat.agency, each.words.approved_at),
            status=_("Not read yet"),
            tone="warn",
        )
        for each in words
    ]


def task_rows(seat: Seat, tasks: list[Task]) -> list[Row]:
    """What is to be done."""
    page = url(seat, "tasks")
    shown = shown_tasks(seat, tasks) if tasks else []
    return [Row(task.text, "", task.url or page, since=task.due, status=task.status, tone="bad") for task in shown]


def title(is_guidelines: bool) -> str:
    """What is asked, with a place for the unit's name."""
    if is_guidelines:
        return _("Read and acknowledge the guidelines of %(unit)s")
    return _("Read and acknowledge the core messages of %(unit)s")
