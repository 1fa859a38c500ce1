"""Judging a table of commitments. Each row is a promise that a known giver made to a known designation, or an error."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from core.dates import FAR, DateOrder, WrongDate, parse_date, years_later
from core.money import Money, UnknownCurrency, exponent
from partners.imports.cell_warnings import CellWarnings, warn_about_columns, warn_about_no_rows
from partners.imports.context import Context, donor_number
from partners.imports.formats.commitments import FREQUENCIES, MOVED
from partners.imports.gift_rows import amount_of, settle_dates
from partners.imports.judged import JudgedCommitment, JudgedRow, Verdict
from partners.imports.opening import BoundTable
from partners.imports.own_files import own_source, split_number
from partners.imports.row_notes import Notes, Reading
from partners.imports.sentences import ROW_SENTENCES
from partners.keys import SOURCE_LENGTH, short_key

SECTION = "commitments"

_ERASED = "The partner with this number was erased, so nothing is promised any more. Remove the row."


@dataclass(frozen=True)
class JudgedCommitments:
    """A table of commitments: the promises that its rows make, and the rows that cannot be taken."""

    file: BoundTable
    promises: list[JudgedCommitment]
    rows: int
    rows_in_error: frozenset[int]

    def kept(self) -> Iterator[JudgedRow]:
        """Every row as it came."""
        for record in self.file.table.records():
            verdict = Verdict.ERROR if record.row in self.rows_in_error else Verdict.CREATE
            columns = self.file.bound.columns
            yield JudgedRow(SECTION, record.row, record.line, verdict, "", columns, record.as_it_came)


def judge_commitments(file: BoundTable, context: Context, notes: Notes) -> JudgedCommitments:
    """Judge every row. Raises FileRefused ambiguous_date, quote."""
    warn_about_columns(file.bound, notes)
    order = settle_dates(file.table, file.bound, context, "start_date")
    warnings, promises, bad, rows = CellWarnings(file.bound), list[JudgedCommitment](), set[int](), 0
    for record in file.table.records():
        rows += 1
        reading = Reading(record, file.bound, notes)
        found = [] if reading.is_torn else _promises(reading, file, context, order)
        warnings.look_at(reading)
        if reading.failed:
            bad.add(record.row)
        else:
            promises += found
    if not rows:
        warn_about_no_rows(file.bound, notes)
    return JudgedCommitments(file, promises, rows, frozenset(bad))


@dataclass(frozen=True)
class _Said:
    """What a row says, as far as it could be read."""

    source: str
    donor: str
    frequency: str
    amount: Money | None
    starts: dt.date | None
    ends: dt.date | None
    moves: dt.date | None


def _promises(reading: Reading, file: BoundTable, context: Context, order: DateOrder) -> list[JudgedCommitment]:
    """The promise of a row; one that moved ends the day before, and goes on for its new designation."""
    said = _read(reading, file, context, order)
    _refuse_unknown(reading, said, context)
    amount, starts = said.amount, said.starts
    if reading.failed or amount is None or starts is None or (said.ends and said.ends < starts):
        return []

    def promise(designation: str, first: dt.date, last: dt.date | None) -> JudgedCommitment:
        words = (said.source, said.donor, designation, amount, said.frequency, first, last, reading.text("method")[:20])
        return JudgedCommitment(reading.record.row, *words)

    old, new = reading.text("designation"), reading.text("new_designation")
    if said.moves is None or not new or said.moves <= starts or (said.ends and said.ends < said.moves):
        return [promise(old, starts, said.ends)]
    return [promise(old, starts, said.moves - timedelta(days=1)), promise(new, said.moves, said.ends)]


def _read(reading: Reading, file: BoundTable, context: Context, order: DateOrder) -> _Said:
    """Read every cell, so that all that is wrong with a row is said at once."""
    for fact in file.bound.layout.needed:
        if not reading.text(fact):
            reading.error(fact, "required")
    moved = reading.text("outcome").casefold() == MOVED
    starts, ends, moves = (_day(reading, fact, context, order) for fact in ("start_date", "end_date", "effective_date"))
    stated = own_source(context, short_key(reading.text("source"), SOURCE_LENGTH)) or file.source
    source, number = split_number(context, stated, reading.text("donor_id"))
    return _Said(
        source=source,
        donor=short_key(donor_number(number)),
        frequency=FREQUENCIES.get(reading.text("frequency").casefold().replace(" ", "_").replace("-", "_"), ""),
        amount=_amount(reading, file.currency),
        starts=starts,
        ends=ends,
        moves=moves if moved else None,
    )


def _refuse_unknown(reading: Reading, said: _Said, context: Context) -> None:
    """A promise needs a known giver, a known designation, a known frequency, and days in order."""
    if (said.source, said.donor) in context.erased:
        reading.error("donor_id", "erased_giver", _ERASED)
    if reading.text("donor_id") and (said.source, said.donor) not in context.donors:
        reading.error("donor_id", "unidentified_donor", ROW_SENTENCES["unknown_donor"])
    if reading.text("frequency") and not said.frequency:
        reading.error("frequency", "frequency", ROW_SENTENCES["frequency"])
    for fact in ("designation", "new_designation") if said.moves else ("designation",):
        if reading.text(fact) and reading.text(fact) not in context.designations:
            reading.error(fact, "unknown_designation", ROW_SENTENCES["no_designation"])
    if said.starts and said.ends and said.ends < said.starts:
        reading.warn_of("end_date", "date", ROW_SENTENCES["ends_before"])


def _amount(reading: Reading, base: str) -> Money | None:
    currency = reading.text("currency").upper() or base
    try:
        exponent(currency)
    except UnknownCurrency as refusal:
        reading.refuse("currency", refusal)
        return None
    if not reading.text("amount"):
        return None
    amount = amount_of(reading, "amount", currency)
    if amount is not None and amount.minor < 0:
        reading.error("amount", "sign", ROW_SENTENCES["promised_less"])
    return amount


def _day(reading: Reading, fact: str, context: Context, order: DateOrder) -> dt.date | None:
    text = reading.text(fact)
    if not text:
        return None
    try:
        return parse_date(text, today=years_later(context.today, FAR), order=order)
    except (WrongDate, ValueError) as refusal:
        reading.error(fact, "date", str(refusal))
        return None
