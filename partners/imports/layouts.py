"""What a format is: which column of the file holds which fact, and how its rows become gifts or partners."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from core.dates import DateOrder
from imports.reading.delimited import Record, Table, column_key
from imports.reading.findings import FileRefused
from partners.imports.context import Context
from partners.imports.movements import Movement

Facts = Mapping[str, str]
"""Fact -> what the row says of it, in the writing that the rules read."""


@dataclass(frozen=True)
class Layout:
    """One format: fact -> name of its column, the facts that a file cannot do without, and the ways of the system.

    also: fact -> other names of its column. known: columns that the system writes and that are kept with the row only.
    signed_types: a type column says what is negative (refund, chargeback). month_first: slash dates are M/D/YYYY.
    reverses_in_memo: a negative gift names its gift in the memo. source: fixed source of gifts, where the format has
    one. ours: we write this format
    too. own_donors: its donor numbers are of that source too, not the agency's. numbered: gifts carry numbers. told_by:
    columns of which one must be there to recognise the format.

    makes: what the lines of one record say, in facts of `made`, where the cells do not say it in our words; a record
    that is no gift says why in the fact `no_gift`. brings: the layout of the partners whom a file of gifts brings with
    it. moves: what a record moves at the processor. tells: what is told of this format only.
    """

    name: str
    holds: Literal["gifts", "partners", "commitments", "rows"]
    columns: Mapping[str, str]
    needed: tuple[str, ...]
    told_by: frozenset[str]
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    signed_types: bool = False
    month_first: bool = False
    reverses_in_memo: bool = False
    numbered: bool = True
    source: str = ""
    ours: bool = False
    own_donors: bool = False
    made: tuple[str, ...] = ()
    makes: "Callable[[Cells, Context], Sequence[Facts]] | None" = None
    brings: "Layout | None" = None
    moves: "Callable[[Cells, Context, DateOrder], Movement | None] | None" = None
    tells: "Callable[[Iterable[Cells], Context], dict[str, Any]] | None" = None


@dataclass(frozen=True)
class Bound:
    """A layout bound to the columns of one file: fact -> position, position -> column name as written.

    places: where the cell of a fact stands, made facts behind the columns. named: where the file itself says it.
    """

    layout: Layout
    columns: tuple[str, ...]
    places: Mapping[str, int]
    named: Mapping[str, int]
    facts: Mapping[int, str] = field(repr=False)
    line: int = 1

    def text(self, cells: tuple[str, ...], fact: str) -> str:
        """Return the cell of a fact, or "" when the file has no such column."""
        place = self.places.get(fact)
        return cells[place] if place is not None else ""

    def column(self, fact: str) -> str:
        """Return the column name of a fact as the file writes it, else as the format does."""
        place = self.named.get(fact)
        return self.columns[place] if place is not None else self.layout.columns.get(fact, "")

    @property
    def unknown(self) -> list[str]:
        """The names of columns that the format does not know."""
        known = self.layout.known
        return [
            name
            for place, name in enumerate(self.columns)
            if name and place not in self.facts and column_key(name) not in known
        ]


@dataclass(frozen=True, slots=True)
class Cells:
    """One record of a file, its cells by fact; a cell that cannot be read is empty."""

    record: Record
    bound: Bound

    def text(self, fact: str) -> str:
        """Return the cell of a fact, or "" when the file has no such column."""
        place = self.bound.named.get(fact)
        if place is None or any(place == bad for bad, _ in self.record.troubles):
            return ""
        return self.record.cells[place]

    def first(self, *facts: str) -> str:
        """Return the first of these facts that is not empty."""
        return next((text for fact in facts if (text := self.text(fact))), "")


def keys_of(*names: str) -> frozenset[str]:
    """Column names as they are compared."""
    return frozenset(map(column_key, names))


_CURRENCIES = tuple(
    map(column_key, ("currency", "currency code", "currency iso code", "ccy", "donation currency", "gift currency"))
)


def bind(layout: Layout, table: Table) -> Bound:
    """Find the columns of a layout in a table. Raises FileRefused not_recognised, missing_column."""
    positions = {column_key(name): place for place, name in enumerate(table.columns) if name}
    named = {fact: place for fact in layout.columns if (place := _place(layout, fact, positions)) is not None}
    if not named and table.columns:
        raise FileRefused("not_recognised", f"No column of this file belongs to the format {layout.name}.")
    if (place := _of_currency(layout, named, positions)) is not None:
        named["currency"] = place
    missing = [layout.columns[fact] for fact in layout.needed if fact not in named]
    if missing:
        raise FileRefused("missing_column", f"Needed and not there: {', '.join(missing)}. Add what is missing.")
    made = {fact: len(table.columns) + place for place, fact in enumerate(layout.made)}
    facts = {place: fact for fact, place in named.items()}
    return Bound(layout, table.columns, named | made, named, facts, table.line)


def _of_currency(layout: Layout, named: Mapping[str, int], positions: Mapping[str, int]) -> int | None:
    """The column that says in which currency the amounts are, also where the format itself has none: euros may never
    be counted as the agency's money because nobody expected a column.
    """
    if layout.holds not in {"gifts", "commitments"} or "currency" in named or "currency" in layout.made:
        return None
    return next(
        (positions[key] for key in _CURRENCIES if key in positions and positions[key] not in named.values()), None
    )


def is_told(layout: Layout, table: Table) -> bool:
    """Whether the table has any column of a layout."""
    keys = {column_key(name) for name in table.columns}
    return any(not keys.isdisjoint(names_of(layout, fact)) for fact in layout.columns)


def names_of(layout: Layout, fact: str) -> tuple[str, ...]:
    """Every name that the column of a fact may have, as they are compared, the usual one first."""
    return tuple(map(column_key, (layout.columns[fact], *layout.also.get(fact, ()))))


def _place(layout: Layout, fact: str, positions: Mapping[str, int]) -> int | None:
    return next((positions[key] for key in names_of(layout, fact) if key in positions), None)
