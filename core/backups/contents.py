"""What a database holds, table by table, in figures that two databases can be compared by."""

from dataclasses import dataclass
from typing import TypedDict

from django.db import connection

TABLES = """
    SELECT format('%I', c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1
"""
# The order of rows does not matter, and nothing grows with their number: the sum of 64 bits of each row's hash.
FIGURES = """
    SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 16))::bit(64)::bigint::numeric), 0)::text FROM {table} t
"""
# The text of a row must not depend on who looks.
PLAIN = "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL extra_float_digits = 1"


class Figures(TypedDict):
    """The number of rows of a table, and a hash over their contents."""

    rows: int
    hash: str


@dataclass(frozen=True)
class Contents:
    """The figures of every table, by its name as SQL writes it."""

    tables: dict[str, Figures]

    def differences(self, other: "Contents") -> list[str]:
        """One line for each table that is not the same in both."""
        names = sorted({*self.tables, *other.tables})
        return [
            f"{name}: {describe(self.tables.get(name))} against {describe(other.tables.get(name))}"
            for name in names
            if self.tables.get(name) != other.tables.get(name)
        ]


def describe(figures: Figures | None) -> str:
    return f"{figures['rows']} rows ({figures['hash']})" if figures else "no table"


def table_names() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return [name for (name,) in cursor.fetchall()]


def read() -> Contents:
    """Count and hash every table, in the transaction that is open, as a role that may see all rows."""
    tables: dict[str, Figures] = {}
    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
        for name in table_names():
            cursor.execute(FIGURES.format(table=name))
            rows, digest = cursor.fetchone()
            tables[name] = Figures(rows=rows, hash=digest)
    return Contents(tables)
