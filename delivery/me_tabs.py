"""The tabs of what belongs to one person in a workspace: notices, tasks, and how they want to be told."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.seats import Seat
from delivery.queries import new_notices, open_tasks


@dataclass(frozen=True)
class Tab:
    """One tab, as `components/tabs.html` takes it."""

    label: str
    url: str
    current: bool
    count: int | None = None


def me_tabs(seat: Seat, page: str) -> list[Tab]:
    """The tabs with what is new and open; `page` is the name of the one that is open. Two queries."""
    pages = (
        ("notices", _("Notices"), new_notices(seat) or None),
        ("tasks", _("My tasks"), open_tasks(seat).count() or None),
        ("notice_choices", _("How I am told"), None),
    )
    return [Tab(label, reverse(name, args=[seat.agency.slug]), name == page, count) for name, label, count in pages]
