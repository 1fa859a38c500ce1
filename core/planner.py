"""PostgreSQL's planner where it cannot know better."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

MEMORY = "64MB"
"""For each sort and each hash of such a statement: with the usual 4 MB the sorts of a large agency go by disk."""


@contextmanager
def joined_by_sets() -> Iterator[None]:
    """Have statements join by hash or by order, never by loops, and with memory for it. Inside a transaction.

    A table's figures are made anew long after its rows came. Right after a large import the planner takes the agency
    for one with eight gifts, and loops over all of them for each of them.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_nestloop = off; SET LOCAL work_mem = '{MEMORY}'")
    yield
    with connection.cursor() as cursor:  # after an error the transaction is rolled back, and this with it
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT; SET LOCAL work_mem TO DEFAULT")
