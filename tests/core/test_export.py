"""Cells that no spreadsheet program takes for a formula (trust rule T12)."""

from datetime import date
from decimal import Decimal

import pytest

from core.export import cell, csv_download, csv_text


@pytest.mark.parametrize(
    "text",
    ["=SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "-cmd"],
)
def test_text_that_would_start_a_formula_is_neutralized(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Anna", "2/2", "-12.50", "-1,234.50", "", "a=b", "✓ 1/1", "5"])
def test_other_text_and_numbers_stay(text: str) -> None:
    assert cell(text) == text


def test_values_that_are_no_text() -> None:
    assert [cell(value) for value in (-5, Decimal("-1.50"), date(2026, 3, 2), None)] == [
        "-5",
        "-1.50",
        "2026-03-02",
        "",
    ]


def test_quotes_commas_and_line_ends() -> None:
    assert csv_text(["Name, place"], [['"A"'], ["two\nlines"]]) == '"Name, place"\r\n"""A"""\r\n"two\nlines"\r\n'


def test_head_is_neutralized_too() -> None:
    assert csv_text(["=A"], []) == "'=A\r\n"


def test_download_with_and_without_byte_order_mark() -> None:
    with_mark, without = csv_download("a/b", ["é"], []), csv_download("x", ["é"], [], bom=False)
    assert with_mark.content == b"\xef\xbb\xbf\xc3\xa9\r\n"
    assert without.content == b"\xc3\xa9\r\n"
    assert with_mark["Content-Disposition"] == 'attachment; filename="ab.csv"'
