"""Strategies, units, the people who serve in them, goals, and the roll-out in six steps."""

from ssu.models.discretion import Discretion
from ssu.models.goals import ImpactGoal, Reading
from ssu.models.rollout import ActionItem, Evidence, ItemEvent, RollOut, State
from ssu.models.strategies import Strategy
from ssu.models.team import PersonLowering, TeamMember, Worker
from ssu.models.units import Lowering, Unit

__all__ = [
    "ActionItem",
    "Discretion",
    "Evidence",
    "ImpactGoal",
    "ItemEvent",
    "Lowering",
    "PersonLowering",
    "Reading",
    "RollOut",
    "State",
    "Strategy",
    "TeamMember",
    "Unit",
    "Worker",
]
