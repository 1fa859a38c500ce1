"""Workbooks as people keep them: titles, several sheets, hidden rows, formulas. Days are numbers in them."""

from pathlib import Path
from typing import Any

import pytest

from imports.reading.findings import FileRefused
from imports.reading.workbook import read_workbook
from tests.partners.imports.variants.judging import brought
from tests.partners.imports.variants.workbooks import Fault, Formula, sheet, workbook

HEAD = ["Date", "Donor ID", "Donor Name", "Fund", "Amount"]
ROWS: list[list[Any]] = [[46037, 7, "Ann", "0100", 1250.5], [46038, 8, "Ben", "0200", 50]]
GIFTS = sheet([HEAD, *ROWS])
BOTH = ["1250.50 USD 2026-01-15", "50.00 USD 2026-01-16"]
OTHERS = [[0, "", "other_sheets"]]


@pytest.mark.parametrize(
    ("book", "brings", "said"),
    [
        (workbook({"Gifts": GIFTS}), BOTH, {}),
        (
            workbook({"G": sheet([HEAD, [46037, 7, Formula("Ann"), "0100", Formula(1250.5)], ROWS[1]])}),
            BOTH,
            {},
        ),
        (
            workbook({"G": sheet([HEAD, [46037, 7, "Ann", "0100", Fault("#REF!")], ROWS[1]])}),
            BOTH[1:],
            {"errors": [[1, "Amount", "amount"]]},
        ),
        (workbook({"G": sheet([["Gifts of 2026"], ["Giver", None, None, "Gift"], HEAD, *ROWS])}), BOTH, {}),
        (workbook({"Empty": sheet([]), "Gifts": GIFTS}), BOTH, {}),
        (workbook({"Cover": sheet([["Our gifts"], ["of January"]]), "Gifts": GIFTS}), BOTH, {"warnings": OTHERS}),
        (workbook({"Gifts": GIFTS, "People": sheet([["ID", "Name"], [7, "Ann"]])}), BOTH, {"warnings": OTHERS}),
        (workbook({"Old": sheet([HEAD, [46000, 7, "X", "0100", 1]]), "G": GIFTS}, hidden={"Old"}), BOTH, {}),
        (
            workbook({"Gifts": GIFTS, "More": sheet([["a"], ["b"]])}, parts={"Gifts": 2, "More": 1}),
            BOTH,
            {"warnings": OTHERS},
        ),
        (
            workbook({"Gifts": sheet([HEAD, *ROWS], hidden={3})}),
            BOTH,
            {"warnings": [[0, "", "hidden_rows"]]},
        ),
        (workbook({"Gifts": sheet([HEAD, *ROWS, ["Total", None, None, None, Formula(1300.5)]])}), BOTH, {}),
    ],
    ids=[
        *("plain", "formulas", "a formula that failed", "merged heads", "an empty sheet first", "a cover first"),
        *("two sheets", "a hidden sheet first", "tabs in another order", "hidden rows", "a line of totals"),
    ],
)
def test_a_workbook(book: bytes, brings: list[str], said: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "gifts.xlsx"
    path.write_bytes(book)
    assert brought(path) == {"format": "mapped_gifts", "brings": brings, "asked": "workbook"} | said


def test_days_counted_from_1904_are_refused_and_never_four_years_off() -> None:
    with pytest.raises(FileRefused, match="counts its days from 1904"):
        read_workbook(workbook({"Gifts": GIFTS}, from_1904=True))
