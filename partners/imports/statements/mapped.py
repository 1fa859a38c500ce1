"""A bank's statement whose columns a person named: its cells in the one writing that lines are judged in."""

from collections.abc import Iterator
from dataclasses import replace

from core.money import UnknownCurrency, exponent
from imports.mapping.rules import Rules
from imports.reading.cells import bad_cells
from imports.reading.delimited import Record, Table, column_key
from imports.reading.writing import is_total
from imports.reading.written_days import iso_day
from imports.reading.written_numbers import number_in
from partners.imports.context import Context
from partners.imports.corrected import corrected
from partners.imports.judged import Noted
from partners.imports.mapped.facts import STATEMENT_FILE
from partners.imports.mapped.layout import IN_WORDS
from partners.imports.mapped.opening import open_by_rules, warnings_of
from partners.imports.row_notes import Notes
from partners.imports.statements.bank_csv import judge_table
from partners.imports.statements.bank_profile import Profile, currency_named
from partners.imports.statements.judged import Statement

SIDES = {"s": -1, "dr": -1, "d": -1, "h": 1, "cr": 1, "c": 1}
"""The side of an account, as it stands behind a number: it went out, or came in."""
PATTERNS = {"dmy": "DD.MM.YYYY", "mdy": "MM/DD/YYYY", "ymd": "YYYY-MM-DD"}


def judge_mapped(data: bytes, context: Context, rules: Rules) -> Statement:
    """Judge every row. Raises FileRefused."""
    opened = open_by_rules(data, rules)
    places = {column_key(name): place for place, name in enumerate(opened.table.columns)}
    facts = {fact: places[column_key(name)] for fact, name in rules.columns.items()}
    table = in_one_writing(corrected(opened.table, context), facts, rules, context, counted=opened.is_workbook)
    stated = rules.fixed.get("currency", "").upper() or _first(table, facts.get("currency"))
    currency = stated or currency_named(table, facts) or context.base_currency
    account = rules.fixed.get("account", "")
    pattern = PATTERNS.get(rules.order, "")
    profile = Profile(opened.table.line, facts, ".", None, pattern, currency, account, is_stated=True)
    notes = Notes()
    for code, sentence in warnings_of(opened):
        notes.add("warnings", Noted(0, 1, "", code, sentence))
    judged = judge_table(table, profile, context, notes, opened.writing.encoding)
    told = judged.facts["profile"] | {"decimal": rules.mark, "thousands": "." if rules.mark == "," else ","}
    return replace(judged, facts=judged.facts | {"profile": told})


def _first(table: Table, place: int | None) -> str:
    """The first currency of a column."""
    if place is None:
        return ""
    found = (record.cells[place].upper() for record in table.records() if not record.troubles)
    return next((code for code in found if _is_code(code)), "")


def _is_code(code: str) -> bool:
    try:
        return exponent(code) >= 0
    except UnknownCurrency:
        return False


def in_one_writing(table: Table, facts: dict[str, int], rules: Rules, context: Context, *, counted: bool) -> Table:
    """The table with days like 2026-03-02 and numbers with a point, without lines of totals."""
    days = {facts[name] for name in STATEMENT_FILE.days & facts.keys()}
    amounts = {facts[name] for name in STATEMENT_FILE.amounts & facts.keys()}
    latest, named = context.today.year + 1, currency_named(table, facts)

    def day_in(text: str) -> str:
        return iso_day(text, rules.order, latest_year=latest, counted=counted)

    def cell(place: int, text: str, record: Record) -> str:
        if text and place in days:
            return day_in(text) or f"{text} ({IN_WORDS.get(rules.order, '')})"
        if text and place in amounts:
            currency = currency_of(record, facts, rules) or named or context.base_currency
            found = booked(text, rules.mark, currency)
            found = found or (booked(text, ".", currency) if record.kept is not None else "")
            return found or f"{text} ({rules.mark})"
        return text

    def records() -> Iterator[Record]:
        for record in table.records():
            if any(place < 0 for place, _ in record.troubles):
                yield record
            elif not is_total(record.cells) or any(day_in(record.cells[place]) for place in days):
                cells = tuple(cell(place, text, record) for place, text in enumerate(record.cells))
                yield Record(record.row, record.line, cells, tuple(bad_cells(cells)), record.as_it_came)

    return replace(table, records=records)


def currency_of(record: Record, facts: dict[str, int], rules: Rules) -> str:
    """The currency that a row states, or that holds for every row; "" where neither does."""
    stated = record.cells[facts["currency"]].strip().upper() if "currency" in facts else ""
    return stated or rules.fixed.get("currency", "").upper()


def booked(text: str, mark: str, currency: str) -> str:
    """A number with its sign. Letters behind it are the side of the account on which banks book it (Soll and Haben, DR
    and CR); any other sign of money must be that of the row. "" for what cannot be read so: nothing that left the
    account may be taken for a gift.
    """
    found = number_in(text, mark)
    side = SIDES.get(found.money)
    if side is None:
        return found.number if found.fits(currency) else ""
    if not found.number or found.number.startswith("-"):
        return ""
    return f"-{found.number}" if side < 0 else found.number
