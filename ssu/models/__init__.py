"""Strategies, units, the people who serve in them, goals, and the roll-out in six steps."""

from ssu.models.appeals import EmergencyAppeal, PublicPage
from ssu.models.coaching import (
    CoachingArea,
    CoachingExcuse,
    CoachingRecord,
    CoachingSession,
    Confidence,
    ModelText,
)
from ssu.models.dialogue import Conversation, DialogueLeader, DiscussedPoint, PlannedTalk
from ssu.models.discretion import Discretion
from ssu.models.goals import ImpactGoal, Reading
from ssu.models.lowering import Lowering, PersonLowering
from ssu.models.own_items import OwnItem, OwnItemWording
from ssu.models.rollout import ActionItem, Evidence, ItemEvent, RollOut, State
from ssu.models.starter import StarterDraft, StarterText
from ssu.models.strategies import Strategy
from ssu.models.tactics import Tactic
from ssu.models.team import TeamMember, Worker
from ssu.models.units import Unit

__all__ = [
    "ActionItem",
    "CoachingArea",
    "CoachingExcuse",
    "CoachingRecord",
    "CoachingSession",
    "Confidence",
    "Conversation",
    "DialogueLeader",
    "Discretion",
    "DiscussedPoint",
    "EmergencyAppeal",
    "Evidence",
    "ImpactGoal",
    "ItemEvent",
    "Lowering",
    "ModelText",
    "OwnItem",
    "OwnItemWording",
    "PersonLowering",
    "PlannedTalk",
    "PublicPage",
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
