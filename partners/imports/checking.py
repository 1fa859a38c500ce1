"""The door: one file in, its outcome and its judged rows out. Refusals of the whole file are an outcome too."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from core.money import UnknownCurrency, exponent
from imports.reading.delimited import Table, TextFile, open_text, read_table
from imports.reading.findings import FileRefused
from imports.reading.limits import read_limited
from imports.reading.sections import has_sections, read_sections
from partners.imports import outcome as outcomes
from partners.imports.cell_warnings import warn_about_letters
from partners.imports.context import Context, Earlier, GiftId
from partners.imports.gifts import JudgedGifts, judge_gifts
from partners.imports.judged import JudgedGiftLine, JudgedPartner
from partners.imports.layouts import DATASYNC, DATASYNC_SECTIONS, FORMATS, TABLE_LAYOUTS, bind, recognise
from partners.imports.outcome import Outcome
from partners.imports.partner_rows import JudgedPartners, judge_partners
from partners.imports.row_notes import Notes

AUTO = "auto"
BATCH = 2_000
_ORGANIZATION = "ORGANIZATION"


@dataclass(frozen=True)
class CheckedFile:
    """What a file comes to; `gifts` and `partners` are there as far as the format has them and the file was read."""

    outcome: Outcome
    gifts: JudgedGifts | None = None
    partners: JudgedPartners | None = None


def check_file(data: bytes, context: Context, format_name: str = AUTO) -> CheckedFile:
    """Judge a whole file. format_name: one of FORMATS, or "auto" to recognise it. Never raises FileRefused."""
    try:
        text = open_text(data)
        if format_name == DATASYNC or (format_name == AUTO and has_sections(text, {*DATASYNC_SECTIONS, _ORGANIZATION})):
            format_name = DATASYNC
            return _check_datasync(text, context)
        table = read_table(text)
        layout = recognise(table) if format_name == AUTO else TABLE_LAYOUTS[format_name]
        format_name = layout.name
        bound = bind(layout, table)
        if layout.holds == "partners":
            return _check_partners(text, judge_partners(table, bound, context.default_source, context), context)
        source = layout.source or context.default_source
        known = frozenset(context.donors)
        return _check_gifts(text, judge_gifts(table, bound, source, context.base_currency, context, known), context)
    except FileRefused as refusal:
        name = "" if format_name == AUTO else format_name
        return CheckedFile(outcomes.refused(name, refusal.code, str(refusal), refusal.line))


def check_path(path: Path, context: Context, format_name: str = AUTO) -> CheckedFile:
    """Judge the file at a path. A file over the byte limit is an outcome too."""
    try:
        return check_file(read_limited(path), context, format_name)
    except FileRefused as refusal:
        return CheckedFile(outcomes.refused("", refusal.code, str(refusal), refusal.line))


def stream_judged(
    path: Path, context: Context, format_name: str = AUTO
) -> Iterator[Outcome | list[JudgedPartner] | list[JudgedGiftLine]]:
    """Yield the outcome, then the partners, then the gift lines in lists of BATCH; made for `stream_from_child`.

    `context.earlier` must be a mapping there: `gifts_mentioned` says beforehand what to put into it.
    """
    checked = check_path(path, context, format_name)
    yield checked.outcome
    partners = iter(checked.partners.partners if checked.partners else ())
    while batch := list(islice(partners, BATCH)):
        yield batch
    lines = checked.gifts.lines() if checked.gifts else iter(())
    while found := list(islice(lines, BATCH)):
        yield found


def gifts_mentioned(path: Path, context: Context, format_name: str = AUTO) -> set[GiftId]:
    """Return the gifts that a file brings or takes back, to look up which of them are there already."""
    mentioned: set[GiftId] = set()

    def remember(gifts: set[GiftId]) -> Earlier:
        mentioned.update(gifts)
        return {}

    check_path(path, replace(context, earlier=remember), format_name)
    return mentioned


def stream_mentioned(path: Path, context: Context, format_name: str = AUTO) -> Iterator[list[GiftId]]:
    """Yield what `gifts_mentioned` finds in lists of moderate length; made for `stream_from_child`."""
    gifts = iter(sorted(gifts_mentioned(path, context, format_name)))
    while batch := list(islice(gifts, BATCH)):
        yield batch


def _check_datasync(text: TextFile, context: Context) -> CheckedFile:
    """Judge the donors, then the gifts, whose donors are known when the file or the agency has them."""
    sections = read_sections(text, DATASYNC_SECTIONS)
    donors, gifts = (_section(sections.tables, name) for name in ("DONORS", "GIFTS"))
    currency = sections.values.get("defaultcurrencycode", "").upper() or context.base_currency
    _refuse_other_currency(currency, context)
    source = _source_of(sections.values, context)
    partners = judge_partners(donors, bind(DATASYNC_SECTIONS["DONORS"], donors), source, context)
    known = frozenset(context.donors) | partners.keys
    judged = judge_gifts(gifts, bind(DATASYNC_SECTIONS["GIFTS"], gifts), source, currency, context, known)
    facts = {"source": source, **_letters(text), **outcomes.donor_facts(partners)}
    notes = _notes(text, partners.notes.merged(judged.notes))
    return CheckedFile(outcomes.of_gifts(judged, notes, context, facts), judged, partners)


def _section(tables: dict[str, Table], name: str) -> Table:
    if name not in tables:
        raise FileRefused("missing_section", f"The section [{name}] is not there. Export the file again.")
    return tables[name]


def _refuse_other_currency(currency: str, context: Context) -> None:
    """The amounts of a DataSync file are in its default currency, which must be the agency's base currency."""
    try:
        exponent(currency)
    except UnknownCurrency as refusal:
        raise FileRefused("currency", str(refusal)) from refusal
    if currency != context.base_currency:
        message = f"The file is in {currency}, the agency's base currency is {context.base_currency}."
        raise FileRefused("currency", message)


def _source_of(values: dict[str, str], context: Context) -> str:
    """Return the source of a DataSync file: the agency's own for its own organization code or for none."""
    code = values.get("code", "")
    if code in {"", context.organization_code}:
        return context.default_source
    return values.get("abbriviation") or values.get("abbreviation") or code


def _check_gifts(text: TextFile, gifts: JudgedGifts, context: Context) -> CheckedFile:
    source = gifts.bound.layout.source
    facts = ({"source": source} if source else {}) | _letters(text)
    return CheckedFile(outcomes.of_gifts(gifts, _notes(text, gifts.notes), context, facts), gifts)


def _check_partners(text: TextFile, partners: JudgedPartners, context: Context) -> CheckedFile:
    outcome = outcomes.of_partners(partners, _notes(text, partners.notes), context, _letters(text))
    return CheckedFile(outcome, None, partners)


def _letters(text: TextFile) -> dict[str, str]:
    return {"encoding": text.letters.name, "line_ends": text.line_ends}


def _notes(text: TextFile, notes: Notes) -> Notes:
    warn_about_letters(text, notes)
    return notes


__all__ = ["AUTO", "FORMATS", "CheckedFile", "check_file", "check_path", "gifts_mentioned", "stream_judged"]
