"""Passing relationships on when a worker leaves."""

from handover.models.case import Case, CaseReader
from handover.models.passing import Check, Passing, PassingAct

__all__ = ["Case", "CaseReader", "Check", "Passing", "PassingAct"]
