"""All transitions of the agency at a glance."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from agencies.seats import Seat
from core.money import Money
from core.periods import month_start
from transition.pages.months import COLUMNS, Figure, share
from transition.queries.lists import plans_seen, units_without_plan
from transition.queries.months import Sum, looked_at, opened_shifts, parts_of, summed


@dataclass(frozen=True)
class PlanRow:
    """A unit's month in one currency."""

    unit: str
    url: str
    share: str
    report_url: str
    cells: list[Figure]


def overview(seat: Seat) -> dict[str, Any]:
    """Units with a transition, those furthest behind first, and units where it has not begun. Nine queries."""
    agency, plans = seat.agency, plans_seen(seat)
    shifts = opened_shifts(plans)
    looked = looked_at(agency, shifts) if shifts else []
    month = month_start(agency.today())
    rows: list[tuple[float, str, PlanRow]] = []
    for plan in plans:
        mine = [each for each in looked if each.shift.wave.plan_id == plan.pk]
        sums = summed(parts_of(mine, month, agency.today())) or {agency.base_currency: Sum()}
        for currency, row in sums.items():
            done = row.moved / row.before if row.before else 0
            rows.append((done, plan.unit_name, plan_row(seat, plan, currency, row)))
    rows.sort(key=lambda each: each[:2])
    return {
        "rows": [row for _done, _name, row in rows],
        "columns": COLUMNS,
        "not_begun": [
            {"name": unit.shown_name, "url": reverse("transition", args=[agency.slug, unit.pk])}
            for unit in units_without_plan(seat, agency)
        ],
    }


def plan_row(seat: Seat, plan: Any, currency: str, row: Sum) -> PlanRow:
    """A unit in the list; its page is for those who may read of its givers."""
    may_open = seat.can("transition.view", plan.unit_id)
    return PlanRow(
        plan.unit_name,
        reverse("transition", args=[seat.agency.slug, plan.unit_id]) if may_open else "",
        share(row.moved, row.before),
        reverse("transition_report", args=[seat.agency.slug, plan.pk]),
        [
            Figure(name, str(label), Money(getattr(row, name), currency).format(seat.agency.locale), "")
            for name, label in COLUMNS.items()
        ],
    )
