"""Files of [SECTIONS]: any order and letter case; rows and lines counted per section; markers inside cells are text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.reading.delimited import Record, open_text
from imports.reading.findings import FileRefused
from imports.reading.sections import Sections, has_sections, read_sections

NAMES = {"DONORS", "GIFTS"}

FILE = b"""[organization]\r
Name = "Harbor"\r
Code=HLM\r
\r
[Gifts]\r
id,amount\r
1,"5\r
[DONORS]\r
x"\r
\r
2,6\r
\r
[DONORS]\r
"no","name"\r
7,Ann\r
"""


def sections_of(data: bytes) -> Sections:
    return read_sections(open_text(data), NAMES)


def test_sections_are_read_in_any_order() -> None:
    sections = sections_of(FILE)
    assert sections.values == {"name": "Harbor", "code": "HLM"}
    assert {name: (table.columns, table.line) for name, table in sections.tables.items()} == {
        "GIFTS": (("id", "amount"), 6),
        "DONORS": (("no", "name"), 14),
    }
    gifts = [Record(1, 7, ("1", "5\r\n[DONORS]\r\nx")), Record(2, 11, ("2", "6"))]
    for _ in range(2):  # a table can be read as often as wanted
        assert list(sections.tables["GIFTS"].records()) == gifts
    assert list(sections.tables["DONORS"].records()) == [Record(1, 15, ("7", "Ann"))]


def test_a_section_may_be_empty() -> None:
    sections = sections_of(b"[GIFTS]\n[DONORS]\nid\n")
    assert {name: table.columns for name, table in sections.tables.items()} == {"GIFTS": (), "DONORS": ("id",)}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"[GIFTS]\nid\n[GIFTS]\nid\n", "not_recognised"),
        (b'[DONORS]\nid,name\n1,"open\n[GIFTS]\nid\n', "quote"),
        (b"[DONORS]\nid,ID\n", "duplicate_column"),
    ],
)
def test_what_refuses_the_whole_file(data: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as caught:
        sections_of(data)
    assert caught.value.code == code


def test_files_with_sections_are_told_from_others() -> None:
    assert has_sections(open_text(FILE), NAMES)
    assert not has_sections(open_text(b"Not a valid DataSync file"), NAMES)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        for table in sections_of(b"[DONORS]\n" + data).tables.values():
            list(table.records())
    except FileRefused:
        return
