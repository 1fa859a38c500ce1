"""Files of donor systems in other versions and situations: moneys that nobody expected, states, resaved sheets."""

import csv
import io
from typing import Any

import pytest

from partners.imports.checking import CheckedFile, check_file
from tests.partners.imports.formats.judging import context, judge, lines_of, said

DONORHUB = {"PEOPLE_ID": "7", "DESIGNATION": "0100", "DONATION_ID": "D1", "DISPLAY_DATE": "7/1/2026", "AMOUNT": "10"}
MPDX = {"Date": "7/1/2026", "Partner": "Ann", "Partner No.": "7", "Amount": "10", "Designation": "Unit (0100)"}
NPSP = {
    "Contact1 First Name": "Ann",
    "Contact1 Last Name": "Doe",
    "Donation Donor": "Contact1",
    "Donation Amount": "10.00",
    "Donation Date": "7/1/2026",
    "Donation Stage": "Closed Won",
    "Payment Check/Reference Number": "R1",
    "GAU Allocation 1 GAU": "0100",
}
CIVI = {
    "Contribution ID": "1",
    "Total Amount": "10.00",
    "Currency": "USD",
    "Date Received": "2026-07-01 10:00:00",
    "Contribution Status": "Completed",
    "Transaction ID": "V1",
    "External Identifier": "7",
    "fund_code": "0100",
}
SHEET = {"Date": "2026-07-01", "Donor #": "7", "Donor": "Ann", "Fund": "0100", "Amount": "10", "Check #": "1"}
OURS = {"gift_id": "g1", "gift_date": "2026-07-01", "donor_id": "7", "designation": "0100", "amount": "10"}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (DONORHUB, "CURRENCY"),
        (MPDX, "Currency"),
        (NPSP, "Currency ISO Code"),
        (NPSP, "CurrencyIsoCode"),
        (SHEET, "Currency"),
        (OURS, "Currency Code"),
    ],
)
def test_a_column_of_moneys_that_a_format_does_not_have_is_believed(row: dict[str, str], column: str) -> None:
    assert [line.amount.currency for line in lines_of(judge([row | {column: "EUR"}])) if line.amount] == ["EUR"]
    assert [line.amount.currency for line in lines_of(judge([row | {column: ""}])) if line.amount] == ["USD"]
    assert said(judge([row | {column: "Euro"}]), "errors") == [(1, "currency")]


@pytest.mark.parametrize(
    ("row", "column", "state", "asked"),
    [
        (NPSP, "Donation Stage", "Gewonnen", True),
        (NPSP, "Donation Stage", "In-Kind Received", True),
        (NPSP, "Donation Stage", "Pledged", False),
        (NPSP, "Donation Stage", "Closed Lost", False),
        (CIVI, "Contribution Status", "Abgeschlossen", True),
        (CIVI, "Contribution Status", "Partially paid", True),
        (CIVI, "Contribution Status", "7", True),
        (CIVI, "Contribution Status", "Failed", False),
        (CIVI, "Contribution Status", "3", False),
    ],
)
def test_a_state_that_nobody_knows_is_asked_about(row: dict[str, str], column: str, state: str, *, asked: bool) -> None:
    file = judge([row, row | {column: state}])
    assert [str(line.verdict) for line in lines_of(file)] == ["create", "skip"]
    found = [(note.row, note.column, note.code) for note in file.notes.of("warnings")]
    assert found == ([(2, column, "unknown_category")] if asked else [])


@pytest.mark.parametrize(
    "total",
    [
        {"Date": "Grand total", "Amount": "10"},
        {"Date": "", "Donor": "Total", "Amount": "10"},
        {"Date": "Summe", "Amount": "10"},
    ],
)
def test_lines_of_totals_are_no_gifts_and_who_is_called_so_is_a_giver(total: dict[str, str]) -> None:
    named = {**SHEET, "Donor": "Sum Ting", "Check #": "2"}
    file = judge([SHEET, dict.fromkeys(SHEET, "") | total, named])
    assert ([str(line.verdict) for line in lines_of(file)], said(file, "errors")) == (["create", "skip", "create"], [])


SECTIONS: dict[str, list[list[str]]] = {
    "ORGANIZATION": [["Code=HLM-USA"], ["DefaultCurrencyCode=USD"]],
    "DONORS": [["PEOPLE_ID", "ACCT_NAME", "PERSON_TYPE"], ["7", "Ann", "P"]],
    "PROFILES": [["CODE", "NAME"], ["a", "b\r\n[GIFTS]x"]],
    "GIFTS": [
        ["PEOPLE_ID", "ACCT_NAME", "DISPLAY_DATE", "AMOUNT", "DONATION_ID", "DESIGNATION", "MEMO"],
        ["7", "Ann", "7/1/2026", "10.0000", "D1", "0100", "for\r\n[DONORS]\r\nall"],
    ],
}


def datasync(*names: str, width: int = 0, delimiter: str = ",") -> CheckedFile:
    """Sections in this order; a spreadsheet that saved the file again gave every line so many cells."""
    out = io.StringIO()
    writer: Any = csv.writer(out, delimiter=delimiter)
    for name in names:
        for cells in ([f"[{name}]"], *SECTIONS[name]):
            writer.writerow(cells + [""] * (width - len(cells)))
    return check_file(out.getvalue().encode(), context())


@pytest.mark.parametrize(
    ("names", "options"),
    [
        (("ORGANIZATION", "DONORS", "GIFTS"), {}),
        (("GIFTS", "DONORS", "ORGANIZATION"), {}),
        (("DONORS", "GIFTS"), {}),
        (("ORGANIZATION", "PROFILES", "DONORS", "GIFTS"), {}),
        (("ORGANIZATION", "DONORS", "GIFTS"), {"width": 7}),
        (("ORGANIZATION", "DONORS", "GIFTS"), {"width": 9, "delimiter": ";"}),
    ],
)
def test_datasync_in_any_order_and_saved_again(names: tuple[str, ...], options: dict[str, Any]) -> None:
    file = datasync(*names, **options)
    (line,) = lines_of(file)
    assert (file.outcome.outcome, line.key, line.memo) == (
        "accept_with_warnings",
        ("HLM", "0100", "D1"),
        "for\r\n[DONORS]\r\nall",
    )
