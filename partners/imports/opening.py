"""Finding the format of a file, its tables and columns, its source and currency. Nothing is judged yet."""

from dataclasses import dataclass

from core.money import UnknownCurrency, exponent
from imports.reading.delimited import Table, TextFile, open_text, read_table
from imports.reading.findings import FileRefused
from imports.reading.sections import has_sections, read_sections
from partners.imports.context import Context
from partners.imports.layouts import DATASYNC, DATASYNC_SECTIONS, TABLE_LAYOUTS, Bound, bind, recognise
from partners.keys import SOURCE_LENGTH, short_key

AUTO = "auto"
_ORGANIZATION = "ORGANIZATION"


@dataclass(frozen=True)
class BoundTable:
    """A table whose columns are known, with the source and currency of rows that state none themselves."""

    table: Table
    bound: Bound
    source: str
    currency: str


@dataclass(frozen=True)
class OpenedFile:
    """A file whose format is known, with the tables that this format has."""

    text: TextFile
    gifts: BoundTable | None = None
    partners: BoundTable | None = None


def format_of(text: TextFile) -> str:
    """Say which of FORMATS a file is in. Raises FileRefused not_recognised."""
    if has_sections(text, {*DATASYNC_SECTIONS, _ORGANIZATION}):
        return DATASYNC
    return recognise(read_table(text)).name


def open_bytes(data: bytes, context: Context, format_name: str = AUTO) -> OpenedFile:
    """Open a file in a named format, or in the one that it shows. Raises FileRefused."""
    text = open_text(data)
    return open_as(text, context, format_of(text) if format_name == AUTO else format_name)


def open_as(text: TextFile, context: Context, format_name: str) -> OpenedFile:
    """Find the tables and columns of a format. Raises FileRefused missing_section, missing_column, currency …"""
    if format_name == DATASYNC:
        return _open_datasync(text, context)
    layout, table = TABLE_LAYOUTS[format_name], read_table(text)
    opened = BoundTable(table, bind(layout, table), layout.source or context.default_source, context.base_currency)
    return OpenedFile(text, partners=opened) if layout.holds == "partners" else OpenedFile(text, gifts=opened)


def _open_datasync(text: TextFile, context: Context) -> OpenedFile:
    sections = read_sections(text, DATASYNC_SECTIONS)
    missing = [f"[{name}]" for name in DATASYNC_SECTIONS if name not in sections.tables]
    if missing:
        raise FileRefused("missing_section", f"{' and '.join(missing)} is not there. Export the file again.")
    currency = sections.values.get("defaultcurrencycode", "").upper() or context.base_currency
    _refuse_other_currency(currency, context)
    source = _source_of(sections.values, context)
    donors, gifts = (
        BoundTable(sections.tables[name], bind(layout, sections.tables[name]), source, currency)
        for name, layout in DATASYNC_SECTIONS.items()
    )
    return OpenedFile(text, gifts=gifts, partners=donors)


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
    return short_key(values.get("abbriviation") or values.get("abbreviation") or code, SOURCE_LENGTH)
