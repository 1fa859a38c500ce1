"""Stripe, PayPal and its giving fund, with other columns, other orders and other troubles than the samples have."""

from typing import Any

import pytest

from core.money import Money
from tests.partners.imports.formats.judging import judge, lines_of, said
from tests.partners.imports.told import told

CHARGE = {
    "balance_transaction_id": "txn_1",
    "created": "2026-07-05 20:40:57",
    "reporting_category": "charge",
    "currency": "usd",
    "gross": "20.00",
    "fee": "0.74",
    "net": "19.26",
    "source_id": "ch_1",
    "charge_id": "ch_1",
    "customer_id": "cus_1",
    "automatic_payout_id": "po_1",
    "payment_metadata[ssu]": "0100",
}


def stripe(*changes: dict[str, str], **options: Any) -> Any:
    return judge(
        [{**CHARGE, "balance_transaction_id": f"txn_{n}", **each} for n, each in enumerate(changes)], **options
    )


@pytest.mark.parametrize("shuffled", [None, 1, 2, 3])
def test_stripe_is_read_by_names_in_any_order(shuffled: int | None) -> None:
    file = stripe({}, {"source_id": "ch_2", "customer_id": "cus_2"}, shuffled=shuffled)
    assert (file.outcome.format, [line.key for line in lines_of(file)]) == (
        "stripe_payouts",
        [("STRIPE", "0100", "ch_1"), ("STRIPE", "0100", "ch_2")],
    )
    assert told(file)["payouts"] == {"po_1": {"date": "", "rows": 2, "gross": "40.00", "fee": "1.48", "net": "38.52"}}


def test_stripe_with_the_fewest_columns() -> None:
    names = ("balance_transaction_id", "created", "reporting_category", "gross")
    file = judge([{name: CHARGE[name] for name in names}])
    (line,) = lines_of(file)
    assert (line.amount, line.number, line.designation) == (Money(2000, "USD"), "txn_1", "")
    assert line.review == ("unidentified_donor", "unknown_designation")


def test_stripe_takes_back_what_was_disputed_and_gives_back_what_was_won() -> None:
    dispute = {"reporting_category": "dispute", "gross": "-20.00", "fee": "15.00", "net": "-35.00", "source_id": "dp_1"}
    won = {
        "reporting_category": "dispute_reversal",
        "gross": "20.00",
        "fee": "-15.00",
        "net": "35.00",
        "source_id": "dp_2",
    }
    file = stripe({}, dispute, won)
    assert [(line.kind, line.amount, line.reverses) for line in lines_of(file)] == [
        ("gift", Money(2000, "USD"), None),
        ("chargeback", Money(-2000, "USD"), ("STRIPE", "0100", "ch_1")),
        ("gift", Money(2000, "USD"), None),
    ]


def test_stripe_says_what_it_does_not_know_and_what_does_not_add_up() -> None:
    file = stripe({}, {"reporting_category": "new_thing", "source_id": "x"}, {"net": "19.27", "source_id": "ch_3"})
    assert (said(file, "warnings"), said(file, "errors")) == ([(2, "unknown_category")], [(3, "balance")])
    assert file.moved
    assert [each.row for each in file.moved.lines()] == [1, 2]


def test_a_currency_without_decimals() -> None:
    file = stripe({"currency": "jpy", "gross": "2000", "fee": "72", "net": "1928"})
    assert told(file)["totals_by_currency"] == {"JPY": "2000"}


PAYMENT = {
    "Date": "25/07/2026",
    "Time": "18:00:00",
    "Time zone": "GMT",
    "Name": "Ann Doe",
    "Type": "Donation Payment",
    "Status": "Completed",
    "Currency": "GBP",
    "Gross": "12,50",
    "Fee": "-0,74",
    "Net": "11,76",
    "From Email Address": "Ann@example.org",
    "Transaction ID": "T1",
    "Item ID": "0100",
    "Balance Impact": "Credit",
    "VAT": "0,00",
}


@pytest.mark.parametrize("options", [{}, {"delimiter": ";"}, {"shuffled": 4}, {"delimiter": "\t", "shuffled": 5}])
def test_paypal_in_english_with_commas_and_days_first(options: dict[str, Any]) -> None:
    large = {"Date": "03/08/2026", "Gross": "1.250,00", "Fee": "-10,00", "Net": "1.240,00", "Transaction ID": "T2"}
    file = judge([PAYMENT, {**PAYMENT, **large}], **options)
    assert [(str(line.date), line.amount, line.donor) for line in lines_of(file)] == [
        ("2026-07-25", Money(1250, "GBP"), "ann@example.org"),
        ("2026-08-03", Money(125000, "GBP"), "ann@example.org"),
    ]
    facts = told(file)
    assert (facts["payers"], facts["language"], facts["decimal_mark"], facts["fees"]) == (
        1,
        "en",
        ",",
        {"GBP": "-10.74"},
    )


@pytest.mark.parametrize("status", ["Pending", "Denied", "Refunded", "Canceled"])
def test_only_what_is_completed_is_a_gift(status: str) -> None:
    file = judge([PAYMENT, {**PAYMENT, "Transaction ID": "T2", "Status": status, "Balance Impact": "Memo"}])
    assert [str(line.verdict) for line in lines_of(file)] == ["create", "skip"]
    assert told(file)["not_gifts"] == {f"Donation Payment ({status})": 1}


def test_a_refund_of_an_unknown_payment_waits_for_a_person() -> None:
    refund = {"Type": "Payment Refund", "Gross": "-12,50", "Fee": "0,00", "Net": "-12,50", "Reference Txn ID": "GONE"}
    file = judge([PAYMENT, {**PAYMENT, **refund, "Transaction ID": "T2", "To Email Address": "ann@example.org"}])
    assert [line.review for line in lines_of(file)] == [(), ("unlinked_reversal",)]


def test_paypal_needs_net_to_be_gross_and_fee() -> None:
    assert said(judge([{**PAYMENT, "Net": "12,50"}]), "errors") == [(1, "balance")]


GRANT = {
    "Payout Date": "2026-07-24",
    "Donation Date": "2026-06-27",
    "Donor First Name": "Robert",
    "Donor Last Name": "Doe",
    "Donor Email": "",
    "Program Name": "Button",
    "Reference Information": "0100",
    "Currency Code": "USD",
    "Gross Amount": "25.00",
    "Total Fees": "1.00",
    "Net Amount": "24.00",
    "Transaction ID": "G1",
}


def test_the_giving_fund_credits_a_person_without_an_address() -> None:
    file = judge([GRANT, {**GRANT, "Transaction ID": "G2", "Donor First Name": "", "Donor Last Name": ""}], shuffled=6)
    assert [(line.donor, line.soft_donor, line.soft_kind) for line in lines_of(file)] == [
        ("PPGF", "robert doe", "giving_fund"),
        ("PPGF", "", ""),
    ]
    assert (told(file)["payouts"], told(file)["soft_credits"]) == ({"2026-07-24": "48.00"}, 1)
