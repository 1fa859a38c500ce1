"""What changed in the units since a day, for the board: units, steps, goals, readings and budgets, never a partner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from agencies.seats import Seat
from budgets.models import Budget
from ssu.models import ActionItem, ImpactGoal, ItemEvent, Reading, RollOut, State, Unit
from ssu.models.own_items import RETIRED
from ssu.states import CONFIRMING

Kind = ItemEvent.Kind
SETTLING = {**dict.fromkeys(CONFIRMING, Kind.CONFIRMED), Kind.NOT_APPLICABLE: Kind.NOT_APPLICABLE}
"""Where an item stands after an act: a confirmation that was given back counts as the one that it was."""
OPENING = (Kind.UNDONE, Kind.REOPENED)
REACHED = {State.COMPLETED: Kind.CONFIRMED, State.NOT_APPLICABLE: Kind.NOT_APPLICABLE}


@dataclass(frozen=True)
class Moved:
    """The indicator of a unit, from its last value before the day (or the baseline) to the newest."""

    goal: ImpactGoal
    before: Any
    after: Any


@dataclass
class UnitChanges:
    """What changed in one unit. `confirmed` are the items that stand confirmed and did not on the day;
    `set_aside` those that are not applicable now and were not then, `reopened` those of which either was taken back
    since, and which are still open. What the agency retired itself is in none of them.
    """

    unit: Any
    is_new: bool = False
    is_declared: bool = False
    confirmed: list[ActionItem] = field(default_factory=list)
    set_aside: list[ActionItem] = field(default_factory=list)
    reopened: list[ActionItem] = field(default_factory=list)
    goals: int = 0
    moved: Moved | None = None
    budgets: list[int] = field(default_factory=list)

    @property
    def weight(self) -> int:
        """How many things changed."""
        single = self.is_new + self.is_declared + self.goals + (self.moved is not None)
        items = len(self.confirmed) + len(self.set_aside) + len(self.reopened)
        return items + len(self.budgets) + single


@dataclass
class Line:
    """What became of one item: whether it was confirmed or set aside on the day, and at any moment since. "" stands for
    neither.
    """

    item: ActionItem
    then: str = ""
    ever: bool = False

    @property
    def now(self) -> str:
        """Where it stands: confirmed, not applicable, or neither."""
        return REACHED.get(State(self.item.state), "")

    def note(self, kind: str, is_before: bool) -> None:
        """One event more, in the order in which they happened."""
        reached = SETTLING.get(Kind(kind), "")
        if is_before:
            self.then, self.ever = reached, bool(reached)
        else:
            self.ever = self.ever or bool(reached)


def changes_since(seat: Seat, since: date) -> list[UnitChanges]:
    """The units that the seat may see in which something changed since the beginning of a day, the most changed first.
    Seven queries for any number of units.
    """
    agency = seat.agency
    moment = datetime.combine(since, time.min, tzinfo=agency.zone)
    reached = seat.unit_ids("rollout.view")
    seen = Unit.objects.seen_by(seat)
    units = {unit.pk: UnitChanges(unit) for unit in (seen if reached is None else seen.filter(pk__in=reached))}
    for found in units.values():
        found.is_new = found.unit.created_at >= moment
    note_items(units, moment)
    for unit_id in RollOut.objects.standing().filter(declared_at__gte=moment).values_list("unit_id", flat=True):
        if unit_id in units:
            units[unit_id].is_declared = True
    for unit_id in ImpactGoal.objects.filter(approved_at__gte=moment).values_list("unit_id", flat=True):
        if unit_id in units:
            units[unit_id].goals += 1
    note_readings(units, since)
    note_budgets(seat, units, moment)
    return sorted((each for each in units.values() if each.weight), key=lambda each: -each.weight)


def note_items(units: dict[int, UnitChanges], moment: datetime) -> None:
    """What is confirmed or set aside now and was not then, and what was and is no longer. Every item counts once,
    however often it went to and fro. One query.
    """
    kinds = [*SETTLING, *OPENING]
    touched = ItemEvent.objects.filter(at__gte=moment, kind__in=kinds).values("item")
    events = ItemEvent.objects.filter(item__in=touched, kind__in=kinds).select_related("item")
    lines: dict[int, Line] = {}
    for event in events.order_by("item__step", "item__position", "item", "pk"):
        lines.setdefault(event.item_id, Line(event.item)).note(event.kind, event.at < moment)
    for line in lines.values():
        if line.item.unit_id in units:
            note_line(units[line.item.unit_id], line)


def note_line(changes: UnitChanges, line: Line) -> None:
    """The list in which an item is told, if it is news."""
    if line.item.reason == RETIRED:
        return  # the agency's act, not the unit's
    if line.now and line.now != line.then:
        (changes.confirmed if line.now == Kind.CONFIRMED else changes.set_aside).append(line.item)
    elif line.ever and not line.now:
        changes.reopened.append(line.item)


def note_readings(units: dict[int, UnitChanges], since: date) -> None:
    """Indicators that moved. Two queries."""
    lately = set(Reading.objects.filter(date__gte=since, withdrawn_at=None).values_list("unit_id", flat=True))
    readings = Reading.objects.filter(unit__in=lately & units.keys(), withdrawn_at=None).select_related("goal")
    by_unit: dict[int, list[Reading]] = {}
    for reading in readings.order_by("date", "pk"):
        by_unit.setdefault(reading.unit_id, []).append(reading)
    for unit_id, line in by_unit.items():
        units[unit_id].moved = moved(line, since)


def moved(line: Sequence[Reading], since: date) -> Moved | None:
    """From the last value before the day to the newest, of the newest one's indicator; None where both are the same."""
    newest = line[-1]
    same = [each for each in line if measure(each.goal) == measure(newest.goal)]
    earlier = [each.value for each in same if each.date < since]
    before = earlier[-1] if earlier else newest.goal.baseline
    return Moved(newest.goal, before, newest.value) if before != newest.value else None


def measure(goal: ImpactGoal) -> tuple[str, str]:
    """What a reading counts: only like is compared with like."""
    return goal.indicator, goal.unit_of_measure


def note_budgets(seat: Seat, units: dict[int, UnitChanges], moment: datetime) -> None:
    """Budgets that were approved, by fiscal year. One query."""
    approved = Budget.objects.seen_by(seat).filter(approved_at__gte=moment).order_by("fiscal_year")
    for unit_id, year in approved.values_list("unit_id", "fiscal_year"):
        if unit_id in units:
            units[unit_id].budgets.append(year)


def total(found: Iterable[UnitChanges], name: str) -> int:
    """How often something changed, over all units: a list by its length, a number or a yes by itself."""
    values = (getattr(each, name) for each in found)
    return sum(len(value) if isinstance(value, list) else int(bool(value)) for value in values)
