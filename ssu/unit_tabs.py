"""The tabs of a unit's pages. Apps above add their own when they are ready: `add_tab(UnitTab(40, _("Budget"),
"unit_budget", "budgets.view"))`.
"""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat


@dataclass(frozen=True)
class UnitTab:
    """A tab: its page takes agency slug and unit id; `right` is needed for that unit."""

    order: int
    label: Any
    page: str
    right: str


TABS: list[UnitTab] = [
    UnitTab(10, _("Overview"), "unit", "units.view"),
    UnitTab(20, _("Roll-out"), "rollout", "rollout.view"),
    UnitTab(30, _("Team"), "team", "rollout.view"),
    UnitTab(32, _("Dialogue"), "dialogue", "dialogue.view"),
    UnitTab(34, _("Coaching"), "coaching", "coaching.view"),
    UnitTab(40, _("Impact"), "goal", "rollout.view"),
    UnitTab(45, _("Tactics"), "tactics", "rollout.view"),
    UnitTab(70, _("Appeals"), "unit_gate", "rollout.view"),
    UnitTab(80, _("Activity"), "unit_activity", "rollout.view"),
    UnitTab(90, _("Settings"), "unit_edit", "units.edit"),
]


@dataclass(frozen=True)
class Shown:
    """A tab as `components/tabs.html` draws it."""

    label: str
    url: str
    current: bool
    count: int | None = None


def add_tab(tab: UnitTab) -> None:
    """Add a tab. Adding it twice changes nothing."""
    if tab not in TABS:
        TABS.append(tab)
        TABS.sort(key=lambda each: each.order)


def tabs(seat: Seat, unit_id: int, current: str) -> list[Shown]:
    """The tabs that this seat may open for a unit; `current` is the name of the page that is open."""
    return [
        Shown(str(tab.label), reverse(tab.page, args=[seat.agency.slug, unit_id]), tab.page == current)
        for tab in TABS
        if seat.can(tab.right, unit_id)
    ]
