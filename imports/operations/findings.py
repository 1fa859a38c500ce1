"""Keeping what was said of a file: COPY into a temporary table as the judge tells it, one INSERT … SELECT at the end.
PostgreSQL refuses COPY where row security is on (trust rule T3).
"""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from django.db import connection

from imports.models import ImportRun
from imports.reading.findings import Found, KeptOut

TABLE = """
CREATE TEMP TABLE found (
  kind text, position integer, row integer, line integer, "column" text, reason text, message text, key text
) ON COMMIT DROP
"""
HELD_TABLE = """
CREATE TEMP TABLE held (section text, row integer, line integer, columns jsonb, cells jsonb) ON COMMIT DROP
"""
COPY_HELD = "COPY held FROM STDIN WITH (FORMAT csv)"
FORGET_HELD = "DELETE FROM imports_heldrow WHERE agency_id = %(agency)s AND import_run_id = %(run)s"
KEEP_HELD = """
INSERT INTO imports_heldrow (agency_id, import_run_id, section, row, line, columns, cells)
SELECT %(agency)s, %(run)s, held.* FROM held
"""
COPY = "COPY found FROM STDIN WITH (FORMAT csv)"
FORGET = "DELETE FROM imports_importfinding WHERE agency_id = %(agency)s AND import_run_id = %(run)s"
KEEP = """
INSERT INTO imports_importfinding (
  agency_id, import_run_id, kind, position, row, line, "column", reason, message, key
) SELECT %(agency)s, %(run)s, found.* FROM found
"""
COUNT = "SELECT kind, count(*) FROM found GROUP BY kind"
KEPT_OUT = "SELECT count(DISTINCT line) FROM found WHERE kind IN ('errors', 'conflicts')"
COUNTED = frozenset({"findings", "kept_out"})
"""What the outcome of a run keeps beside what the judge told."""


class KeptFindings:
    """The findings of one judging, on their way into the table. Lives inside one transaction."""

    def __init__(self) -> None:
        asked(TABLE)
        asked(HELD_TABLE)

    def add(self, found: list[Found]) -> None:
        """Take some more down."""
        copied(COPY, found)

    def hold(self, rows: list[KeptOut]) -> None:
        """Take down some rows that are kept out."""
        copied(COPY_HELD, ((*row[:3], as_json(row.columns), as_json(row.cells)) for row in rows))

    def clear(self) -> None:
        """Forget what was said so far."""
        asked("TRUNCATE found, held")

    def keep(self, run: ImportRun) -> dict[str, Any]:
        """Let them take the place of what was said of the file before; return the counts that its outcome keeps."""
        values = {"agency": run.agency_id, "run": run.pk}
        asked(FORGET, values)
        asked(KEEP, values)
        asked(FORGET_HELD, values)
        asked(KEEP_HELD, values)
        counts = {"findings": dict(asked(COUNT)), "kept_out": asked(KEPT_OUT)[0][0]}
        asked("DROP TABLE found, held")  # another file may follow in this transaction
        return counts


def copied(statement: str, rows: Iterable[Iterable[object]]) -> None:
    """COPY rows into a temporary table."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
    text.seek(0)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(statement, text)


def as_json(texts: Iterable[str]) -> str:
    """Texts as PostgreSQL keeps them: NUL as its picture, a byte that was no letter as its number."""
    kept = [text.replace("\x00", "\u2400").encode("utf-8", "backslashreplace").decode() for text in texts]
    return json.dumps(kept, ensure_ascii=False)


def asked(statement: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """The rows of one statement, none where it answers with none."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []
