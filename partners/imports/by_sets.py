"""Statements over many rows at once, however old the planner's figures are.

A table's figures are made anew long after its rows came. Right after a large import the planner takes the agency for
one with eight gifts, and loops over all of them for each of them: a file of 50,000 gifts took minutes, and
minutes again when it came a second time. Joined as sets it takes seconds, and little more where the figures are right.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

FEW = 200
"""So many rows are looked up one by one: a loop over them is short, and a set would read all rows of the agency."""


@contextmanager
def joined_by_sets(rows: int) -> Iterator[None]:
    """Have statements over more than FEW rows join by hash or by order, never by loops. Inside a transaction."""
    if rows <= FEW:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
    yield
    with connection.cursor() as cursor:  # after an error the transaction is rolled back, and this with it
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")
