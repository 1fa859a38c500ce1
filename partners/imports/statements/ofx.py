"""Judging an OFX or QFX statement."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from core.dates import WrongDate, parse_date
from core.errors import Refused
from core.money import Money, UnknownCurrency, exponent, parse_amount
from core.quoting import quoted
from imports.reading.cells import BLANK, bad_cells
from imports.reading.findings import FileRefused, KeptOut
from imports.reading.markup import refuse_bad_xml
from imports.reading.ofx import OF_AMOUNT, OfxEntry, OfxFile, OfxStatement, read_ofx
from partners.imports.context import Context
from partners.imports.judged import Noted, Verdict
from partners.imports.movements import Movement
from partners.imports.row_notes import Notes
from partners.imports.sentences import ROW_SENTENCES
from partners.imports.statements import AGAIN, OFX, SECTION
from partners.imports.statements.judged import LineRow, Statement, is_returned, said_of, settle

NEEDED = ("FITID", "DTPOSTED", "TRNAMT")
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{0,6})(?:\.\d{0,3})?(?:\[[^\]]*\])?")
_COMMA = re.compile(r"-?\d+,\d+")
_GROUP = re.compile(r"-?\d{1,3},\d{3}")


def judge_ofx(data: bytes, context: Context) -> Statement:
    """Judge every entry of every account. Raises FileRefused not_well_formed, doctype, currency, missing_section."""
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml"):
        refuse_bad_xml(data)
    file, notes = read_ofx(data), Notes()
    rows: list[LineRow] = []
    corrections = context.corrections if has_own_lines(file) else {}
    for statement in file.statements:
        currency = currency_of(statement, context)
        for came in statement.entries:
            entry = written_over(came, corrections.get(came.line, {}))
            row = _row(len(rows) + 1, entry, statement.fields.get("ACCTID", ""), currency, context, notes)
            row.columns, row.cells = tuple(came.fields), tuple(came.fields.values())
            rows.append(row)
    settle(rows, context, notes)
    correct(rows, notes)
    closing = {each.fields.get("ACCTID", ""): balance_of(each) for each in file.statements}
    facts: dict[str, Any] = {
        "version": file.version,
        "encoding": file.encoding,
        "account": ", ".join(dict.fromkeys(each.fields.get("ACCTID", "") for each in file.statements)),
        "currency": currency_of(file.statements[0], context),
        "closing": ", ".join(closing.values()),
    }
    judged = Statement(OFX, rows, notes, facts)
    return Statement(OFX, rows, notes, facts | said_of(judged, context))


def has_own_lines(file: OfxFile) -> bool:
    """Whether each entry begins on a line of its own, by which what people wrote over it is found again."""
    lines = [entry.line for statement in file.statements for entry in statement.entries]
    return len(set(lines)) == len(lines)


def written_over(entry: OfxEntry, said: Mapping[str, str]) -> OfxEntry:
    """The entry with what a person wrote over its fields."""
    return replace(entry, fields=entry.fields | {name: text.strip(BLANK) for name, text in said.items()})


def held_rows(rows: Iterable[LineRow]) -> Iterator[KeptOut]:
    """The entries as they came, with an empty cell for each field that is needed and not there."""
    for row in rows:
        missing = tuple(name for name in NEEDED if name not in row.columns)
        yield KeptOut(SECTION, row.row, row.line, (*row.columns, *missing), (*row.cells, *[""] * len(missing)))


def balance_of(statement: OfxStatement) -> str:
    """What the bank says stands on the account, as it writes it."""
    return statement.fields.get("LEDGERBAL.BALAMT", statement.fields.get("BALAMT", ""))


def currency_of(statement: OfxStatement, context: Context) -> str:
    """The currency of the account. Raises FileRefused currency."""
    currency = statement.fields.get("CURDEF", "").upper() or context.base_currency
    try:
        exponent(currency)
    except UnknownCurrency as refusal:
        where = f"Account {quoted(statement.fields.get('ACCTID', ''))}, CURDEF"
        raise FileRefused("currency", f"{where}: {refusal} {AGAIN}") from refusal
    return currency


def _row(number: int, entry: OfxEntry, account: str, currency: str, context: Context, notes: Notes) -> LineRow:
    """One entry, with everything that is wrong with it said at once."""
    columns, cells = tuple(entry.fields), tuple(entry.fields.values())
    row = LineRow(number, entry.line, columns, cells)

    def error(column: str, code: str, sentence: str = "") -> None:
        row.verdict = Verdict.ERROR
        notes.add("errors", Noted(number, entry.line, column, code, sentence or ROW_SENTENCES[code]))

    for place, code in bad_cells(cells):
        error(columns[place], code)
    for name in NEEDED:
        if not entry.fields.get(name, ""):
            error(name, "required")
    amount, day = _amount(entry, currency, error), _day(entry, context.today, error)
    if row.verdict is Verdict.CREATE and amount and day:
        row.moved.append(_movement(entry, account, amount, day))
    return row


def _amount(entry: OfxEntry, currency: str, error: Any) -> Money | None:
    """The amount; it may begin with a plus (OFX 3.2.9.2) and have a decimal comma, but 1,234 can be read two ways."""
    text = entry.fields.get("TRNAMT", "")
    if not text:
        return None
    if entry.fields.get(OF_AMOUNT, currency).upper() != currency:
        error(OF_AMOUNT, "currency", ROW_SENTENCES["other_currency"])
        return None
    if _GROUP.fullmatch(bare := text.removeprefix("+")) and exponent(currency) != 3:
        error("TRNAMT", "amount", f"{quoted(text)} can be read two ways. Write it with its decimals, like 1234.50.")
        return None
    try:
        money = parse_amount(bare.replace(",", ".") if _COMMA.fullmatch(bare) else bare, currency)
    except Refused as refusal:
        error("TRNAMT", refusal.code, str(refusal))
        return None
    if money.minor == 0 and not is_deleting(entry):
        error("TRNAMT", "zero_amount", ROW_SENTENCES["zero_line"])
        return None
    return money


def is_deleting(entry: OfxEntry) -> bool:
    """Whether the entry only takes an earlier one away."""
    return entry.fields.get("CORRECTACTION", "").upper() == "DELETE"


def _day(entry: OfxEntry, today: dt.date, error: Any) -> dt.date | None:
    text = entry.fields.get("DTPOSTED", "")
    if not text:
        return None
    found = _DAY.fullmatch(text)
    try:
        return parse_date("-".join(found.groups()) if found else text, today=today)
    except (WrongDate, Refused) as refusal:
        error("DTPOSTED", "date", str(refusal))
        return None


def _movement(entry: OfxEntry, account: str, amount: Money, day: dt.date) -> Movement:
    fields = entry.fields
    check = f"#{fields['CHECKNUM']}" if fields.get("CHECKNUM") else ""
    return Movement(
        account=account,
        reference=fields["FITID"],
        date=day,
        amount=Money(0, amount.currency) if is_deleting(entry) else amount,
        category=" ".join(filter(None, (fields.get("TRNTYPE", ""), check))),
        party=fields.get("NAME") or fields.get("EXTDNAME", ""),
        text=fields.get("MEMO", ""),
        corrects=fields.get("CORRECTFITID", ""),
        returned=is_returned(amount, fields.get("NAME", ""), fields.get("MEMO", "")),
    )


def correct(rows: list[LineRow], notes: Notes) -> None:
    """An entry that names an earlier one replaces or deletes it; a deleting entry counts itself as nothing."""
    standing = {row.moved[0].line_id: row for row in rows if row.moved and row.verdict is not Verdict.CONFLICT}
    for row in rows:
        if not row.moved or not row.moved[0].corrects:
            continue
        notes.add("warnings", Noted(row.row, row.line, "CORRECTFITID", "correction", ROW_SENTENCES["correction"]))
        earlier = standing.get(row.moved[0]._replace(reference=row.moved[0].corrects).line_id)
        if earlier is not None and earlier is not row:
            earlier.counts = False
        row.counts = row.counts and row.moved[0].amount.minor != 0
