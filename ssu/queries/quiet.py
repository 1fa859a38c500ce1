"""How long nobody has done anything in a unit. It warns; it never closes anything."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from agencies.models import Agency
from ssu import activity
from ssu.models import RollOut, Unit

SOON: Final = "soon"
QUIET: Final = "quiet"
WARNED_AT: Final = 75
"""Percent of the agency's days after which a unit carries a badge."""


@dataclass(frozen=True)
class Stillness:
    """Whole days since anything was done, on the agency's calendar, and of how many the agency wants to hear. A unit
    that is declared complete or archived is never quiet: `counts` is False.
    """

    days: int
    after: int
    counts: bool = True

    @property
    def level(self) -> str:
        """`QUIET` once the agency's days are over, `SOON` from three quarters of them, else ""."""
        if not self.counts or self.days * 100 < self.after * WARNED_AT:
            return ""
        return QUIET if self.days >= self.after else SOON

    @property
    def words(self) -> str:
        """The badge, "" for a unit that needs none."""
        if not self.level:
            return ""
        return _("Quiet for %(days)s days") % {"days": self.days}

    @property
    def tone(self) -> str:
        """The tone of the badge."""
        return "warn" if self.level == QUIET else "none"


def stillness(agency: Agency, units: Sequence[Any]) -> dict[int, Stillness]:
    """How quiet units are, by id. Two queries for any number."""
    ids = [unit.pk for unit in units]
    if not ids:
        return {}
    last, declared, today = activity.latest(ids), declared_among(ids), agency.today()
    return {
        unit.pk: Stillness(
            days=max(0, (today - agency.local(last.get(unit.pk, unit.created_at)).date()).days),
            after=agency.quiet_after_days,
            counts=unit.status == Unit.Status.ACTIVE and unit.pk not in declared,
        )
        for unit in units
    }


def declared_among(unit_ids: Collection[int]) -> set[int]:
    """Which of these units have declared their roll-out complete."""
    return set(RollOut.objects.standing().filter(unit__in=unit_ids).values_list("unit_id", flat=True))
