"""A unit's impact goal and its readings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ssu.evidence import Resolver, Thing
from ssu.models import ImpactGoal, Reading, Unit


@dataclass(frozen=True)
class GoalPage:
    """The versions of a goal, the newest first, and the readings of the newest one's indicator by day."""

    versions: list[ImpactGoal]
    readings: list[Reading]

    @property
    def current(self) -> ImpactGoal | None:
        return self.versions[0] if self.versions else None


def goal_page(unit: Unit) -> GoalPage:
    """Goal and readings. A changed sentence keeps the line; another indicator or unit of measure begins a new one. Two
    queries.
    """
    versions = list(ImpactGoal.objects.filter(unit=unit).order_by("-version"))
    if not versions:
        return GoalPage([], [])
    measure = (versions[0].indicator, versions[0].unit_of_measure)
    same = [version.pk for version in versions if (version.indicator, version.unit_of_measure) == measure]
    readings = Reading.objects.filter(unit=unit, goal__in=same, withdrawn_at=None).order_by("date", "pk")
    return GoalPage(versions, list(readings))


def as_thing(goal: ImpactGoal, newest: int) -> Thing:
    """A goal version as evidence: it proves step 2 while it is the newest and can be measured."""
    trouble = ""
    if goal.version != newest:
        trouble = f"Version {goal.version} of the impact goal was replaced by version {newest}."
    elif not goal.is_measurable:
        trouble = "The impact goal cannot be measured yet: it needs an indicator, a baseline, a target and a date."
    label = f"version {goal.version}"
    return Thing(goal.pk, goal.unit_id, label, "rollout.view", "goal", (goal.unit_id,), trouble)


def goals_offered(unit: Unit) -> Sequence[Thing]:
    """The newest version."""
    newest = ImpactGoal.objects.filter(unit=unit).order_by("-version").first()
    return [as_thing(newest, newest.version)] if newest else []


def goals_found(ids: Collection[int]) -> dict[int, Thing]:
    """Goal versions by id. Two queries."""
    goals = list(ImpactGoal.objects.filter(pk__in=ids))
    newest: dict[int, int] = {}
    units = {goal.unit_id for goal in goals}
    for unit_id, version in ImpactGoal.objects.filter(unit__in=units).values_list("unit_id", "version"):
        newest[unit_id] = max(version, newest.get(unit_id, 0))
    return {goal.pk: as_thing(goal, newest[goal.unit_id]) for goal in goals}


GOALS = Resolver("Impact goal", goals_offered, goals_found, keys=("2.1",))
