"""The door: one file in, its outcome and its judged rows out. Refusals of the whole file are an outcome too."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from imports.reading.delimited import Table, TextFile, open_text
from imports.reading.findings import FileRefused, Found, KeptOut
from imports.reading.limits import read_limited
from imports.reading.writing import is_workbook
from partners.imports import outcome as outcomes
from partners.imports.cell_warnings import warn_about_letters
from partners.imports.commitment_rows import JudgedCommitments, judge_commitments
from partners.imports.context import Context, GiftId
from partners.imports.corrected import kept_out, rows_of
from partners.imports.formats.tnt_xml import TNT_XML
from partners.imports.gifts import JudgedGifts, judge_gifts, mentioned_in
from partners.imports.judged import JudgedPartner, Noted
from partners.imports.kept_rows import KeptRows, keep_rows
from partners.imports.left_out import left_out_of, left_out_tables
from partners.imports.mapped.facts import STATEMENT
from partners.imports.mapped.layout import FORMATS
from partners.imports.moved import Moved, lines_moved_in, moved_by, rows_in_error
from partners.imports.movements import LineId
from partners.imports.opening import (
    AUTO,
    BoundTable,
    OpenedFile,
    format_of,
    is_of_no_system,
    is_tnt_xml,
    open_as,
    open_bytes,
    open_mapped,
    open_tnt_xml,
)
from partners.imports.outcome import Outcome
from partners.imports.partner_rows import JudgedPartners, judge_partners
from partners.imports.row_notes import Notes, of_refusal
from partners.imports.sentences import ERASED, ROW_SENTENCES
from partners.imports.soft_credits_left import warn_of_left_credits
from partners.imports.statements import BANK_CSV, OFX, SECTION
from partners.imports.statements.bank_csv import judge_bank_csv
from partners.imports.statements.judged import Statement
from partners.imports.statements.mapped import judge_mapped
from partners.imports.statements.ofx import held_rows
from partners.imports.statements.opening import is_bank_csv, judge_statement

BATCH = 2_000
T = TypeVar("T")


@dataclass(frozen=True)
class CheckedFile:
    """What a file comes to, and what is to be said of it; `gifts` and `partners` are there as far as the format has
    them and the file was read.
    """

    outcome: Outcome
    notes: Notes
    gifts: JudgedGifts | None = None
    partners: JudgedPartners | None = None
    moved: Moved | None = None
    rows: tuple[KeptRows, ...] = ()
    promised: JudgedCommitments | None = None
    statement: Statement | None = None
    context: Context | None = None
    tables: tuple[tuple[str, Table], ...] = ()


def check_file(data: bytes, context: Context, format_name: str = AUTO) -> CheckedFile:
    """Judge a whole file. format_name: one of FORMATS, or "auto" to recognise it; the rules of a person come first.
    Never raises FileRefused.
    """
    try:
        refuse_unmapped_workbook(data, context)
        if statement := _statement_in(data, context, format_name):
            return _of_statement(statement, context)
        if context.rules is not None:
            format_name = FORMATS[context.rules.kind]
            return _judge(open_mapped(data, context, context.rules), context)
        if is_tnt_xml(data, format_name):
            return _judge(open_tnt_xml(data, context), context)
        text = open_text(data)
        format_name = format_of(text) if format_name == AUTO else format_name
        return _judge(open_as(text, context, format_name), context)
    except FileRefused as refusal:
        return _refused(refusal, format_name)


def refuse_unmapped_workbook(data: bytes, context: Context) -> None:
    """Raise FileRefused workbook for a workbook of which nobody said what its columns are."""
    if context.rules is None and is_workbook(data):
        raise FileRefused("workbook")


def check_path(path: Path, context: Context, format_name: str = AUTO) -> CheckedFile:
    """Judge the file at a path. A file over the byte limit is an outcome too."""
    try:
        return check_file(read_limited(path), context, format_name)
    except FileRefused as refusal:
        return _refused(refusal, format_name)


def stream_found(
    path: Path, context: Context, format_name: str = AUTO
) -> Iterator[Outcome | list[Found] | list[KeptOut]]:
    """Yield the outcome, then the findings in lists of BATCH; made for `stream_from_child`.

    `context.earlier` must be a mapping there: `gifts_mentioned` says beforehand what to put into it.
    """
    yield from _told(check_path(path, context, format_name))


def stream_judged(path: Path, context: Context, format_name: str = AUTO) -> Iterator[Outcome | list[Any]]:
    """Yield what `stream_found` does, then partners, gift lines, kept rows and movements, each in lists of BATCH."""
    checked = check_path(path, context, format_name)
    yield from _told(checked)
    if checked.partners:
        yield from _batches(checked.partners.partners)
        yield from _batches(checked.partners.asked.promises)
        yield from _batches(checked.partners.asked.stages)
    if checked.gifts:
        yield from _batches(checked.gifts.lines())
    for kept in checked.rows:
        yield from _batches(kept.lines())
    if checked.promised:
        yield from _batches(checked.promised.kept())
        yield from _batches(checked.promised.promises)
    if checked.statement and checked.context:
        yield from _batches(checked.statement.kept())
        yield from _batches(checked.statement.movements(frozenset(checked.context.lines)))
    if checked.moved:
        yield from _batches(checked.moved.lines())


def stream_givers(path: Path, context: Context, format_name: str = AUTO) -> Iterator[list[JudgedPartner]]:
    """Yield the partners whom a file would add, and those it has rows of, without their rows; made for
    `stream_from_child`. Whoever only comes with gifts, perhaps of long ago, says nothing new of themselves. Nobody for
    a file that is refused.
    """
    partners = check_path(path, context, format_name).partners
    if partners:
        told = (each for each in partners.imported if partners.rows or not each.known)
        yield from _batches(replace(each, columns=(), cells=()) for each in told)


def gifts_mentioned(path: Path, context: Context, format_name: str = AUTO) -> set[GiftId]:
    """Return the gifts that a file brings or takes back, to look up which of them are there already.

    It may name some that are none, since any word of a refund's memo may be a gift number. A file that is refused
    mentions none.
    """
    try:
        opened = open_bytes(read_limited(path), context, format_name)
        return mentioned_in(opened.gifts, context) if opened.gifts else set()
    except FileRefused:
        return set()


def lines_mentioned(path: Path, context: Context, format_name: str = AUTO) -> set[LineId]:
    """Return the statement lines that a file brings, to look up which of them are there already."""
    try:
        data = read_limited(path)
        if statement := _statement_in(data, context, format_name):
            return statement.line_ids
        opened = open_bytes(data, context, format_name)
        return lines_moved_in(opened.gifts, context) if opened.gifts else set()
    except FileRefused:
        return set()


def stream_mentioned(path: Path, context: Context, format_name: str = AUTO) -> Iterator[list[GiftId] | list[LineId]]:
    """Yield what `gifts_mentioned` and `lines_mentioned` find in lists of moderate length; made for
    `stream_from_child`.
    """
    yield from _batches(sorted(gifts_mentioned(path, context, format_name)))
    yield from _batches(sorted(lines_mentioned(path, context, format_name)))


def _statement_in(data: bytes, context: Context, format_name: str) -> Statement | None:
    """The judged statement of a bank, or None when the file is something else. Raises FileRefused."""
    if context.rules is not None:
        return judge_mapped(data, context, context.rules) if context.rules.kind == STATEMENT else None
    if statement := judge_statement(data, context, format_name, AUTO):
        return statement
    if format_name != AUTO or is_tnt_xml(data, format_name):
        return None
    text = open_text(data)
    return judge_bank_csv(text, context) if is_of_no_system(text) and is_bank_csv(text) else None


def _of_statement(statement: Statement, context: Context) -> CheckedFile:
    return CheckedFile(outcomes.of_statement(statement, context), statement.notes, statement=statement, context=context)


def _judge(opened: OpenedFile, context: Context) -> CheckedFile:
    checked = replace(_judged(opened, context), tables=opened.tables)
    _tell_of_erased(opened, checked.notes)
    if left_out := _left_out(opened, context):
        facts = checked.outcome.facts | {"left_out": dict(left_out)}
        return replace(checked, outcome=replace(checked.outcome, facts=facts))
    return checked


def _tell_of_erased(opened: OpenedFile, notes: Notes) -> None:
    """Say of each row of an erased partner, also of one that is kept out, that its words are not kept."""
    told = {note.line for note in notes.of("warnings") if note.code == ERASED}
    for table in filter(None, (opened.gifts, opened.partners, opened.commitments)):
        if not table.implied:
            for row, line in table.forgetting.lines.items():
                if line not in told:
                    notes.add("warnings", Noted(row, line, "", ERASED, ROW_SENTENCES[ERASED]))


def _left_out(opened: OpenedFile, context: Context) -> Counter[str]:
    """What the file tells of its contacts and is not brought in."""
    table = opened.partners or opened.gifts
    found = left_out_of(table.bound, table.cells()) if table else Counter[str]()
    if context.toward:
        found -= Counter(phases=found["phases"] if context.toward_unit else 0, pledges=found["pledges"])
    return found + left_out_tables((kept.section, sum(1 for _ in kept.table.records())) for kept in opened.kept)


def _judged(opened: OpenedFile, context: Context) -> CheckedFile:
    """Judge the partners, then the gifts, whose donors are known when the file or the agency has them."""
    facts = _letters(opened.text) | opened.facts
    partners = judge_partners(opened.partners, context) if opened.partners else None
    notes = partners.notes if partners else Notes()
    warn_about_letters(opened.text, notes)
    if opened.gifts:
        warn_of_left_credits(opened.gifts, notes)
    for code, sentence in opened.warnings:
        notes.add("warnings", Noted(0, 1, "", code, sentence))
    facts |= partners.asked.facts() if partners else {}
    kept = tuple(KeptRows(table, section) for section, table in opened.kept)
    if opened.gifts:
        known = frozenset(context.donors) | (partners.keys if partners else frozenset())
        gifts = judge_gifts(opened.gifts, context, known)
        if partners and opened.partners and not opened.partners.implied:
            facts |= outcomes.donor_facts(partners) | _told_by(opened.partners, partners.rows_in_error, context)
        facts |= _told_by(opened.gifts, rows_in_error(gifts), context)
        notes = notes.merged(gifts.notes)
        moved = moved_by(gifts, context)
        facts |= moved.counts()
        return CheckedFile(outcomes.of_gifts(gifts, notes, context, facts), notes, gifts, partners, moved, kept)
    if partners and opened.partners:
        facts |= _told_by(opened.partners, partners.rows_in_error, context)
        return CheckedFile(outcomes.of_partners(partners, notes, context, facts), notes, None, partners, rows=kept)
    if opened.commitments:
        promised = judge_commitments(opened.commitments, context, notes)
        facts |= _told_by(opened.commitments, promised.rows_in_error, context)
        return CheckedFile(outcomes.of_commitments(promised, notes, facts), notes, promised=promised)
    if opened.rows:
        rows = keep_rows(opened.rows, notes)
        facts |= _told_by(opened.rows, rows.rows_in_error, context)
        return CheckedFile(outcomes.of_rows(rows, notes, facts), notes, rows=(rows,))
    notes.add("warnings", Noted(0, 1, "", "no_rows", ROW_SENTENCES["empty_database"]))
    return CheckedFile(outcomes.of_nothing(TNT_XML, facts), notes, rows=kept)


def _told_by(table: BoundTable, kept_out: frozenset[int], context: Context) -> dict[str, Any]:
    tells = table.bound.layout.tells
    return tells(table.cells(kept_out), context) if tells else {}


def _refused(refusal: FileRefused, format_name: str) -> CheckedFile:
    name = "" if format_name == AUTO else format_name
    return CheckedFile(outcomes.refused(name, refusal), of_refusal(refusal))


def _told(checked: CheckedFile) -> Iterator[Outcome | list[Found] | list[KeptOut]]:
    yield checked.outcome
    yield from _batches(checked.notes.found())
    yield from _batches(kept_out(_came(checked), checked.notes))


def _came(checked: CheckedFile) -> Iterator[KeptOut]:
    """The rows of a file of lines as they came, where they can be corrected."""
    if checked.statement and checked.statement.format == BANK_CSV:
        return (KeptOut(SECTION, row.row, row.line, row.columns, row.cells) for row in checked.statement.rows)
    if checked.statement and checked.statement.format == OFX:
        rows = checked.statement.rows
        return held_rows(rows) if len({row.line for row in rows}) == len(rows) else iter(())
    return rows_of(checked.tables)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while batch := list(islice(left, BATCH)):
        yield batch


def _letters(text: TextFile) -> dict[str, Any]:
    return {"encoding": text.letters.name, "line_ends": text.line_ends}
