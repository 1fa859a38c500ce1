"""Moving open commitments from the accounts of workers to their unit."""

from transition.models.guarantee import Guarantee
from transition.models.notice import PostedNotice
from transition.models.plan import Plan, Wave
from transition.models.shift import Kind, Shift, ShiftAct
from transition.models.talk import TalkedOver

__all__ = ["Guarantee", "Kind", "Plan", "PostedNotice", "Shift", "ShiftAct", "TalkedOver", "Wave"]
