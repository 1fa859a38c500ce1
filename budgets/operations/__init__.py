"""What is done to budgets. Keyword-only, atomic, audited."""

from budgets.operations.gaps import tell_gaps
from budgets.operations.lines import add_line, change_line, remove_line
from budgets.operations.preferences import end_preference, prefer_line
from budgets.operations.versions import approve_budget, start_budget, submit_budget, withdraw_budget
from budgets.operations.whole import write_lines

__all__ = [
    "add_line",
    "approve_budget",
    "change_line",
    "end_preference",
    "prefer_line",
    "remove_line",
    "start_budget",
    "submit_budget",
    "tell_gaps",
    "withdraw_budget",
    "write_lines",
]
