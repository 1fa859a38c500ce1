"""Rows of partners who were erased: what a file says of the person is emptied as it is read, so that nothing of it is
kept, told or corrected (ADR 17). What books need stays: numbers, days, sums, what a gift is for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from imports.reading.delimited import Record, Table, column_key
from partners.imports.context import Context, donor_number
from partners.imports.layouts import Bound
from partners.imports.memos import gifts_named_in
from partners.imports.own_files import own_source, split_number
from partners.keys import SOURCE_LENGTH, short_key

BOOKED: Final = frozenset(
    {
        *("donor_id", "source", "gift_id", "gift_date", "designation", "designation_code", "designation_key", "amount"),
        *("currency", "gift_total", "tendered_amount", "tendered_currency", "type", "person_type", "method", "fmv"),
        *("receipted", "intangible", "anonymous", "reverses", "no_gift", "returned", "unbalanced", "net", "fee"),
        *("unknown_category", "category", "status", "stage", "reference", "soft_donor_id", "soft_type", "payout"),
        *("payout_date", "balance_transaction", "charge", "frequency", "start_date", "end_date", "effective_date"),
        *("outcome", "new_designation"),
    }
)
"""The facts that stay in a row of somebody who was erased."""
GOODS: Final = frozenset({"description", "in_return"})
"""What a receipt states of goods, in formats that tell what was got in return."""
_TORN = -1
_CONTACT = "contactid"


@dataclass(frozen=True)
class Forgetting:
    """Tells the rows of erased partners in one table, and empties them. `source`: of rows that state none."""

    table: Table
    bound: Bound
    source: str
    context: Context

    @cached_property
    def rows(self) -> frozenset[int]:
        """The rows that are of erased partners. Reads the table once, and not at all where nobody was erased."""
        return frozenset(self.lines)

    @cached_property
    def lines(self) -> dict[int, int]:
        """Row → line of the rows that are of erased partners."""
        if not self.context.erased:
            return {}
        return {record.row: record.line for record in self.table.records() if self.is_of_erased(record)}

    def is_of_erased(self, record: Record) -> bool:
        """Whether the row carries the number of an erased partner, exactly and of the same source; where the cells of a
        row are shifted, whether any of them is one.
        """
        if any(place == _TORN for place, _code in record.troubles):
            sources = {self.source, self.context.default_source}
            return any((each, donor_number(cell)) in self.context.erased for cell in record.cells for each in sources)
        number = self.bound.text(record.cells, "donor_id")
        return bool(number) and self._is_erased(record, number)

    def _is_erased(self, record: Record, number: str) -> bool:
        """By the source of the row; a gift whose giver that source does not know is posted by the agency's own."""
        context, layout = self.context, self.bound.layout
        stated = own_source(context, short_key(self.bound.text(record.cells, "source"), SOURCE_LENGTH)) or self.source
        source, bare = split_number(context, stated, number)
        if layout.holds == "gifts":
            gift_source, _number = split_number(context, stated, short_key(self.bound.text(record.cells, "gift_id")))
            source = context.default_source if layout.source and not layout.own_donors else gift_source
        key = (source, short_key(donor_number(bare)))
        if layout.holds == "gifts" and key not in context.donors:
            key = (context.default_source, key[1])
        return key in context.erased

    def emptied(self, record: Record) -> Record:
        """The row without what is said of the person."""
        cells = self._without(record.cells)
        return replace(record, cells=cells, kept=None if record.kept is None else self._without(record.kept))

    def _without(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        takes_back = self.bound.text(cells, "amount")[:1] in {"-", "("}
        return tuple(self._left(place, cell, takes_back) for place, cell in enumerate(cells))

    def _left(self, place: int, cell: str, takes_back: bool) -> str:
        """What is left of a cell; of the memo of a refund the numbers, by which it finds its gift."""
        layout, width = self.bound.layout, len(self.bound.columns)
        made = 0 <= place - width < len(layout.made)
        fact = layout.made[place - width] if made else self.bound.facts.get(place, "")
        if fact in BOOKED or (fact in GOODS and "in_return" in layout.columns):
            return cell
        if fact == "memo" and takes_back and layout.reverses_in_memo:
            return " ".join(word for word in gifts_named_in(cell) if word.isdigit())
        return ""

    def judged(self) -> Table:
        """The table as it is judged and kept."""
        return self._wrapped(self.table, self.is_of_erased)

    def shown(self, as_it_came: Table) -> Table:
        """The table as a row of it is shown that is kept out."""
        return self._wrapped(as_it_came, lambda record: record.row in self.rows)

    def _wrapped(self, table: Table, is_of_erased: Callable[[Record], bool]) -> Table:
        if not self.context.erased:
            return table

        def records() -> Iterator[Record]:
            for record in table.records():
                yield self.emptied(record) if is_of_erased(record) else record

        return replace(table, records=records)


def without_contacts(table: Table, ids: frozenset[str]) -> Table:
    """A table beside the contacts of a database: its rows of these contacts keep nothing but ids."""
    keys = [column_key(name) for name in table.columns]
    if not ids or _CONTACT not in keys:
        return table
    place = keys.index(_CONTACT)

    def records() -> Iterator[Record]:
        for record in table.records():
            if record.cells[place] in ids:
                cells = [cell if key.endswith("id") else "" for key, cell in zip(keys, record.cells, strict=False)]
                yield replace(record, cells=tuple(cells), kept=None)
            else:
                yield record

    return replace(table, records=records)
