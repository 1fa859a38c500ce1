"""A unit's impact goal and its readings."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import F, QuerySet
from django.db.models.lookups import IsNull

from agencies.models import Agency
from ssu.evidence import Resolver, Thing
from ssu.models import ImpactGoal, Reading, Unit


@dataclass(frozen=True)
class GoalPage:
    """The versions of a goal, the newest first, and the readings of the indicator that counts by day."""

    versions: list[ImpactGoal]
    readings: list[Reading]

    @property
    def current(self) -> ImpactGoal | None:
        """The version that counts: the newest that was approved; before any was, the newest unless it is out."""
        return counting(self.versions)

    @property
    def draft(self) -> ImpactGoal | None:
        """The newest version while it waits beside the one that counts; None while it is that one itself, or is out."""
        newest = self.newest
        return newest if newest is not None and newest != self.current and not newest.is_out else None

    @property
    def newest(self) -> ImpactGoal | None:
        """The newest version, whatever became of it."""
        return self.versions[0] if self.versions else None


NO_GOAL: Final = GoalPage([], [])


def counting(versions: Sequence[ImpactGoal]) -> ImpactGoal | None:
    """Of the versions of one unit, the newest first, the one that counts; None while nobody has approved any and the
    newest was sent back or thrown away.
    """
    approved = (each for each in versions if each.approved_at is not None)
    return next(approved, versions[0] if versions and not versions[0].is_out else None)


def goal_that_counts(unit_id: int) -> ImpactGoal | None:
    """The version of a unit's goal that counts: the newest that was approved; before any was, the newest unless it was
    sent back or thrown away. One query.
    """
    found: ImpactGoal | None = (
        ImpactGoal.objects.filter(unit=unit_id).order_by(IsNull(F("approved_at"), True), "-version").first()
    )
    return None if found is None or found.is_out else found


def goal_page(unit: Unit) -> GoalPage:
    """Goal and readings. A changed sentence keeps the line; another indicator or unit of measure begins a new one. Two
    queries.
    """
    versions = list(ImpactGoal.objects.filter(unit=unit).order_by("-version"))
    if not versions:
        return NO_GOAL
    return GoalPage(versions, list(line_of(versions).order_by("date", "pk")))


def goal_pages(unit_ids: Collection[int]) -> dict[int, GoalPage]:
    """Goal and readings of each unit that has a goal. Two queries, whatever their number."""
    versions: dict[int, list[ImpactGoal]] = {}
    for goal in ImpactGoal.objects.filter(unit__in=unit_ids).order_by("-version"):
        versions.setdefault(goal.unit_id, []).append(goal)
    measured: dict[int, list[Reading]] = {}
    for reading in Reading.objects.filter(unit__in=unit_ids, withdrawn_at=None).order_by("date", "pk"):
        measured.setdefault(reading.goal_id, []).append(reading)
    return {unit_id: GoalPage(found, in_line(found, measured)) for unit_id, found in versions.items()}


def in_line(versions: list[ImpactGoal], measured: Mapping[int, list[Reading]]) -> list[Reading]:
    """Of readings by goal version, those of what counts, by day; see `line_of`."""
    counts = counting(versions)
    same = [version for version in versions if counts and measure_of(version) == measure_of(counts)]
    found = (reading for version in same for reading in measured.get(version.pk, ()))
    return sorted(found, key=lambda reading: (reading.date, reading.pk))


def readings_of(unit: Unit) -> QuerySet[Reading]:
    """The readings that stand of the indicator that counts. Two queries with their reading."""
    return line_of(list(ImpactGoal.objects.filter(unit=unit).order_by("-version")))


def line_of(versions: Sequence[ImpactGoal]) -> QuerySet[Reading]:
    """The readings that stand of what counts among all versions of a unit, and of those that measure the same."""
    counts = counting(versions)
    same = [version.pk for version in versions if counts and measure_of(version) == measure_of(counts)]
    found: QuerySet[Reading] = Reading.objects.filter(goal__in=same, withdrawn_at=None)
    return found


def measure_of(goal: ImpactGoal) -> tuple[str, str]:
    """What is measured: versions that agree in it share their readings."""
    return goal.indicator, goal.unit_of_measure


@dataclass(frozen=True)
class Path:
    """The agreed way from the baseline to the target: a straight line between two days."""

    begins: date
    ends: date
    baseline: Decimal
    target: Decimal

    def value(self, day: date) -> Decimal:
        """Where the path is on a day; before and after it, where it begins and ends."""
        done = min(max((day - self.begins).days, 0), (self.ends - self.begins).days)
        return self.baseline + (self.target - self.baseline) * done / (self.ends - self.begins).days

    def band(self, day: date) -> tuple[float, float]:
        """The lower and upper edge: between the path and the target, whichever way the number is to move."""
        low, high = sorted((self.value(day), self.target))
        return float(low), float(high)

    def is_kept(self, reading: Reading) -> bool:
        """Whether a reading is on the path or nearer to the target, or beyond it."""
        path = self.value(reading.date)
        return reading.value >= path if self.target >= self.baseline else reading.value <= path


def path_of(agency: Agency, page: GoalPage) -> Path | None:
    """The path of the version that counts. It begins when a goal with its indicator was first written, or with the
    first reading where that is older; None while baseline, target or day are not said, or the day is not after the
    beginning.
    """
    goal = page.current
    if goal is None or goal.baseline is None or goal.target is None or goal.by_when is None:
        return None
    written = min(
        agency.local(each.written_at).date() for each in page.versions if measure_of(each) == measure_of(goal)
    )
    begins = min([written, *(reading.date for reading in page.readings[:1])])
    return Path(begins, goal.by_when, goal.baseline, goal.target) if begins < goal.by_when else None


def as_thing(goal: ImpactGoal, counts: int) -> Thing:
    """A goal version as evidence: it proves step 2 while it counts and can be measured."""
    trouble = ""
    if goal.is_out:
        trouble = f"Version {goal.version} of the impact goal was sent back or thrown away."
    elif goal.version < counts:
        trouble = f"Version {goal.version} of the impact goal was replaced by version {counts}."
    elif goal.version > counts:
        trouble = f"Nobody has approved version {goal.version} of the impact goal yet."
    elif not goal.is_measurable:
        trouble = "The impact goal cannot be measured yet: it needs an indicator, a baseline, a target and a date."
    label = f"version {goal.version}"
    return Thing(goal.pk, goal.unit_id, label, "rollout.view", "goal", (goal.unit_id,), trouble)


def goals_offered(unit: Unit) -> Sequence[Thing]:
    """The version that counts."""
    counts = goal_that_counts(unit.pk)
    return [as_thing(counts, counts.version)] if counts else []


def goals_found(ids: Collection[int]) -> dict[int, Thing]:
    """Goal versions by id. Two queries."""
    goals = list(ImpactGoal.objects.filter(pk__in=ids))
    versions = ImpactGoal.objects.filter(unit__in={goal.unit_id for goal in goals})
    counts: dict[int, int] = {}
    for each in versions.order_by(IsNull(F("approved_at"), True), "-version"):
        counts.setdefault(each.unit_id, each.version)
    return {goal.pk: as_thing(goal, counts[goal.unit_id]) for goal in goals}


GOALS = Resolver("Impact goal", goals_offered, goals_found, ("2.1",), "goal", "rollout.view")
