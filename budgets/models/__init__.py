"""The vision-based budget of a unit: versions, and lines that carry impact."""

from budgets.models.budget import Budget, Line

__all__ = ["Budget", "Line"]
