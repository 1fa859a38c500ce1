"""Statements over many rows at once, however old the planner's figures are: a file of 50,000 gifts took minutes, and
minutes again when it came a second time. Joined as sets it takes seconds, and little more where the figures are right.
"""

from contextlib import AbstractContextManager, nullcontext

from core import planner

FEW = 200
"""So many rows are looked up one by one: a loop over them is short, and a set would read all rows of the agency."""


def joined_by_sets(rows: int) -> AbstractContextManager[None]:
    """Have statements over more than FEW rows join by hash or by order, never by loops. Inside a transaction."""
    return planner.joined_by_sets() if rows > FEW else nullcontext()
