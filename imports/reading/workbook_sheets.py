"""The sheets of a workbook in the order of their tabs, without hidden ones (ECMA-376 part 1, 18.2.19 and 18.2.28)."""

import io
import posixpath
from typing import NamedTuple
from xml.etree.ElementTree import iterparse

from imports.reading.findings import FileRefused

_IN_BOOK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_YES = frozenset({"1", "true", "on"})


class Sheet(NamedTuple):
    """One sheet: what its tab is called, and the part that holds its cells."""

    name: str
    part: str


def sheets_of(book: bytes, relations: bytes) -> list[Sheet]:
    """The sheets that a person sees, as far as both parts tell them. Raises FileRefused binary for days that count from
    1904: read as all others they would be four years off.
    """
    parts = {
        element.get("Id", ""): _part(element.get("Target", ""))
        for _, element in iterparse(io.BytesIO(relations), ("end",))  # noqa: S314 - no document type
        if _name(element.tag) == "Relationship"
    }
    found = []
    for _, element in iterparse(io.BytesIO(book), ("end",)):  # noqa: S314 - no document type
        if _name(element.tag) == "workbookPr" and element.get("date1904", "").casefold() in _YES:
            raise FileRefused("binary", "This workbook counts its days from 1904. Save it as CSV (UTF-8).")
        if _name(element.tag) == "sheet" and element.get("state", "visible") == "visible":
            found.append(Sheet(element.get("name", ""), parts.get(element.get(_IN_BOOK, ""), "")))
    return [sheet for sheet in found if sheet.part]


def _name(tag: str) -> str:
    return tag.rpartition("}")[2]


def _part(target: str) -> str:
    """The name of a part in the zip; targets are told from the folder of the workbook or from the top."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
