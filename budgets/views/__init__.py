"""The pages of budgets."""

from budgets.views.acts import approve, begin, start, submit, withdraw
from budgets.views.budgets import budget
from budgets.views.lines import line, line_add, line_remove

__all__ = ["approve", "begin", "budget", "line", "line_add", "line_remove", "start", "submit", "withdraw"]
