"""Strategies, units, the people who serve in them, goals, and the roll-out in six steps."""

from ssu.models.discretion import Discretion
from ssu.models.goals import ImpactGoal, Reading
from ssu.models.lowering import Lowering, PersonLowering
from ssu.models.rollout import ActionItem, Evidence, ItemEvent, RollOut, State
from ssu.models.starter import StarterDraft, StarterText
from ssu.models.strategies import Strategy
from ssu.models.tactics import Tactic
from ssu.models.team import TeamMember, Worker
from ssu.models.units import Unit

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
    "StarterDraft",
    "StarterText",
    "State",
    "Strategy",
    "Tactic",
    "TeamMember",
    "Unit",
    "Worker",
]
