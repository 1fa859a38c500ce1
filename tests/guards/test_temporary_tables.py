"""A function that lends the owner's powers looks for tables in temporary ones last: whoever calls it may have made one
of any name, and the owner would write into it, or believe it.

Source: PostgreSQL, CREATE FUNCTION, "Writing SECURITY DEFINER Functions Safely".
"""

import pytest
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from tests.guards.catalog import rows, with_sabotage

pytestmark = pytest.mark.django_db
DEFINED = """
SELECT p.proname, coalesce((
  SELECT substring(c FROM 13) FROM unnest(p.proconfig) AS c WHERE c LIKE 'search_path=%%'
), '') FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema')
"""


def open_to_temporary_tables(cursor: Cursor) -> list[str]:
    """The functions that do not say where they look, or do not say `pg_temp` last."""
    found = rows(cursor, DEFINED, [])
    return sorted(name for name, path in found if path.replace('"', "").split(", ")[-1] != "pg_temp")


def test_every_function_of_the_owner_looks_into_temporary_tables_last(cursor: Cursor) -> None:
    assert open_to_temporary_tables(cursor) == []


@pytest.mark.parametrize("path", ["pg_catalog, public", "pg_temp, public", "public"])
def test_one_that_does_not_is_found(cursor: Cursor, path: str) -> None:
    sabotage = f"ALTER FUNCTION erase_consent(bigint[]) SET search_path = {path}"
    assert with_sabotage(cursor, sabotage, open_to_temporary_tables) == ["erase_consent"]
