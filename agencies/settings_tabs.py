"""The tabs of the settings: the pages of an agency about itself."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.seats import Seat


@dataclass(frozen=True)
class Tab:
    """One tab, as `components/tabs.html` takes it."""

    label: str
    url: str
    current: bool
    count: int | None = None


def settings_tabs(seat: Seat, page: str) -> list[Tab]:
    """The tabs that this seat may open, `page` being the current one."""
    pages = (
        ("settings", _("Agency"), "settings.edit"),
        ("people", _("People"), "people.view"),
        ("activity", _("Activity"), "audit.view"),
    )
    return [
        Tab(label, reverse(name, args=[seat.agency.slug]), name == page)
        for name, label, right in pages
        if seat.can(right)
    ]
