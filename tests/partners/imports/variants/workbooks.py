"""Workbooks written cell by cell, as spreadsheets write them and our own exports never do."""

import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

HIDDEN = ' state="hidden"'


@dataclass(frozen=True)
class Formula:
    """A cell that was worked out; what it came to is a number, or words."""

    value: float | str


@dataclass(frozen=True)
class Fault:
    """A cell that could not be worked out."""

    value: str


def cell(place: str, value: Any) -> str:
    """The XML of one cell."""
    if isinstance(value, Formula):
        kind = "" if isinstance(value.value, int | float) else ' t="str"'
        return f'<c r="{place}"{kind}><f>A1</f><v>{escape(str(value.value))}</v></c>'
    if isinstance(value, Fault):
        return f'<c r="{place}" t="e"><v>{value.value}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def sheet(rows: Sequence[Sequence[Any]], *, hidden: Collection[int] = ()) -> str:
    """The XML of a sheet; None is an empty cell, which spreadsheets leave out."""
    told = []
    for number, row in enumerate(rows, start=1):
        cells = (cell(f"{chr(65 + place)}{number}", value) for place, value in enumerate(row) if value is not None)
        mark = ' hidden="1"' if number in hidden else ""
        told.append(f'<row r="{number}"{mark}>{"".join(cells)}</row>')
    return f"<worksheet {MAIN}><sheetData>{''.join(told)}</sheetData></worksheet>"


def workbook(
    sheets: Mapping[str, str],
    *,
    hidden: Collection[str] = (),
    from_1904: bool = False,
    parts: Mapping[str, int] | None = None,
) -> bytes:
    """A workbook of these sheets in the order of their tabs; `parts`: the number of the part that holds a sheet."""
    numbers = parts or {name: place for place, name in enumerate(sheets, start=1)}
    named = "".join(
        f'<sheet name="{escape(name)}" sheetId="{place}" r:id="rId{place}"{HIDDEN if name in hidden else ""}/>'
        for place, name in enumerate(sheets, start=1)
    )
    days = '<workbookPr date1904="1"/>' if from_1904 else ""
    relations = "".join(
        f'<Relationship Id="rId{place}" Target="worksheets/sheet{numbers[name]}.xml"/>'
        for place, name in enumerate(sheets, start=1)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        book.writestr(
            "xl/workbook.xml", f'<workbook {MAIN} xmlns:r="{RELATIONS}">{days}<sheets>{named}</sheets></workbook>'
        )
        book.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{relations}</Relationships>')
        for name, content in sheets.items():
            book.writestr(f"xl/worksheets/sheet{numbers[name]}.xml", content)
    return out.getvalue()
