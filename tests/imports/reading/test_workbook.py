"""Workbooks that cannot be read are refused with a sentence, whatever is wrong inside of the zip."""

import io
import zipfile
from collections.abc import Callable

import pytest

from core.export import xlsx_bytes
from imports.reading.findings import FileRefused
from imports.reading.workbook import read_workbook

SHEET = "xl/worksheets/sheet1.xml"


def damaged(content: bytes) -> bytes:
    """The workbook with a sheet that cannot be unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        begin = book.getinfo(SHEET).header_offset + 30 + len(SHEET)
    return content[:begin] + b"\xff" * 8 + content[begin + 8 :]


def encrypted(content: bytes) -> bytes:
    """The workbook with all parts marked as encrypted."""
    changed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for part in book.infolist():
            changed[part.header_offset + 6] |= 1
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


def test_a_whole_workbook_is_read() -> None:
    assert read_workbook(xlsx_bytes(["name"], [["Ruth"]])) == [(1, ["name"]), (2, ["Ruth"])]


@pytest.mark.parametrize("spoil", [damaged, encrypted])
def test_a_spoiled_one_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(FileRefused, match="The workbook cannot be opened"):
        read_workbook(spoil(xlsx_bytes(["name"], [["Ruth"]] * 50)))
