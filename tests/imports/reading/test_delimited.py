"""Tables of text: letters, line ends, delimiters, quotes, columns, cells; and what refuses the whole file."""

import bz2
import csv
import gzip
import io
import lzma

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from imports.reading.delimited import Record, Table, open_text, read_table
from imports.reading.findings import FileRefused
from imports.reading.limits import MAX_BYTES, MAX_CELL, MAX_COLUMNS


def table_of(data: bytes) -> Table:
    return read_table(open_text(data))


def cells_of(data: bytes) -> list[tuple[str, ...]]:
    return [record.cells for record in table_of(data).records()]


def refusal_of(data: bytes) -> str:
    with pytest.raises(FileRefused) as caught:
        list(table_of(data).records())
    return caught.value.code


ROWS = [("1", "Zoë"), ("2", "남궁")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("first", ["", "sep={}"])
def test_every_usual_way_of_writing_is_read(end: str, delimiter: str, encoding: str, first: str) -> None:
    lines = [first.format(delimiter)] * bool(first) + [delimiter.join(cells) for cells in [("id", "name"), *ROWS]]
    table = table_of((end.join(lines) + end).encode(encoding))
    assert (table.columns, [record.cells for record in table.records()]) == (("id", "name"), ROWS)


def test_mixed_line_ends_and_blank_lines_keep_the_line_numbers() -> None:
    table = table_of(b'\n\nid,note\r\n1,"two\nlines"\r\r,\n2,b\n  ,  \n3,c')
    assert list(table.records()) == [
        Record(1, 4, ("1", "two\nlines")),
        Record(2, 8, ("2", "b")),
        Record(3, 10, ("3", "c")),
    ]
    assert table.line == 3


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\t\n", "empty"),
        (b" \n" * 5000, "empty"),
        (b",,\n,,", "empty"),
        (gzip.compress(b"id", mtime=0), "compressed"),
        (bz2.compress(b"id"), "compressed"),
        (bz2.compress(b""), "compressed"),
        (lzma.compress(b"id"), "compressed"),
        (b"PK\x03\x04" + b"x" * 40, "compressed"),
        (b"7z\xbc\xaf\x27\x1c....", "compressed"),
        (b"%PDF-1.7\n", "binary"),
        (b"{\\rtf1\\ansi id,name}", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "binary"),
        (bytes(range(32)) * 20, "binary"),
        (b"\xef\xbb\xbf\n<!DOCTYPE HTML><p>", "html"),
        (b"<html><body>sign in", "html"),
        (b'<?xml version="1.0"?><!-- page --><html xmlns="x"/>', "html"),
        (b"BAD_PASSWORD\r\nThe user name or password is not right.", "error_reply"),
        (b"ERROR: no such account, sorry", "error_reply"),
        (b"ERROR 500, try again", "error_reply"),
        (b'{"error": "expired"}', "error_reply"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "doctype"),
        (b"<a><b></a>", "not_well_formed"),
        (b"<a>" * 101 + b"</a>" * 101, "not_well_formed"),
        ("id,name\n1,a".encode("utf-16-le"), "encoding"),
        ("id,name\n1,a".encode("utf-16-be"), "encoding"),
        ("id,name\n1,a".encode("utf-32-le"), "encoding"),
        ("id,name\n1,a".encode("utf-32"), "encoding"),
        (b'id,name\n1,"open\n2,b', "quote"),
        (b'id,name\n1,"shut"x\n2,b', "quote"),
        (b'id,name\n1,"' + b"x" * 9_000_000, "quote"),
        (b'id,name\n1,"' + b"x\n" * 5_000_000, "quote"),
        (b"id,name\n1," + b"x" * 9_000_000, "too_long"),
        (b'id,name\n1,"' + b"x" * 9_000_000 + b'"\n2,b', "too_long"),
        (b"First Name,first_NAME\n1,2", "duplicate_column"),
        (b",".join(b"c%d" % n for n in range(MAX_COLUMNS + 1)), "too_many_columns"),
        (b" " * (MAX_BYTES + 1), "too_large"),
    ],
)
def test_no_table_no_import(data: bytes, code: str) -> None:
    assert refusal_of(data) == code


@pytest.mark.parametrize(
    "header",
    [
        "Error Code,Text",
        "error;text",
        "NO_of gifts\tb",
        "error1,b",
        "No_Ack2;b",
        "PKid,b",
        "BZh,b",
        "{id},b",
        "[id],b",
        "!Type,b",
        "id,name",
        "e\u200brror,b",
    ],
)
def test_a_header_may_look_a_little_like_something_else(header: str) -> None:
    assert len(table_of(header.encode() + b"\n").columns) == 2


def test_the_deepest_allowed_xml_passes_the_guard() -> None:
    assert table_of(b"<a>" * 100 + b"</a>" * 100).columns


@pytest.mark.parametrize(
    ("data", "encoding", "guessed"),
    [
        ("a,ë\n".encode(), "utf-8", False),
        ("a,ë\n".encode("cp1252"), "cp1252", True),
        ("a,ë\n".encode("utf-8-sig"), "utf-8 with BOM", False),
        ("a,ë\n".encode() + b"1,\xe9\n", "utf-8", False),
        (b"\xef\xbb\xbfa,b\n1,\xe9\n", "utf-8 with BOM", False),
        ("a,ë\n".encode("utf-16"), "utf-16-le with BOM", False),
    ],
)
def test_the_encoding_is_settled_for_the_whole_file(data: bytes, encoding: str, guessed: bool) -> None:
    letters = open_text(data).letters
    assert (letters.name, letters.guessed) == (encoding, guessed)


@pytest.mark.parametrize(
    ("row", "trouble"),
    [
        (b"\xe9t\xe9,x", ((0, "encoding"),)),
        (b"a\x00\x00b,x", ((0, "control_character"),)),
        (b"a,\xc2\x85b", ((1, "control_character"),)),
        (b"a," + b"x" * (MAX_CELL + 1), ((1, "too_long"),)),
        (b"a", ((-1, "cell_count"),)),
        (b"a,b,c", ((-1, "cell_count"),)),
        (b"a,b, ,", ()),
        (b'"a\tb","c\r\nd"', ()),
        (b"a," + b"x" * MAX_CELL, ()),
        ("\u200cنیما\u200d,b".encode(), ()),
    ],
)
def test_one_bad_record_is_in_trouble_alone(row: bytes, trouble: tuple[tuple[int, str], ...]) -> None:
    records = list(table_of("id,ë\nok,ok\n".encode() + row + b"\nok,ok\n").records())
    assert [record.troubles for record in records] == [(), trouble, ()]


@pytest.mark.parametrize(
    "data",
    [
        b'"id", "name"\n"1", "a, b"\n"2", c\n',
        b'id,name\n"1", "a, b"\n"2", "c"\n',
        b'id,name\n1,"a, b"\n2,c\n\x1a',
        b'id,name\n1,"a, b"\n2,c\n' + b"\x00" * 300,
        '\ufeffid,name\n1,"a, b"\n\ufeff2,c\n'.encode(),
    ],
    ids=["blank before a quote", "blank in rows alone", "end mark of DOS", "last block filled up", "two files in one"],
)
def test_small_things_around_the_cells_are_read_over(data: bytes) -> None:
    table = table_of(data)
    assert (table.columns, [record.cells for record in table.records()]) == (
        ("id", "name"),
        [("1", "a, b"), ("2", "c")],
    )


@pytest.mark.parametrize("encoding", ["utf-16-be", "utf-16-le", "utf-8"])
def test_the_last_letter_is_no_end_mark(encoding: str) -> None:
    assert cells_of("\ufeffid,name\n1,业".encode(encoding)) == [("1", "业")]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b'{"data": [{"id": 1}]}', "JSON"),
        (b'[\n {"id": "1", "amount": "5.00"}]', "JSON"),
        (b":20:STARTUMS\r\n:25:10020030/1234567\r\n", "MT940"),
        (b"{1:F01BANKDEFFXXXX0000000000}{2:I940}{4:\n:20:1\n", "MT940"),
        (b"!Type:Bank\nD7/15/2026\nT5.00\n^\n", "QIF"),
        (b"01,122099999,123456789,260701,0200,1,,,2/\n", "BAI2"),
        (b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD\n", "vCard"),
    ],
)
def test_what_is_no_table_is_named_with_what_to_ask_for(data: bytes, word: str) -> None:
    with pytest.raises(FileRefused) as caught:
        table_of(data)
    assert (caught.value.code, word in str(caught.value)) == ("not_recognised", True)


def test_blank_column_names_at_the_end_are_no_columns() -> None:
    table = table_of(b"id,name, ,\n1,a,,\n2,b,c,\n")
    assert (table.columns, [record.troubles for record in table.records()]) == (
        ("id", "name"),
        [(), ((-1, "cell_count"),)],
    )


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example(b"\xff\xfea\x00\x00\xd8")
@example(b"=\r,\x0b")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """As many cells as columns; more only where the row is in trouble for it and kept as it came."""
    try:
        for record in table_of(data).records():
            beyond = len(record.cells) - len(table_of(data).columns)
            assert beyond == 0 or (beyond > 0 and (-1, "cell_count") in record.troubles)
    except FileRefused:
        return


plain = st.text(st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="\x85\u2028"), max_size=8)


@given(st.lists(st.tuples(plain, plain, st.just("x")), max_size=8), st.sampled_from([",", ";", "\t", "|"]))
def test_what_a_writer_writes_is_read_back(rows: list[tuple[str, str, str]], delimiter: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows([("first", "second", "third"), *rows])
    wanted = [tuple(cell.strip(" ") for cell in row) for row in rows]
    assert cells_of(out.getvalue().encode()) == wanted
