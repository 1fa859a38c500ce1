"""The background jobs of statements, and of papers about units and budgets."""

from reports.tasks import papers, statements

__all__ = ["papers", "statements"]
