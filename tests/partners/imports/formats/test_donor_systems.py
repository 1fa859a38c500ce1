"""CiviCRM, NPSP, MPDX, DonorHub and TntConnect, with other columns, orders and troubles than the samples have."""

from typing import Any

import pytest

from core.money import Money
from partners.imports.checking import check_file
from tests.partners.imports.formats.judging import context, judge, lines_of, said, written
from tests.partners.imports.told import told

CIVI = {
    "external_identifier": "7",
    "total_amount": "50.00",
    "currency": "USD",
    "receive_date": "2025-03-01 10:00:00",
    "financial_type_id": "Donation",
    "trxn_id": "X1",
    "contribution_status_id": "Completed",
    "fund_code": "0100",
}


@pytest.mark.parametrize("options", [{}, {"shuffled": 1}, {"delimiter": ";", "shuffled": 2}])
def test_a_refund_goes_in_and_out(options: dict[str, Any]) -> None:
    back = {"trxn_id": "X2", "contribution_status_id": "Refunded", "contribution_cancel_date": "20250310120000"}
    file = judge([{**CIVI, "contribution_cancel_date": ""}, {**CIVI, **back}], **options)
    assert [(line.number, str(line.date), line.amount, line.reverses) for line in lines_of(file)] == [
        ("X1", "2025-03-01", Money(5000, "USD"), None),
        ("X2", "2025-03-01", Money(5000, "USD"), None),
        ("X2/refund", "2025-03-10", Money(-5000, "USD"), ("CIVI", "0100", "X2")),
    ]
    facts = told(file)
    assert (facts["rows"], facts["gifts"], facts["gift_lines"], facts["reversals"], facts["new_lines"]) == (
        2,
        2,
        2,
        1,
        2,
    )
    assert facts["totals_by_currency"] == {"USD": "50.00"}


def test_states_that_are_no_gifts() -> None:
    states = ["Pending", "Cancelled", "Failed", "In Progress", "completed"]
    rows = [
        {**CIVI, "trxn_id": f"X{n}", "contribution_status_id": each, "is_test": "0"} for n, each in enumerate(states)
    ]
    file = judge([*rows, {**CIVI, "trxn_id": "T", "is_test": "1"}])
    assert told(file)["not_gifts"] == {"cancelled": [2], "failed": [3], "in progress": [4], "pending": [1], "test": [6]}
    assert told(file)["gift_lines"] == 1


def test_a_contact_of_civicrm_is_no_donor_number_of_the_agency() -> None:
    row = {name: value for name, value in CIVI.items() if name != "external_identifier"}
    assert [line.review for line in lines_of(judge([{**row, "contact_id": "7"}]))] == [("unidentified_donor",)]


def test_labels_of_an_export_are_known_too() -> None:
    row = {
        "Contribution ID": "5",
        "External Identifier": "7",
        "Total Amount": "1,050.00",
        "Date Received": "2025-03-01",
        "Financial Type": "0100",
        "Contribution Status": "Completed",
        "Transaction ID": "X9",
    }
    (line,) = lines_of(judge([row]))
    assert (line.number, line.designation, line.amount) == ("X9", "0100", Money(105000, "USD"))


def funds(*each: tuple[str, str, str]) -> dict[str, str]:
    """Cells of (fund, amount, percent)."""
    return {
        f"GAU Allocation {place} {label}": value
        for place, values in enumerate(each, start=1)
        for label, value in zip(("GAU", "Amount", "Percent"), values, strict=True)
    }


NPSP = {
    "Contact1 First Name": "Ann",
    "Contact1 Last Name": "Doe",
    "Home Street": "1 Elm St",
    "Donation Donor": "Contact1",
    "Donation Amount": "100.00",
    "Donation Date": "9/1/2025",
    "Donation Stage": "Closed Won",
    "Payment Check/Reference Number": "77",
    "GAU Allocation 1 GAU": "0100",
}


@pytest.mark.parametrize(
    ("told_funds", "lines"),
    [
        ({}, [("0100", 10000)]),
        (funds(("0100", "", "100")), [("0100", 10000)]),
        (funds(("0100", "60", ""), ("0200", "40", "")), [("0100", 6000), ("0200", 4000)]),
        (funds(("0100", "", "25"), ("0200", "", "75")), [("0100", 2500), ("0200", 7500)]),
        (funds(("0100", "60", "")), [("0100", 6000), ("", 4000)]),
        (
            {"GAU Allocation 1 Amount": "60", "GAU Allocation 2 GAU": "0200", "GAU Allocation 2 Amount": "40"},
            [("0100", 6000), ("0200", 4000)],
        ),
        (
            {"GAU Allocation 1 Percent": "25", "GAU Allocation 2 GAU": "0200", "GAU Allocation 2 Percent": "75"},
            [("0100", 2500), ("0200", 7500)],
        ),
    ],
)
def test_a_donation_is_split_over_its_funds(told_funds: dict[str, str], lines: list[tuple[str, int]]) -> None:
    file = judge([{**NPSP, **told_funds}], shuffled=3)
    assert file.outcome.format == "npsp_data_import"
    assert [(line.designation, line.amount and line.amount.minor) for line in lines_of(file)] == lines
    assert (told(file)["rows"], told(file)["gifts"], told(file)["donors"]) == (1, 1, 1)


def test_funds_of_more_than_the_donation_are_refused() -> None:
    too_much = funds(("0100", "60", ""), ("0200", "50", ""))
    assert said(judge([{**NPSP, **too_much}]), "errors") == [(1, "split_total"), (1, "split_total")]


def test_the_template_with_names_alone_and_without_its_instructions() -> None:
    api = {
        "NPSP__CONTACT1_LASTNAME__C": "Doe",
        "NPSP__DONATION_DONOR__C": "Contact1",
        "NPSP__DONATION_AMOUNT__C": "5",
        "NPSP__DONATION_DATE__C": "9/1/2025",
        "NPSP__PAYMENT_CHECK_REFERENCE_NUMBER__C": "1",
        "NPSP__GAU_ALLOCATION_1_GAU__C": "0100",
    }
    file = judge([api])
    assert ([line.designation for line in lines_of(file)], told(file)["first_data_line"]) == (["0100"], 2)


def test_what_is_not_won_and_who_only_is_a_contact_are_no_gifts() -> None:
    contact = {
        "Contact1 Last Name": "Roe",
        "Donation Amount": "",
        "Donation Date": "",
        "Payment Check/Reference Number": "",
    }
    file = judge([NPSP, {**NPSP, "Donation Stage": "Pledged"}, {**NPSP, **contact}])
    assert [str(line.verdict) for line in lines_of(file)] == ["create", "skip", "skip"]
    assert said(judge([NPSP, {**NPSP, "Payment Check/Reference Number": ""}]), "errors") == [(2, "required")]


REPORT = {
    "Date": "3/4/2025",
    "Partner": "Ann Doe",
    "Partner No.": "007",
    "Amount": "33.80",
    "Foreign Amount": "31.25 EUR",
    "Designation": "Riverbend (Deaf) (0100)",
}


def test_an_mpdx_report_in_any_order() -> None:
    file = judge([REPORT, {**REPORT, "Foreign Amount": "KWD 15.500", "Partner No.": ""}], shuffled=8)
    assert [(line.designation, line.donor, line.tendered, str(line.date)) for line in lines_of(file)] == [
        ("0100", "7", Money(3125, "EUR"), "2025-03-04"),
        ("0100", "", Money(15500, "KWD"), "2025-03-04"),
    ]
    assert [note.key for note in file.notes.of("review")] == ["MPDX|0100|row2"]


def test_two_lines_of_a_report_that_say_the_same_are_two_gifts() -> None:
    first = judge([REPORT, REPORT])
    assert len({line.number for line in lines_of(first)}) == 2
    assert [line.number for line in lines_of(judge([REPORT, REPORT]))] == [line.number for line in lines_of(first)]


CONTACT = {"Contact Name": "Doe, Ann and Ben", "First Name": "Ann", "Last Name": "Doe", "Spouse First Name": "Ben"}


def test_contacts_without_numbers_are_known_again_and_told_apart() -> None:
    twins = [{**CONTACT, "Notes": "", "Primary Email": ""}, {**CONTACT, "Notes": "", "Greeting": "Doctor"}]
    files = [judge(twins), judge(twins)]
    numbers = [[partner.number for partner in file.partners.imported] for file in files if file.partners]
    assert (numbers[0] == numbers[1], len(set(numbers[0])), said(files[0], "errors")) == (True, 2, [])


def test_a_contact_without_a_name_is_no_partner() -> None:
    nobody = dict.fromkeys(CONTACT, "") | {"Greeting": "x"}
    assert said(judge([CONTACT, nobody]), "errors") == [(2, "required"), (2, "required")]


def test_answers_of_a_dataserver() -> None:
    profiles = judge([{"ROLE_CODE": "0100", "ROLE_DESCRIPTION": "Ann"}, {"ROLE_CODE": "9", "ROLE_DESCRIPTION": "B"}])
    assert (profiles.outcome.format, told(profiles)["unknown_designations"]) == ("donorhub_profiles", ["9"])
    balance = judge([{"BALANCE": "5.00", "EMPLID": "0100;0200", "EFFDT": "2026-06-30 23:59:59", "ACCT_NAME": "A\nB"}])
    assert [told(balance)[name] for name in ("designations", "names", "balance", "as_of")] == [
        ["0100", "0200"],
        ["A", "B"],
        "5.00",
        "2026-06-30",
    ]


TNT = {"ContactID": "1", "File As": "Doe, Ann", "Full Name": "Ann Doe", "Organization Account IDs": "000007"}


def test_a_contact_of_tntconnect_is_the_donor_of_its_account() -> None:
    file = judge([TNT, {**TNT, "ContactID": "2", "Organization Account IDs": ""}], shuffled=9)
    assert file.partners
    assert [partner.key for partner in file.partners.imported] == [("HLM", "7"), ("TNT", "2/ann doe")]


def test_lists_of_systems_that_are_not_read_are_not_taken_for_bank_statements() -> None:
    breeze = {"Person ID": "1", "First Name": "A", "Date": "2025-03-01", "Amount": "5", "Fund(s)": "x", "Note": "y"}
    church = {"User ID": "1", "Date": "2025-03-01", "Details": "x", "Amount": "5"}
    for rows in ([breeze], [church]):
        assert check_file(written(rows), context()).outcome.reason == "not_recognised"
