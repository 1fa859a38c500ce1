"""Asking PostgreSQL's catalog, as it stands and after a change that is undone."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from tests.factories.rows import scoped_models

Answer = TypeVar("Answer")
UNHARMED = "SELECT"


def rows(cursor: Cursor, query: str, *values: Any) -> list[tuple[Any, ...]]:
    cursor.execute(query, values)
    return list(cursor.fetchall())


def tables() -> dict[str, type[models.Model]]:
    """The scoped tables with their models."""
    return {model._meta.db_table: model for model in scoped_models()}


def with_sabotage(cursor: Cursor, sabotage: str, look: Callable[[Cursor], Answer]) -> Answer:
    """What `look` finds after the change, which is undone."""
    cursor.execute("BEGIN")
    cursor.execute(sabotage)
    try:
        return look(cursor)
    finally:
        cursor.execute("ROLLBACK")
