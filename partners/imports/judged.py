"""What is known of a row after it was judged; the consumer stores it, this module only names it."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from core.money import Money
from imports.reading.findings import Finding
from partners.imports.context import DonorKey, GiftId, GiftKey
from partners.imports.movements import Movement


class Verdict(StrEnum):
    """What is to be done with a row."""

    CREATE = "create"
    REPEAT = "repeat"  # there already, in this file or from an earlier one: nothing to do
    CONFLICT = "conflict"  # the key is there with other facts: the first stands, a person decides
    ERROR = "error"
    SKIP = "skip"  # no data: a line of totals


@dataclass(frozen=True, slots=True)
class Noted(Finding):
    """A finding that belongs to a gift or a donor: `key` is "source|designation|number" or "source|number"."""

    key: str = ""


@lru_cache(maxsize=64)
def cell_names(columns: tuple[str, ...], count: int) -> tuple[str, ...]:
    """What the cells of a row are called: as their columns, "#7" where the seventh has no name or no column."""
    return tuple((columns[place] if place < len(columns) else "") or f"#{place + 1}" for place in range(count))


class JudgedRow(NamedTuple):
    """One row that is kept as it came and brings nothing by itself."""

    section: str
    row: int
    line: int
    verdict: Verdict
    key: str
    columns: tuple[str, ...]
    cells: tuple[str, ...]


class JudgedCommitment(NamedTuple):
    """One promise of a known giver to a known designation; ends_on None while it goes on, starts_on None where the file
    tells no day. key: what the file calls the promise; "" where only what it says tells it from others.
    """

    row: int
    source: str
    donor: str
    designation: str
    amount: Money
    frequency: str
    starts_on: dt.date | None
    ends_on: dt.date | None
    method: str
    key: str = ""


class JudgedStage(NamedTuple):
    """Where a contact stood with the worker whose file it is; `toward` is the designation whose unit is meant, `said`
    the word of the file.
    """

    row: int
    source: str
    donor: str
    toward: str
    kind: str
    said: str


class JudgedMovement(NamedTuple):
    """What one row moves at a bank or a processor; REPEAT when that line is there already."""

    section: str
    row: int
    verdict: Verdict
    movement: Movement


class JudgedGiftLine(NamedTuple):  # builds, and travels between processes, three times as fast as a frozen dataclass
    """One gift line of a file. Texts are trimmed and otherwise as they came; `cells` are all cells of the row.

    donor: number as `donor_number` writes it. date and amount are None only under verdict ERROR, CONFLICT or SKIP.
    tendered: what the donor gave where the file says it. reverses: the line (or gift, with designation "") that a
    negative line takes back. review: reasons for a person to look at it; it is imported all the same. part: 0 for the
    first line that a row brings, and on from there. code: under which the designation is looked up.
    """

    row: int
    line: int
    verdict: Verdict
    source: str
    number: str
    designation: str
    donor: str
    donor_as_given: str
    donor_name: str
    donor_known: bool
    date: dt.date | None
    amount: Money | None
    tendered: Money | None
    kind: str
    method: str
    reference: str
    memo: str
    motivation: str
    anonymous: bool
    fair_market_value: Money | None
    soft_donor: str
    soft_kind: str
    reverses: GiftKey | None
    review: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    part: int = 0
    code: str = ""
    description: str = ""
    in_return: str = ""
    intangible: bool = False
    receipted: bool = False

    @property
    def key(self) -> GiftKey:
        return self.source, self.designation, self.number

    @property
    def gift(self) -> GiftId:
        return self.source, self.number

    @property
    def raw(self) -> dict[str, str]:
        """Column name -> cell, as the file has it."""
        return dict(zip(cell_names(self.columns, len(self.cells)), self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of one person's name; every part may be empty."""

    title: str = ""
    first: str = ""
    middle: str = ""
    last: str = ""
    suffix: str = ""


class FailingWay(NamedTuple):
    """An e-mail address or a phone that its system knows to be dead; since None where it does not tell the day."""

    kind: str
    whose: str
    text: str
    since: dt.date | None


@dataclass(frozen=True, slots=True)
class JudgedPartner:
    """One donor or partner of a file. kind: person, household, church, foundation, business, fund_sponsor or
    organization (DataSync tells organizations from people, no more). Invalid e-mail addresses stay in `cells` only.

    same_person: keys of partners that are surely the same person; a merge is proposed, never made. known: the donor
    key was there before. emails and phones: those that work; failing: those that do not. address_fails: nothing arrives
    there. address_changed: since when the address is what it is, None where it is not told. deceased_on: None where the
    day is unknown.
    """

    row: int
    line: int
    verdict: Verdict
    source: str
    number: str
    number_as_given: str
    known: bool
    kind: str
    display_name: str
    roman_name: str
    organization: str
    person: Name
    spouse: Name
    spouse_deceased: bool
    emails: tuple[str, ...]
    spouse_emails: tuple[str, ...]
    phones: tuple[str, ...]
    spouse_phones: tuple[str, ...]
    street: tuple[str, ...]
    city: str
    state: str
    postal_code: str
    country: str
    church: str
    note: str
    greeting: str
    same_person: tuple[DonorKey, ...]
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    deceased: bool = False
    deceased_on: dt.date | None = None
    language: str = ""
    tags: tuple[str, ...] = ()
    failing: tuple[FailingWay, ...] = ()
    address_fails: bool = False
    address_changed: dt.date | None = field(default=None, compare=False)

    @property
    def key(self) -> DonorKey:
        return self.source, self.number

    @property
    def raw(self) -> dict[str, str]:
        """Column name -> cell, as the file has it."""
        return dict(zip(cell_names(self.columns, len(self.cells)), self.cells, strict=True))
