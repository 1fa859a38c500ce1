"""Files that this system wrote: how they name the agency, numbers of other sources, and cells that were made harmless.
What writes them is `partners.documents`.
"""

from collections.abc import Iterator
from dataclasses import replace

from core.formulas import GUARD, without_guard
from imports.reading.delimited import Record, Table
from partners.imports.context import Context
from partners.keys import JOINT


def own_source(context: Context, stated: str) -> str:
    """The source that a row states; the agency's own one where the row names the agency itself."""
    return context.default_source if stated and stated in context.own_codes else stated


def split_number(context: Context, source: str, number: str) -> tuple[str, str]:
    """(source, number) of a number in the agency's own source: `STRIPE--ch_1` is number ch_1 of STRIPE, where the
    agency knows that source.
    """
    if source != context.default_source or JOINT not in number:
        return source, number
    before, _, after = number.partition(JOINT)
    return (before, after) if after and before in context.sources else (source, number)


def unguarded(table: Table) -> Table:
    """The table without the apostrophes that stand before what a spreadsheet would run. Each row is kept as it came."""

    def records() -> Iterator[Record]:
        for record in table.records():
            if not any(cell[:1] == GUARD for cell in record.cells):
                yield record
                continue
            cells = tuple(map(without_guard, record.cells))
            yield Record(record.row, record.line, cells, record.troubles, record.as_it_came)

    return replace(table, records=records)
