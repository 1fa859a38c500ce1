"""PostgreSQL's planner where it cannot know better."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def joined_by_sets() -> Iterator[None]:
    """Have statements join by hash or by order, never by loops. Inside a transaction.

    A table's figures are made anew long after its rows came. Right after a large import the planner takes the agency
    for one with eight gifts, and loops over all of them for each of them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")
    yield
    with connection.cursor() as cursor:  # after an error the transaction is rolled back, and this with it
        cursor.execute("SET LOCAL enable_nestloop TO DEFAULT")
