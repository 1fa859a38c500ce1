"""Commitments of our own layout: every error of a row, and promises that moved to a unit."""

import datetime as dt

import pytest

from core.money import Money
from tests.partners.imports.formats.judging import judge, said

ROW = {
    "donor_id": "007",
    "designation": "0100",
    "amount": "50.00",
    "currency": "USD",
    "frequency": "Monthly",
    "start_date": "2025-01-15",
    "end_date": "",
    "outcome": "",
    "effective_date": "",
    "new_designation": "",
}
MOVED = {"outcome": "moved", "effective_date": "2025-07-01", "new_designation": "0200"}


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"donor_id": "99"}, ["unidentified_donor"]),
        ({"donor_id": "", "amount": ""}, ["required", "required"]),
        ({"designation": "0300"}, ["unknown_designation"]),
        ({**MOVED, "new_designation": "0300"}, ["unknown_designation"]),
        ({"frequency": "sometimes", "amount": "1e3"}, ["amount", "frequency"]),
        ({"amount": "-5"}, ["sign"]),
        ({"amount": "0"}, ["zero_amount"]),
        ({"currency": "XXZ"}, ["currency"]),
        ({"start_date": "2025-02-30"}, ["date"]),
    ],
)
def test_all_errors_of_a_row_are_said_at_once(changes: dict[str, str], errors: list[str]) -> None:
    file = judge([ROW, {**ROW, **changes}], shuffled=2)
    assert file.promised
    assert sorted(code for row, code in said(file, "errors") if row == 2) == errors
    assert [promise.row for promise in file.promised.promises] == [1]


def test_a_promise_that_moved_ends_and_goes_on_for_the_unit() -> None:
    file = judge([{**ROW, **MOVED, "frequency": "annual", "end_date": "2026-01-31"}])
    assert file.promised
    assert [(each.designation, each.starts_on, each.ends_on) for each in file.promised.promises] == [
        ("0100", dt.date(2025, 1, 15), dt.date(2025, 6, 30)),
        ("0200", dt.date(2025, 7, 1), dt.date(2026, 1, 31)),
    ]
    assert {(each.amount, each.frequency) for each in file.promised.promises} == {(Money(5000, "USD"), "yearly")}


def test_a_promise_that_never_held_is_kept_and_makes_nothing() -> None:
    file = judge([{**ROW, "end_date": "2024-12-31"}])
    assert file.promised
    assert (said(file, "errors"), said(file, "warnings"), file.promised.promises) == ([], [(1, "date")], [])
    assert len(list(file.promised.kept())) == 1
