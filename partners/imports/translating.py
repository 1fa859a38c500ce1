"""Rows of other systems in our own words: the facts that a format makes of a record stand behind its cells."""

from collections.abc import Iterator
from dataclasses import replace

from imports.reading.delimited import Record, Table
from partners.imports.context import Context
from partners.imports.layouts import Bound, Cells

_NOTHING: dict[str, str] = {}


def translated(table: Table, bound: Bound, context: Context) -> Table:
    """The table with what its format makes of each record; a record of several lines comes several times."""
    make = bound.layout.makes
    if make is None:
        return table
    width = len(table.columns)

    def records() -> Iterator[Record]:
        for record in table.records():
            torn = any(place < 0 for place, _ in record.troubles)
            for facts in [_NOTHING] if torn else make(Cells(record, bound), context):
                made = tuple([facts.get(fact, "") for fact in bound.layout.made])
                cells = record.cells[:width] + made
                yield Record(record.row, record.line, cells, record.troubles, record.as_it_came)

    return replace(table, records=records)
