"""The rows of a measuring database, made inside PostgreSQL: deterministic, no two agencies alike in their ids."""

import contextlib

from psycopg2.extensions import cursor

from benchmarks import fill_sql
from benchmarks.scales import Scale
from config.provision import connect

LOOSE = """
SELECT table_name, column_name,
  CASE WHEN data_type LIKE 'timestamp%' THEN 'now()' WHEN data_type = 'boolean' THEN 'false' ELSE '''''' END
FROM information_schema.columns
WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO'
  AND (data_type IN ('text', 'character varying', 'boolean') OR data_type LIKE 'timestamp%')
"""
SEQUENCES = """
SELECT table_name, pg_get_serial_sequence(quote_ident(table_name), 'id') FROM information_schema.columns
WHERE table_schema = 'public' AND column_name = 'id' AND is_identity = 'YES'
"""


def fill(url: str, scale: Scale) -> None:
    """Fill an empty, migrated database. Needs a superuser: triggers and foreign keys rest while the rows go in."""
    made = connect(url)
    with contextlib.closing(made), made.cursor() as rows:
        rows.execute("SET session_replication_role = replica")
        defaults = set_defaults(rows)
        sizes = {"agencies": scale.agencies, "big": scale.big_lines, "usual": scale.usual_lines}
        rows.execute(fill_sql.PLAN, {**sizes, "units": scale.big_units})
        for statement in fill_sql.STATEMENTS:
            rows.execute(statement)
        for table, column, _ in defaults:
            rows.execute(f'ALTER TABLE "{table}" ALTER "{column}" DROP DEFAULT')
        rows.execute(SEQUENCES)
        for table, sequence in rows.fetchall():
            rows.execute(f"SELECT setval('{sequence}', (SELECT coalesce(max(id), 0) + 1 FROM \"{table}\"))")
        rows.execute("VACUUM ANALYZE")


def set_defaults(rows: cursor) -> list[tuple[str, str, str]]:
    """Let the statements name only the columns that matter: the others get what Django would write."""
    rows.execute(LOOSE)
    found: list[tuple[str, str, str]] = rows.fetchall()
    for table, column, default in found:
        rows.execute(f'ALTER TABLE "{table}" ALTER "{column}" SET DEFAULT {default}')
    return found
