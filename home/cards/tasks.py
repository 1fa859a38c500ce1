"""For everybody: what they are asked to do."""

from django.utils.translation import gettext as _

from agencies.seats import Seat
from delivery.queries import open_tasks
from delivery.shown_tasks import shown_tasks
from home.cards.parts import Card, Row, url

SHOWN = 5


def tasks(seat: Seat) -> list[Card]:
    """The first of the open tasks, what is due first; no card when nothing is asked. Two queries at most."""
    found = list(open_tasks(seat)[: SHOWN + 1])
    if not found:
        return []
    page = url(seat, "tasks")
    rows = [
        Row(task.text, "", task.url or page, since=task.due, status=task.status, tone="bad")
        for task in shown_tasks(seat, found[:SHOWN])
    ]
    label = _("See all") if len(found) > SHOWN else _("Open my tasks")
    return [Card(id="tasks", title=_("Asked of me"), rows=rows, action_label=label, action_url=page)]
