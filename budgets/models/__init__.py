"""The vision-based budget of a unit: versions, and lines that carry impact."""

from budgets.models.budget import Budget, Line
from budgets.models.preference import Preference

__all__ = ["Budget", "Line", "Preference"]
