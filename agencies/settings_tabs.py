"""The tabs of the settings: the pages of an agency about itself."""

from dataclasses import dataclass
from typing import Any

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


_added: list[tuple[str, Any, str]] = []


def add_settings_tab(page: str, label: Any, right: str) -> None:
    """An app above adds its page of settings: name of the page, words on the tab, the right that it needs."""
    if (page, label, right) not in _added:
        _added.append((page, label, right))


def settings_tabs(seat: Seat, page: str) -> list[Tab]:
    """The tabs that this seat may open, `page` being the current one."""
    pages = (
        ("settings", _("Agency"), "settings.edit"),
        ("look", _("Look"), "settings.edit"),
        ("people", _("People"), "people.view"),
        ("activity", _("Activity"), "audit.view"),
        ("api_keys", _("Programs"), "keys.make"),
        *_added,
    )
    return [
        Tab(str(label), reverse(name, args=[seat.agency.slug]), name == page)
        for name, label, right in pages
        if seat.can(right)
    ]
