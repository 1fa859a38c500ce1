"""The statements of a page, caught once and run again: as the web role behind row-level security, and as a role that
sees past it with the agency as an explicit filter.
"""

import re
from collections.abc import Callable
from typing import Any

from psycopg2.extensions import connection

from agencies.scope import SET
from benchmarks.world import World

Statement = tuple[str, Any]
Work = Callable[[], None]
SOURCE = re.compile(r'\b(FROM|JOIN) "(\w+)"(?!\.)(?: ([A-Z]\d+))?')  # not EXTRACT(YEAR FROM "table"."column")


def caught(work: Callable[[], object]) -> list[Statement]:
    """The statements that a piece of work sends to PostgreSQL; those that set the scope are left out."""
    from django.db import connection as django

    found: list[Statement] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "set_config" not in sql and not sql.startswith(("SAVEPOINT", "RELEASE")):
            found.append((sql, params))
        return execute(sql, params, many, context)

    with django.execute_wrapper(keep):
        work()
    return found


def with_explicit_filter(sql: str, agency_id: int) -> str:
    """The same statement where each table of an agency's rows is read with its agency named. PostgreSQL flattens such
    a subquery, so it plans as if the condition stood in the WHERE clause.
    """
    from agencies.guard import tables

    def named(match: re.Match[str]) -> str:
        word, table, alias = match.groups()
        if table not in tables("agency"):
            return match[0]
        column = "id" if table == "agencies_agency" else "agency_id"
        return f'{word} (SELECT * FROM "{table}" WHERE {column} = {agency_id}) AS {alias or table}'

    return SOURCE.sub(named, sql)


def enter(connected: connection, agency_id: int) -> None:
    """Begin a transaction with this agency in scope."""
    connected.rollback()
    with connected.cursor() as cursor:
        cursor.execute(SET, [str(agency_id), "", ""])


def replay(connected: connection, statements: list[Statement]) -> None:
    """Run the statements and fetch every row."""
    with connected.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()


def both_ways(world: World, agency_id: int, statements: list[Statement]) -> tuple[Work, Work]:
    """The two ways to run statements: behind row-level security, and past it with an explicit filter."""
    web, past = world.connected_as("web"), world.connected_as("backup")
    enter(web, agency_id)
    enter(past, agency_id)
    explicit = [(with_explicit_filter(sql, agency_id), params) for sql, params in statements]
    return lambda: replay(web, statements), lambda: replay(past, explicit)
