"""Judging a bank's CSV file. There is no standard: what the columns hold, the decimal sign and the order of dates are
read from the file itself.
"""

import re
from itertools import islice, pairwise
from typing import Any

from core.dates import AmbiguousDate, WrongDate, parse_date
from core.errors import Refused
from core.money import Money, WrongAmount, parse_amount
from core.quoting import quoted
from imports.reading.cells import BLANK
from imports.reading.delimited import DELIMITERS, Record, Table, TextFile, read_table, rows_of
from imports.reading.findings import FileRefused
from imports.reading.writing import is_total
from partners.imports.context import Context
from partners.imports.corrected import corrected
from partners.imports.formats.amounts import with_point
from partners.imports.formats.processors import day_or_none
from partners.imports.judged import Noted, Verdict
from partners.imports.movements import Movement
from partners.imports.row_notes import Notes
from partners.imports.sentences import ROW_SENTENCES
from partners.imports.statements import BANK_CSV
from partners.imports.statements.bank_profile import (
    Profile,
    account_in,
    is_currency,
    is_two_ways,
    name_of,
    profile_facts,
    profile_of,
    without_signs,
)
from partners.imports.statements.columns import is_header
from partners.imports.statements.judged import LineRow, Statement, is_returned, numbered, said_of, settle
from partners.imports.written_days import plain_day
from partners.keys import short_key

_WITHIN = 40
_OF_BALANCE = re.compile(
    r"(?:beginning|opening|ending|closing|previous) balance|balance (?:brought )?forward", re.IGNORECASE
)
_PENDING = re.compile(
    r"pending|(?:umsatz )?vorgemerkt|reserv(?:ed|erad|eret|ert)|en attente|pendiente|in attesa|oczekujący|oczekująca",
    re.IGNORECASE,
)


def header_line_of(text: TextFile) -> int:
    """The line of the header among the first lines, 0 when this is no bank's file."""
    for delimiter in DELIMITERS:
        try:
            for line, cells in islice(rows_of(islice(text.lines(), _WITHIN), delimiter), _WITHIN):
                if is_header([cell.strip(BLANK) for cell in cells]):
                    return line
        except FileRefused:  # a quote that is cut off, or a line of another delimiter
            continue
    return 0


def judge_bank_csv(text: TextFile, context: Context) -> Statement:
    """Judge every row. Raises FileRefused not_recognised, ambiguous_date, quote, duplicate_column, too_many_rows."""
    header_line = header_line_of(text)
    if not header_line:
        raise FileRefused("not_recognised", "No row names a day, an amount and a text, as bank statements have.")
    table, notes = corrected(read_table(text, header_line - 1), context), Notes()
    profile = profile_of(text, table, context)
    encoding = "iso-8859-1" if _is_latin(text) else text.letters.encoding
    return judge_table(table, profile, context, notes, encoding)


def judge_table(table: Table, profile: Profile, context: Context, notes: Notes, encoding: str) -> Statement:
    """Judge every row of a table of which it is known how it writes. Raises FileRefused too_many_rows."""
    balances: list[Money | None] = []
    records = (record for record in table.records() if not _is_sum(record, profile, context))
    booked = (record for record in records if _is_booked(record, table, profile, notes))
    rows = [_row(record, table, profile, context, notes, balances) for record in booked]
    numbered(rows)
    settle(rows, context, notes)
    facts = balances_of(rows, balances, notes, name_of(table, profile.facts, "amount")) | {
        "profile": profile_facts(table, profile),
        "encoding": encoding,
        "currency": profile.currency,
        "account": ", ".join(dict.fromkeys(moved.account for row in rows for moved in row.moved)) or profile.account,
        "first_data_line": profile.header_line + 1,
    }
    judged = Statement(BANK_CSV, rows, notes, facts)
    return Statement(BANK_CSV, rows, notes, facts | said_of(judged, context))


def _is_sum(record: Record, profile: Profile, context: Context) -> bool:
    """Whether a row is one of totals, which stands below the others and has no day, or only tells a balance."""
    if record.troubles:
        return False
    amounts = (record.cells[profile.facts[fact]] for fact in ("amount", "debit", "credit") if fact in profile.facts)
    if any(map(_OF_BALANCE.match, record.cells)) and not any(amounts):
        return True
    if not is_total(record.cells):
        return False
    return day_or_none(record.cells[profile.facts["date"]], context.today, profile.order) is None


def _is_booked(record: Record, table: Table, profile: Profile, notes: Notes) -> bool:
    """Whether the row counts; what is only pending is told, since it comes again when it is booked."""
    place = profile.facts.get("status")
    if place is None or record.troubles or not _PENDING.fullmatch(record.cells[place]):
        return True
    notes.add("warnings", Noted(record.row, record.line, table.columns[place], "pending", ROW_SENTENCES["pending"]))
    return False


def _is_latin(text: TextFile) -> bool:
    """Whether a guessed Windows-1252 holds none of the letters that only this encoding has."""
    if not text.letters.guessed:
        return False
    return all(_fits_latin(line) for line in text.lines())


def _fits_latin(line: str) -> bool:
    try:
        line.encode("iso-8859-1")
    except UnicodeEncodeError:
        return False
    return True


class _Reader:
    """One record on its way to a line; says what is wrong with it."""

    def __init__(self, record: Record, table: Table, profile: Profile, notes: Notes) -> None:
        self.record, self.table, self.profile, self.notes = record, table, profile, notes
        self.row = LineRow(record.row, record.line, table.columns, record.as_it_came)
        for place, code in record.troubles:
            self.error(table.columns[place] if place >= 0 else "", code)

    def text(self, fact: str) -> str:
        place = self.profile.facts.get(fact)
        if place is None or any(bad in {place, -1} for bad, _ in self.record.troubles):
            return ""
        return self.record.cells[place]

    def error(self, column: str, code: str, sentence: str = "") -> None:
        self.row.verdict = Verdict.ERROR
        words = sentence or ROW_SENTENCES[code]
        self.notes.add("errors", Noted(self.record.row, self.record.line, column, code, words))

    def money(self, fact: str, currency: str) -> Money | None:
        """The amount in a cell; an error is said."""
        text = self.text(fact)
        if not text:
            return None
        try:
            bare = without_signs(text, currency)
            if not self.profile.is_stated and is_two_ways(bare, self.profile.mark, currency):
                raise WrongAmount(f"{quoted(text)} can be read two ways. Write it with its decimals, like 1234.50.")
            return parse_amount(with_point(bare, self.profile.mark), currency)
        except Refused as refusal:
            self.error(self.table.columns[self.profile.facts[fact]], refusal.code, str(refusal))
            return None

    def day(self, context: Context) -> Any:
        text = self.text("date")
        name = self.table.columns[self.profile.facts["date"]]
        if not text:
            self.error(name, "required")
            return None
        try:
            return parse_date(
                plain_day(text, self.profile.short_years, context.today), today=context.today, order=self.profile.order
            )
        except (WrongDate, AmbiguousDate) as refusal:
            self.error(name, "date", f"{refusal} Or map the columns and say how this file writes its days.")
            return None

    def amount(self, currency: str) -> Money | None:
        """What came in or went out: one signed column, or one of two."""
        if "amount" in self.profile.facts:
            found = self.money("amount", currency)
            if found is None and not self.text("amount"):
                self.error(name_of(self.table, self.profile.facts, "amount"), "required")
            return self.on_its_side(found) if found is not None else None
        came_in, went_out = self.money("credit", currency), self.money("debit", currency)
        if self.row.verdict is Verdict.ERROR:
            return None
        filled = [each for each in (came_in, went_out) if each is not None and each.minor]
        if len(filled) != 1:
            self.error(name_of(self.table, self.profile.facts, "debit"), "required" if not filled else "amount")
            return None
        return came_in if came_in and came_in.minor else Money(-abs(filled[0].minor), currency)

    def on_its_side(self, amount: Money) -> Money | None:
        """The amount with the sign that the column of sides says, where there is one."""
        place = self.profile.sides.place
        if place is None:
            return amount
        side = self.profile.sides.of(self.record)
        if side is None:
            self.error(self.table.columns[place], "sign", ROW_SENTENCES["no_side"])
            return None
        return amount if side > 0 else -amount


def _row(
    record: Record, table: Table, profile: Profile, context: Context, notes: Notes, balances: list[Money | None]
) -> LineRow:
    """One row, with everything that is wrong with it said at once."""
    reader = _Reader(record, table, profile, notes)
    currency = reader.text("currency").upper() or profile.currency
    balances.append(None)
    if any(place < 0 for place, _ in record.troubles):
        return reader.row
    if not is_currency(currency) or currency != profile.currency:
        reader.error(name_of(table, profile.facts, "currency"), "currency", ROW_SENTENCES["other_currency"])
        return reader.row
    day, amount = reader.day(context), reader.amount(currency)
    balances[-1] = reader.money("balance", currency)
    if reader.row.verdict is Verdict.CREATE and amount and day:
        if amount.minor == 0:
            reader.error(name_of(table, profile.facts, "amount"), "zero_amount")
            return reader.row
        told = balances[-1]
        text = " ".join(filter(None, (reader.text("text"), f"#{check}" if (check := reader.text("check")) else "")))
        reference = reader.text("reference")
        says = (day.isoformat(), amount.decimal_string(), reader.text("party"), text, reference)
        reader.row.moved.append(
            Movement(
                account=account_in(reader.text("account")) or profile.account,
                reference=short_key("/".join((*says, told.decimal_string()))) if told else "",
                date=day,
                amount=amount,
                category=reader.text("category"),
                party=reader.text("party"),
                text=text,
                returned=is_returned(amount, reader.text("category"), text),
            )
        )
    return reader.row


def balances_of(rows: list[LineRow], balances: list[Money | None], notes: Notes, column: str = "") -> dict[str, str]:
    """Opening and closing balance of each account, whether the file goes forward or back in time; a row whose running
    balance does not follow from the one before gets a warning.
    """
    told: dict[str, list[tuple[LineRow, Money]]] = {}
    for row, each in zip(rows, balances, strict=True):
        if each is not None and row.moved:
            told.setdefault(row.moved[0].account, []).append((row, each))
    ends = [_ends_of(of_one, notes, column) for of_one in told.values()]
    return {"opening": ", ".join(first for first, _ in ends), "closing": ", ".join(last for _, last in ends)}


def _ends_of(told: list[tuple[LineRow, Money]], notes: Notes, column: str) -> tuple[str, str]:
    """Opening and closing balance of one account."""
    forward = _breaks(told)
    backward = _breaks(told[::-1])
    in_order = told if len(forward) <= len(backward) else told[::-1]
    for row in forward if in_order is told else backward:
        notes.add("warnings", Noted(row.row, row.line, "", "balance", ROW_SENTENCES["running_balance"]))
    refuse_other_side(in_order, notes, column)
    (first, first_balance), (_, last_balance) = in_order[0], in_order[-1]
    return (first_balance - first.moved[0].amount).decimal_string(), last_balance.decimal_string()


def refuse_other_side(told: list[tuple[LineRow, Money]], notes: Notes, column: str) -> None:
    """A row whose balance says that the money went the other way is an error, since one of the two is wrong."""
    for (_, before), (row, after) in pairwise(told):
        amount = row.moved[0].amount
        if before - amount == after:
            row.verdict = Verdict.ERROR
            notes.add("errors", Noted(row.row, row.line, column, "sign", ROW_SENTENCES["other_side"]))


def _breaks(told: list[tuple[LineRow, Money]]) -> list[LineRow]:
    """The rows whose balance is not the one before and their amount."""
    return [row for (_, before), (row, after) in pairwise(told) if before + row.moved[0].amount != after]
