"""The tabs of the pages about giving. Files come in here; the apps above add their own pages."""

from dataclasses import dataclass

from django.urls import reverse

from agencies.navigation import Entry
from agencies.seats import Seat

_entries: list[Entry] = []


@dataclass(frozen=True)
class Tab:
    """One tab, as `components/tabs.html` takes it."""

    label: str
    url: str
    current: bool
    count: int | None = None


def add_giving_tab(entry: Entry) -> None:
    """Register a page about giving."""
    if entry not in _entries:
        _entries.append(entry)
        _entries.sort(key=lambda each: each.order)


def giving_tabs(seat: Seat, page: str) -> list[Tab]:
    """The tabs that this seat may open, `page` being the current one."""
    mine = [entry for entry in _entries if seat.can(entry.right)]
    return [Tab(str(each.label), reverse(each.page, args=[seat.agency.slug]), each.page == page) for each in mine]
