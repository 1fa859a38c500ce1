"""Movements of processors that the samples do not have: what is undone, what nobody knows, other ways to write."""

from typing import Any

import pytest

from partners.imports.checking import CheckedFile
from tests.partners.imports.formats.judging import judge, lines_of, said
from tests.partners.imports.formats.test_processors import GRANT, PAYMENT, stripe
from tests.partners.imports.told import told

REFUND = {"reporting_category": "refund", "gross": "-20.00", "fee": "0", "net": "-20.00", "source_id": "re_1"}
DISPUTE = {"reporting_category": "dispute", "gross": "-20.00", "fee": "15.00", "net": "-35.00", "source_id": "du_1"}


@pytest.mark.parametrize(
    "undone",
    [
        (REFUND, {**REFUND, "reporting_category": "refund_failure", "gross": "20.00", "net": "20.00"}),
        (
            DISPUTE,
            {**DISPUTE, "reporting_category": "dispute_reversal", "gross": "20.00", "fee": "-15.00", "net": "35.00"},
        ),
        ({"reporting_category": "charge_failure", "gross": "-20.00", "fee": "-0.74", "net": "-19.26"},),
    ],
)
def test_what_undoes_an_object_of_stripe_is_no_conflict_with_it(undone: tuple[dict[str, str], ...]) -> None:
    file = stripe({}, *undone)
    kept = 2000 if len(undone) == 2 else 0
    assert (said(file, "errors"), said(file, "conflicts"), len({line.number for line in lines_of(file)})) == (
        [],
        [],
        1 + len(undone),
    )
    assert sum(line.amount.minor for line in lines_of(file) if line.amount) == kept
    assert file.moved
    numbers = [moved.movement.gift_number for moved in file.moved.lines()]
    assert numbers == [line.number for line in lines_of(file)]


def test_rows_that_were_not_paid_out_are_in_no_payout() -> None:
    open_rows = {"automatic_payout_id": "", "source_id": "ch_2"}
    assert list(told(stripe({}, open_rows, {**open_rows, "currency": "eur", "source_id": "ch_3"}))["payouts"]) == [
        "po_1"
    ]


def paypal(*changes: dict[str, str], **options: Any) -> CheckedFile:
    rows = [{**PAYMENT, "Transaction ID": f"T{place}", **each} for place, each in enumerate(changes)]
    return judge(rows, **options)


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"Type": "Mobile Payment"}, True),
        ({"Type": "Express Checkout Payment"}, True),
        ({"Status": "Refunded"}, True),
        ({"Status": "Terminé"}, True),
        ({"Status": "Refunded", "Balance Impact": "Memo"}, False),
        ({"Status": "Pending"}, False),
        ({"Type": "General Currency Conversion"}, False),
        ({"Type": "Mass Payment", "Gross": "-12,50", "Fee": "0,00", "Net": "-12,50"}, False),
    ],
)
def test_money_that_came_in_and_is_no_gift_is_asked_about(changes: dict[str, str], *, asked: bool) -> None:
    file = paypal({}, changes)
    assert [str(line.verdict) for line in lines_of(file)] == ["create", "skip"]
    assert said(file, "warnings") == ([(2, "unknown_category")] if asked else [])


@pytest.mark.parametrize(
    ("changes", "amount"),
    [
        ({"Gross": "1\u00a0212,50", "Fee": "-0,74", "Net": "1\u202f211,76"}, "1212.50"),
        ({"Currency": "JPY", "Gross": "12.000", "Fee": "-400", "Net": "11.600"}, "12000"),
        ({"Currency": "JPY", "Gross": "12,000", "Fee": "-400", "Net": "11,600"}, "12000"),
        ({"Currency": "KRW", "Gross": "500", "Fee": "0", "Net": "500"}, "500"),
    ],
)
def test_amounts_as_other_countries_write_them(changes: dict[str, str], amount: str) -> None:
    file = paypal(changes)
    assert [line.amount.decimal_string() for line in lines_of(file) if line.amount] == [amount]
    assert said(file, "errors") == []


def test_a_withdrawal_is_on_the_day_that_the_column_proves() -> None:
    away = {"Date": "03/08/2026", "Type": "General Withdrawal", "Gross": "-5,00", "Fee": "0,00", "Net": "-5,00"}
    assert [each["date"] for each in told(paypal({}, away))["withdrawals"]] == ["2026-08-03"]


def test_payouts_of_two_currencies_are_told_apart() -> None:
    pounds = {**GRANT, "Transaction ID": "G2", "Currency Code": "GBP"}
    assert told(judge([GRANT, pounds]))["payouts"] == {"2026-07-24 GBP": "24.00", "2026-07-24 USD": "24.00"}
