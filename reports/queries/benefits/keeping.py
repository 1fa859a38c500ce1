"""Partners who stay when the worker they gave to has left."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.models import GiftLine, GivingUnit
from reports.queries.benefits.frame import YEAR, Figure, Measure, Share, Windows
from ssu.models import TeamMember, Unit

MARKS = (90, 180, 365)
"""Days after a worker has left."""


def leavers(unit: Unit, today: date) -> dict[int, date]:
    """Who served in the unit and does not any more, with the day of leaving. A change of role is no leaving."""
    left: dict[int, date] = {}
    still = set()
    service = TeamMember.objects.filter(unit=unit.pk).values_list("worker_id", "left_on", "joined_on")
    for worker_id, left_on, joined_on in service:
        if left_on is None or left_on > today:
            still.add(worker_id)
        elif left_on != joined_on:
            left[worker_id] = max(left_on, left.get(worker_id, left_on))
    return {worker_id: day for worker_id, day in left.items() if worker_id not in still}


def partners_kept(unit: Unit, windows: Windows, today: date) -> list[Measure]:
    """A measure per mark. Two queries for any number of leavers."""
    found = leavers(unit, today)
    counts = kept(unit, found, today)
    shift = windows.before and unit.shift_date
    formula = _(
        "Of those who gave to the worker’s account in the year before the worker left: who gave to the unit, or to an "
        "account that names it, in the %(near)s days before day %(mark)s or in the year after that day. Workers who "
        "left less than %(mark)s days ago are left out."
    )
    return [
        Measure(
            _("Still giving %(mark)s days after their worker left") % {"mark": mark},
            formula % {"mark": mark, "near": min(MARKS)},
            added(counts[each][mark] for each, day in found.items() if shift and day < shift),
            added(counts[each][mark] for each, day in found.items() if not shift or day >= shift),
            things=lambda number: ngettext("of %(number)s giver", "of %(number)s givers", number),
            none=_("no worker left %(mark)s days ago or earlier") % {"mark": mark},
        )
        for mark in MARKS
    ]


def added(shares: Iterable[Share | None]) -> Figure:
    """The shares of several leavers in one; None when nobody's time is up."""
    whole = [share for share in shares if share is not None]
    if not whole:
        return None
    return Share(sum(share.part for share in whole), sum(share.whole for share in whole))


def kept(unit: Unit, left: Mapping[int, date], today: date) -> dict[int, dict[int, Share | None]]:
    """How many giving units of each worker were still there at each mark, by worker id; None for a mark that is yet to
    come. One query for all of them.
    """
    if not left:
        return {}
    parts = [still_giving(unit, worker_id, left_on) for worker_id, left_on in left.items()]
    found: dict[int, list[tuple[bool, ...]]] = {worker_id: [] for worker_id in left}
    for worker_id, *row in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
        found[worker_id].append(tuple(row))
    return {worker_id: shares(rows, left[worker_id], today) for worker_id, rows in found.items()}


def shares(rows: Sequence[tuple[bool, ...]], left_on: date, today: date) -> dict[int, Share | None]:
    """The share at each mark, of rows that say of a giving unit at which marks it was still there."""
    return {
        mark: Share(sum(row[place] for row in rows), len(rows)) if left_on + timedelta(days=mark) <= today else None
        for place, mark in enumerate(MARKS)
    }


def still_giving(unit: Unit, worker_id: int, left_on: date) -> Any:
    """Who gave to a worker in the year before the day of leaving: the worker's id, then per mark whether they still
    gave to the unit.
    """
    year_before = Q(
        designation__worker=worker_id, gift__date__gte=left_on - timedelta(days=YEAR), gift__date__lt=left_on
    )
    lines = GiftLine.objects.standing().filter(gift__giving_unit=OuterRef("pk"), gift__withdrawn_at=None, amount__gt=0)
    givers = GivingUnit.objects.filter(Exists(lines.filter(year_before)), is_unidentified=False)
    marks = {}
    for mark in MARKS:
        day = left_on + timedelta(days=mark)
        near = Q(gift__date__gt=day - timedelta(days=min(MARKS)), gift__date__lte=day + timedelta(days=YEAR))
        marks[f"kept_{mark}"] = Exists(lines.filter(near, designation__unit=unit.pk))
    return givers.order_by().annotate(leaver=Value(worker_id), **marks).values_list("leaver", *marks)
