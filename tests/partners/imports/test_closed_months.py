"""What falls into a closed month is the error of its row, and what a file of gifts with an unknown day is."""

import datetime as dt

import pytest

from imports.reading.glance import ColumnSeen
from partners.imports.mapped.proposing import kind_of
from partners.imports.statements.sides import side_of
from tests.partners.imports.formats.judging import judge, lines_of, said
from tests.partners.imports.told import told

ROW = {"gift_id": "1", "gift_date": "2026-03-01", "donor_id": "7", "designation": "0100", "amount": "10.00"}
FIRST = {"open_from": dt.date(2026, 3, 1)}


def test_only_the_rows_of_closed_months_stay_out() -> None:
    file = judge([ROW, ROW | {"gift_id": "2", "gift_date": "2026-02-28"}], knows=FIRST)
    assert [(row, code) for row, code in said(file, "errors")] == [(2, "month_closed")]
    assert [line.verdict.value for line in lines_of(file)] == ["create", "error"]
    assert "Open the month again under Giving, Ledger, Months" in told(file)["errors"][0]["message"]


def test_a_gift_of_two_lines_stays_out_whole() -> None:
    rows = [ROW | {"gift_date": "2026-02-28"}, ROW | {"designation": "0200", "gift_date": "2026-02-28"}]
    assert {line.verdict.value for line in lines_of(judge(rows, knows=FIRST))} == {"error"}


def test_without_a_closed_month_all_come_in() -> None:
    assert said(judge([ROW | {"gift_date": "1998-02-28"}]), "errors") == []


@pytest.mark.parametrize("amount", ["amount", "Gift Amount", "Donation"])
def test_a_list_of_people_with_amounts_is_asked_about(amount: str) -> None:
    file = judge(
        [{"donor_id": "7", "display_name": "Ruth Moab", "email": "r@x.org", amount: "5.00", "Tag": "2026-01-02"}]
    )
    assert file.outcome.reason == "not_recognised"


def test_a_list_of_people_without_amounts_is_one() -> None:
    file = judge([{"donor_id": "7", "display_name": "Ruth Moab", "email": "r@x.org"}])
    assert (file.outcome.format, file.outcome.reason) == ("generic_partners", "")


def test_gifts_are_proposed_where_no_column_of_days_is_known_by_name() -> None:
    columns = (
        ColumnSeen("Wann", ("2026-01-02",), 5, 5, 0),
        ColumnSeen("Donor", ("Ruth",), 5),
        ColumnSeen("Amount", ("5.00",), 5, 0, 5),
    )
    assert kind_of(columns) == "gifts"
    assert kind_of(columns[1:]) == "partners"


@pytest.mark.parametrize(
    ("word", "side"),
    [
        ("ACH Debit", -1),
        ("Debit", -1),
        ("Fee", None),
        ("ACH credit", 1),
        ("Incoming wire", 1),
        ("Direct debit", None),
    ],
)
def test_words_of_banks(word: str, side: int | None) -> None:
    assert side_of(word) == side
