"""Finding the format of a file, its tables and columns, its source and currency. Nothing is judged yet."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from core.money import UnknownCurrency, exponent
from imports.mapping.rules import Rules
from imports.reading.delimited import Table, TextFile, open_text, read_table
from imports.reading.findings import FileRefused
from imports.reading.letters import letters_of
from imports.reading.limits import refuse_oversize
from imports.reading.sections import has_sections, read_sections
from imports.reading.sniffing import refuse_unreadable
from partners.imports.context import Context
from partners.imports.corrected import corrected
from partners.imports.forgotten import Forgetting, without_contacts
from partners.imports.formats import TABLE_LAYOUTS, recognise
from partners.imports.formats.datasync import DATASYNC, DATASYNC_SECTIONS
from partners.imports.formats.npsp import DATA_IMPORT, find_header, header_facts
from partners.imports.formats.npsp import open_table as open_below
from partners.imports.formats.tnt_database import TntDatabase, read_database
from partners.imports.formats.tnt_secrets import looks_like_tnt_xml
from partners.imports.formats.tnt_xml import TNT_XML, database_facts, layouts_for
from partners.imports.layouts import Bound, Cells, Layout, bind, is_told
from partners.imports.mapped.opening import layout_and_facts, open_by_rules, warnings_of
from partners.imports.own_files import unguarded
from partners.imports.translating import translated
from partners.keys import SOURCE_LENGTH, short_key

AUTO = "auto"
SECTION_LENGTH = 20
_ORGANIZATION = "ORGANIZATION"


@dataclass(frozen=True)
class BoundTable:
    """A table whose columns are known, with the source and currency of rows that state none themselves.

    implied: the partners of gifts, who come with every gift again. forgetting: empties the rows of erased partners in
    `table`; `as_it_came` has them still, and nothing of it is kept but what `shown` has.
    """

    table: Table
    bound: Bound
    source: str
    currency: str
    as_it_came: Table
    forgetting: Forgetting
    implied: bool = False

    @property
    def shown(self) -> Table:
        """The rows as the file has them, but for words of erased partners."""
        return self.forgetting.shown(self.as_it_came)

    def cells(self, kept_out: frozenset[int] = frozenset()) -> Iterator[Cells]:
        """The records as the file has them, without those of these rows."""
        for record in self.as_it_came.records():
            if record.row not in kept_out:
                yield Cells(record, self.bound)


class KeptTable(NamedTuple):
    """A table whose rows are kept as they came and bring nothing."""

    section: str
    table: Table


@dataclass(frozen=True)
class OpenedFile:
    """A file whose format is known, with the tables that this format has. warnings: (code, sentence) of the file.
    of_lines: each row stands on lines of its own, by which it is found again.
    """

    text: TextFile
    gifts: BoundTable | None = None
    partners: BoundTable | None = None
    commitments: BoundTable | None = None
    rows: BoundTable | None = None
    kept: tuple[KeptTable, ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    of_lines: bool = True

    @property
    def tables(self) -> tuple[tuple[str, Table], ...]:
        """The tables with lines of text, whose cells can be corrected, by what they hold."""
        if not self.of_lines:
            return ()
        given = self.partners if self.partners and not self.partners.implied else None
        tables = {"partners": given, "gifts": self.gifts, "commitments": self.commitments, "rows": self.rows}
        return tuple((name, table.shown) for name, table in tables.items() if table)


def format_of(text: TextFile) -> str:
    """Say which of FORMATS a file is in. Raises FileRefused not_recognised."""
    if has_sections(text, {*DATASYNC_SECTIONS, _ORGANIZATION}):
        return DATASYNC
    return DATA_IMPORT.name if find_header(text) else recognise(read_table(text)).name


def is_of_no_system(text: TextFile) -> bool:
    """Whether no format of gifts or partners has all that it needs in this file, so that it may be a bank's."""
    try:
        layout = TABLE_LAYOUTS.get(format_of(text))
        if layout is None or layout is DATA_IMPORT:
            return False
        bind(layout, read_table(text))
    except FileRefused:
        return True
    return False


def open_bytes(data: bytes, context: Context, format_name: str = AUTO) -> OpenedFile:
    """Open a file by the rules of a person, in a named format, or in the one that it shows. Raises FileRefused."""
    if context.rules is not None:
        return open_mapped(data, context, context.rules)
    if is_tnt_xml(data, format_name):
        return open_tnt_xml(data, context)
    text = open_text(data)
    return open_as(text, context, format_of(text) if format_name == AUTO else format_name)


def open_mapped(data: bytes, context: Context, rules: Rules) -> OpenedFile:
    """Gifts, partners or commitments of a file that a person mapped. Raises FileRefused."""
    opened = open_by_rules(data, rules)
    layout, facts = layout_and_facts(opened, rules, context)
    found = _open_table(opened.text, layout, opened.table, context, facts)
    return replace(found, warnings=(*found.warnings, *warnings_of(opened)))


def is_tnt_xml(data: bytes, format_name: str) -> bool:
    """Whether the bytes are to be read as an XML export of TntConnect."""
    return format_name == TNT_XML or (format_name == AUTO and looks_like_tnt_xml(data))


def open_tnt_xml(data: bytes, context: Context) -> OpenedFile:
    """The contacts, the gifts and all other tables of a database, without its secrets. Raises FileRefused."""
    refuse_oversize(data)
    if not looks_like_tnt_xml(data):
        refuse_unreadable(data)
    database = read_database(data)
    contacts, gifts = (
        _bound_if_filled(layout, database.table(name), context)
        for name, layout in zip(("contact", "gift"), layouts_for(database, context), strict=True)
    )
    erased = _erased_contacts(contacts)
    kept = tuple(
        KeptTable(name[:SECTION_LENGTH], without_contacts(database.table(name), erased))
        for name in database.tables
        if name not in {"contact", "gift"}
    )
    odd = (("control_character", "Control characters were taken out."),) if database.stripped else ()
    return OpenedFile(
        TextFile(replace(letters_of(data), guessed=database.guessed), "", lambda: iter(())),
        gifts=gifts,
        partners=contacts,
        kept=kept,
        warnings=odd,
        facts=database_facts(database),
        of_lines=has_own_lines(database),
    )


def _erased_contacts(contacts: BoundTable | None) -> frozenset[str]:
    """The ids, in this database, of the contacts who were erased."""
    if not contacts:
        return frozenset()
    rows = contacts.forgetting.rows
    return frozenset(cells.text("row") for cells in contacts.cells() if cells.record.row in rows)


def has_own_lines(database: TntDatabase) -> bool:
    """Whether each contact and gift begins on a line of its own; the export writes them so."""
    lines = [row.line for name in ("contact", "gift") for row in database.rows(name)]
    return len(set(lines)) == len(lines)


def _bound_if_filled(layout: Layout, table: Table, context: Context) -> BoundTable | None:
    return bound_table(layout, table, context) if table.line else None


def open_as(text: TextFile, context: Context, format_name: str) -> OpenedFile:
    """Find the tables and columns of a format. Raises FileRefused missing_section, missing_column, currency …"""
    if format_name == DATASYNC:
        return _open_datasync(text, context)
    layout = TABLE_LAYOUTS[format_name]
    if layout is DATA_IMPORT and (header := find_header(text)):
        table = open_below(text, header)
        return _open_table(text, layout, table, context, header_facts(header, len(table.columns)))
    return _open_table(text, layout, read_table(text), context, {})


def _open_table(text: TextFile, layout: Layout, table: Table, context: Context, facts: dict[str, Any]) -> OpenedFile:
    """One table, and the partners that its gifts bring with them."""
    opened = bound_table(layout, table, context)
    if layout.holds == "commitments":
        return OpenedFile(text, commitments=opened, facts=facts)
    if layout.holds == "rows":
        return OpenedFile(text, rows=opened, facts=facts)
    if layout.holds == "partners":
        return OpenedFile(text, partners=opened, facts=facts)
    tells_givers = layout.brings is not None and is_told(layout.brings, table)
    givers = bound_table(layout.brings, table, context, implied=True) if layout.brings and tells_givers else None
    return OpenedFile(text, gifts=opened, partners=givers, facts=facts | {"delimiter": table.delimiter})


def bound_table(layout: Layout, table: Table, context: Context, *, implied: bool = False) -> BoundTable:
    """A table bound to its layout, in our own words."""
    as_read = corrected(table, context)
    table = unguarded(as_read) if layout.ours else as_read
    bound = bind(layout, table)
    source = layout.source or context.default_source
    forgetting = Forgetting(translated(table, bound, context), bound, source, context)
    return BoundTable(forgetting.judged(), bound, source, context.base_currency, as_read, forgetting, implied)


def _open_datasync(text: TextFile, context: Context) -> OpenedFile:
    sections = read_sections(text, DATASYNC_SECTIONS)
    missing = [f"[{name}]" for name in DATASYNC_SECTIONS if name not in sections.tables]
    if missing:
        raise FileRefused("missing_section", f"{' and '.join(missing)} is not there. Export the file again.")
    currency = sections.values.get("defaultcurrencycode", "").upper() or context.base_currency
    _refuse_other_currency(currency, context)
    source = _source_of(sections.values, context)
    donors, gifts = (
        _section(layout, corrected(sections.tables[name], context), source, currency, context)
        for name, layout in DATASYNC_SECTIONS.items()
    )
    return OpenedFile(text, gifts=gifts, partners=donors)


def _section(layout: Layout, table: Table, source: str, currency: str, context: Context) -> BoundTable:
    bound = bind(layout, table)
    forgetting = Forgetting(unguarded(table), bound, source, context)
    return BoundTable(forgetting.judged(), bound, source, currency, table, forgetting)


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
    if code in {"", *context.own_codes}:
        return context.default_source
    return short_key(values.get("abbriviation") or values.get("abbreviation") or code, SOURCE_LENGTH)
