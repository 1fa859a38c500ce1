"""The rules of gift rows, each on a file of its own, in ways that the samples do not have."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import Money
from partners.imports.checking import CheckedFile, check_file
from partners.imports.context import Context, EarlierLine
from partners.imports.judged import JudgedGiftLine

HEADER = "gift_id,gift_date,donor_id,designation,amount"
DAY = dt.date(2025, 3, 14)


def usd(minor: int) -> Money:
    return Money(minor, "USD")


def context(**changes: Any) -> Context:
    setting: dict[str, Any] = {
        "base_currency": "USD",
        "today": dt.date(2026, 11, 21),
        "default_source": "HLM",
        "organization_code": "HLM-USA",
        "designations": {"0100", "0200"},
        "donors": {("HLM", "7"), ("HLM", "8")},
        "worker_names": ["Miller", "van der Berg", "Jones"],
    }
    return Context(**setting | changes)


def check(*rows: str, header: str = HEADER, **changes: Any) -> CheckedFile:
    return check_file("\n".join([header, *rows]).encode(), context(**changes), "generic_gifts")


def said(file: CheckedFile, kind: str) -> list[tuple[int, str, str]]:
    return [(note.row, note.column, note.code) for note in file.notes.of(kind)]


def lines_of(file: CheckedFile) -> list[JudgedGiftLine]:
    assert file.gifts
    return list(file.gifts.lines())


def verdicts(file: CheckedFile) -> list[str]:
    return [str(line.verdict) for line in lines_of(file)]


@pytest.mark.parametrize(
    ("row", "errors"),
    [
        (",2025-03-14,7,0100,5", [("gift_id", "required")]),
        ("1,,7,0100,", [("gift_date", "required"), ("amount", "required")]),
        ("1,14/03/25,7,0100,1e3", [("gift_date", "date"), ("amount", "amount")]),
        ("1,2025-03-14,7,0100,1000000000000", [("amount", "too_large")]),
        ("1,2025-03-14,7,0100,0.001", [("amount", "decimals")]),
        ("1,2025-03-14,7,0100,.00", [("amount", "zero_amount")]),
        ("1,2025-03-14,7,0100,(5.00)", [("amount", "sign")]),
        ("1,2025-03-14,7,0100", [("", "cell_count")]),
        ("1,2025-03-14,7,0100,\x01", [("amount", "control_character")]),
    ],
)
def test_all_errors_of_a_row_are_said_at_once(row: str, errors: list[tuple[str, str]]) -> None:
    file = check("0,2025-03-14,7,0100,5", row)
    assert said(file, "errors") == [(2, column, code) for column, code in errors]
    assert (file.outcome.outcome, verdicts(file)) == ("row_errors", ["create", "error"])


MONEY = "gift_id,gift_date,donor_id,designation,amount,currency,tendered_amount,tendered_currency,type,gift_total"


@pytest.mark.parametrize(
    ("cells", "errors"),
    [
        ("5,,,,,", []),
        ("5,usd,,,GIFT,5.00", []),
        ("$5,CAD,,,,", [("amount", "amount")]),
        ("5.5,KRW,,,,", [("amount", "decimals")]),
        ("5,XXZ,,,,", [("currency", "currency")]),
        ("5,,4,EUR,,", []),
        ("5,,5.00,,,", []),
        ("5,,4,,,", [("tendered_currency", "currency")]),
        ("5,,4,EURO,,", [("tendered_currency", "currency")]),
        ("5,,4.001,EUR,,", [("tendered_amount", "decimals")]),
        ("-5,,,,refund,", []),
        ("-5,,-4,EUR,Chargeback,", []),
        ("-5,,4,EUR,refund,", [("tendered_amount", "sign")]),
        ("5,,,,refund,", [("amount", "sign")]),
        ("5,,,,loan,", [("type", "type")]),
        ("5,,,,In-Kind,", []),
        ("5,,,,,6", [("gift_total", "split_total")]),
        ("5,,,,,x", [("gift_total", "amount")]),
    ],
)
def test_amounts_currencies_and_types(cells: str, errors: list[tuple[str, str]]) -> None:
    file = check(f"1,2025-03-14,7,0100,{cells}", header=MONEY)
    assert said(file, "errors") == [(1, column, code) for column, code in errors]


@pytest.mark.parametrize(("value", "errors"), [("1", []), ("0", []), ("9", []), ("-1", [(1, "fmv", "sign")])])
def test_what_was_got_in_return_is_worth_something(value: str, errors: list[tuple[int, str, str]]) -> None:
    assert said(check(f"1,2025-03-14,7,0100,5,{value}", header=f"{HEADER},fmv"), "errors") == errors


def test_what_a_good_row_becomes() -> None:
    header = f"{MONEY},donor_name,method,memo,fmv,soft_donor_id,anonymous,shoe_size"
    (line,) = lines_of(check("1,2025-03-14,0007,0100,5,,4,EUR,,,Ann\u200b,card,hi,1,009,yes,9", header=header))
    assert (line.key, line.gift, line.verdict, line.review) == (("HLM", "0100", "1"), ("HLM", "1"), "create", ())
    assert (line.donor, line.donor_as_given, line.donor_known, line.donor_name) == ("7", "0007", True, "Ann")
    assert (line.date, line.amount, line.tendered) == (DAY, usd(500), Money(400, "EUR"))
    assert (line.fair_market_value, line.soft_donor, line.anonymous, line.memo) == (usd(100), "9", True, "hi")
    assert (line.raw["donor_id"], line.raw["shoe_size"]) == ("0007", "9")


def test_a_repeat_counts_once_and_a_conflict_is_held() -> None:
    file = check(
        *("1,2025-03-14,7,0100,5", "1,3/14/2025,007,0100,5.00", "1,2025-03-14,7,0100,6", "1,2025-03-15,7,0100,5"),
        *("1,2025-03-14,8,0100,5", "2,2025-03-14,7,0100,5", "1,2025-03-14,7,0200,9", "1,2025-03-15,7,0300,9"),
        *("01,2025-03-14,7,0100,5", "2,2025-03-14,,0200,5"),
    )
    held = [(3, "amount"), (4, "gift_date"), (5, "donor_id"), (8, "gift_date"), (10, "donor_id")]
    assert said(file, "conflicts") == said(file, "errors") == [(row, column, "conflict") for row, column in held]
    assert said(file, "duplicates") == [(2, "", "duplicate")]
    assert file.outcome.numbers["totals_by_currency"] == {"USD": "24.00"}
    assert (file.outcome.numbers["gifts"], file.outcome.numbers["split_gifts"], file.outcome.new_lines) == (3, 1, 4)


def test_a_currency_that_differs_is_a_conflict_too() -> None:
    file = check("1,2025-03-14,7,0100,5,USD,,,,", "1,2025-03-14,7,0100,5,CAD,,,,", header=MONEY)
    assert said(file, "conflicts") == [(2, "currency", "conflict")]


def test_a_row_with_an_error_stands_for_no_key() -> None:
    file = check("1,2025-03-14,7,0100,x", "1,2025-03-14,7,0100,5")
    assert verdicts(file) == ["error", "create"]


def test_earlier_imports_stand() -> None:
    earlier = {("HLM", "0100", "1"): EarlierLine("7", DAY, usd(500))}
    rows = ["1,2025-03-14,7,0100,5", "1,2025-03-14,7,0100,5", "1,2025-03-14,7,0100,6", "1,2025-03-14,8,0200,5"]
    file = check(*rows, "1,2025-03-14,7,0200,4", earlier=earlier)
    assert verdicts(file) == ["repeat", "repeat", "conflict", "conflict", "create"]
    assert said(file, "conflicts") == [(3, "amount", "conflict"), (4, "donor_id", "conflict")]
    assert said(file, "errors") == [(3, "amount", "conflict"), (4, "donor_id", "conflict")]
    assert (file.outcome.new_lines, file.outcome.numbers["totals_by_currency"]) == (1, {"USD": "9.00"})


def test_a_conflict_with_an_earlier_import_alone_is_no_error() -> None:
    earlier = {("HLM", "0100", "1"): EarlierLine("7", DAY, usd(500))}
    file = check("1,2025-03-14,7,0100,6", earlier=earlier)
    assert (said(file, "conflicts"), said(file, "errors")) == ([(1, "amount", "conflict")], [])
    assert (file.outcome.outcome, file.outcome.new_lines) == ("accept_with_warnings", 0)


def test_a_donor_found_out_later_is_not_compared() -> None:
    found_out = {("HLM", "0100", "1"): EarlierLine(None, DAY, usd(500))}
    assert verdicts(check("1,2025-03-14,,0100,5", earlier=found_out)) == ["repeat"]
    stated = {("HLM", "0100", "1"): EarlierLine("7", DAY, usd(500))}
    assert verdicts(check("1,2025-03-14,,0100,5", earlier=stated)) == ["conflict"]


def test_earlier_lines_are_asked_for_once_by_gift() -> None:
    asked: list[set[tuple[str, str]]] = []

    def earlier(gifts: set[tuple[str, str]]) -> dict[Any, Any]:
        asked.append(gifts)
        return {}

    header = f"{HEADER},type,reverses"
    check("1,2025-03-14,7,0100,5,,", "2,2025-03-14,7,0100,-1,refund,9", header=header, earlier=earlier)
    assert asked == [{("HLM", "1"), ("HLM", "2"), ("HLM", "9")}]


SPLIT = f"{HEADER},gift_total"


@pytest.mark.parametrize(
    ("rows", "refused"),
    [
        (["1,2025-03-14,7,0100,5,9", "1,2025-03-14,7,0200,4,9"], []),
        (["1,2025-03-14,7,0100,5,9", "1,2025-03-14,7,0200,4,"], []),
        (["1,2025-03-14,7,0100,5,9", "1,2025-03-14,7,0200,4,8", "2,2025-03-14,7,0200,4,4"], [1, 2]),
        (["1,2025-03-14,7,0100,5,9", "1,2025-03-14,7,0100,5,9", "1,2025-03-14,7,0200,4,9"], []),
        (["1,2025-03-14,7,0100,5,9", "2,2025-03-14,7,0200,4,4"], [1]),
        (["1,2025-03-14,7,0100,5,9", "1,2025-03-14,8,0200,4,9"], []),
    ],
)
def test_split_totals(rows: list[str], refused: list[int]) -> None:
    file = check(*rows, header=SPLIT)
    wanted = [(row, "gift_total", "split_total") for row in refused]
    assert [error for error in said(file, "errors") if error[2] == "split_total"] == wanted


def test_lines_of_an_earlier_import_belong_to_the_split() -> None:
    earlier = {("HLM", "0200", "1"): EarlierLine("7", DAY, usd(400))}
    assert said(check("1,2025-03-14,7,0100,5,9", header=SPLIT, earlier=earlier), "errors") == []


REFUNDS = f"{HEADER},tendered_amount,tendered_currency,type,reverses"


@pytest.mark.parametrize(
    ("rows", "refused", "unlinked"),
    [
        (["2,2025-03-14,7,0100,-5,,,refund,1"], [], []),
        (["2,2025-03-14,7,0100,-5.01,,,refund,1"], [2], []),
        (["2,2025-03-14,7,0100,-3,,,refund,1", "3,2025-03-14,7,0100,-3,,,chargeback,1"], [3], []),
        (["2,2025-03-14,7,0100,-3,,,refund,1", "3,2025-03-14,7,0100,-2,,,chargeback,1"], [], []),
        (["2,2025-03-14,7,0100,-3,,,refund,"], [], [2]),
        (["2,2025-03-14,7,0100,-3,,,refund,77"], [], [2]),
        (["2,2025-03-14,7,0100,-3,,,refund,2"], [], [2]),
        (["2,2025-03-14,7,0100,-3,,,refund,1", "2,2025-03-14,7,0200,-3,,,refund,1"], [2, 3], []),
        (["2,2025-03-14,7,0100,-9,-4,EUR,refund,3", "3,2025-03-14,7,0100,5,4,EUR,,"], [], []),
        (["2,2025-03-14,7,0100,-5,-4.01,EUR,refund,3", "3,2025-03-14,7,0100,6,4,EUR,,"], [2], []),
        (["2,2025-03-14,7,0100,-5,,,refund,3", "3,2025-03-14,7,0100,6,4,EUR,,"], [], []),
        (["2,2025-03-14,7,0100,-7,,,refund,3", "3,2025-03-14,7,0100,6,4,EUR,,"], [2], []),
    ],
)
def test_reversals_take_back_no_more_than_was_given(rows: list[str], refused: list[int], unlinked: list[int]) -> None:
    file = check("1,2025-03-14,7,0100,5,,,,", *rows, header=REFUNDS)
    assert said(file, "errors") == [(row, "amount", "reversal") for row in refused]
    assert [row for row, _, code in said(file, "review") if code == "unlinked_reversal"] == unlinked


def test_reversals_of_earlier_gifts_count_what_was_taken_back_before() -> None:
    earlier = {
        ("HLM", "0100", "1"): EarlierLine("7", DAY, usd(500)),
        ("HLM", "0100", "2"): EarlierLine("7", DAY, usd(-300), reverses="1"),
    }
    good = check("3,2025-03-14,7,0100,-2,,,refund,1", header=REFUNDS, earlier=earlier)
    assert (said(good, "errors"), lines_of(good)[0].reverses) == ([], ("HLM", "0100", "1"))
    again = check("2,2025-03-14,7,0100,-3,,,refund,1", header=REFUNDS, earlier=earlier)
    assert (said(again, "errors"), verdicts(again)) == ([], ["repeat"])
    more = check("3,2025-03-14,7,0100,-2.01,,,refund,1", header=REFUNDS, earlier=earlier)
    assert said(more, "errors") == [(1, "amount", "reversal")]


def test_a_refund_by_hand_in_the_base_currency_takes_its_part_of_what_was_tendered() -> None:
    earlier = {
        ("HLM", "0100", "1"): EarlierLine("7", DAY, usd(600), tendered=Money(400, "EUR")),
        ("hand", "0100", "9"): EarlierLine("", DAY, usd(-300), reverses="1", reverses_source="HLM"),
    }
    good = check("3,2025-03-14,7,0100,-3,-2,EUR,refund,1", header=REFUNDS, earlier=earlier)
    assert said(good, "errors") == []
    more = check("3,2025-03-14,7,0100,-3,-2.01,EUR,refund,1", header=REFUNDS, earlier=earlier)
    assert said(more, "errors") == [(1, "amount", "reversal")]
    booked = check("3,2025-03-14,7,0100,-3.01,,,refund,1", header=REFUNDS, earlier=earlier)
    assert said(booked, "errors") == [(1, "amount", "reversal")]


def test_a_reversal_is_linked_to_the_line_of_its_designation() -> None:
    rows = ["1,2025-03-14,7,0100,5,,,,", "1,2025-03-14,7,0200,5,,,,", "2,2025-03-14,7,0200,-1,,,refund,1"]
    assert lines_of(check(*rows, header=REFUNDS))[2].reverses == ("HLM", "0200", "1")


@pytest.mark.parametrize(
    ("donor", "designation", "memo", "reasons"),
    [
        ("7", "0100", "", []),
        ("", "0100", "", ["unidentified_donor"]),
        ("99", "100", "only for Miller", ["unidentified_donor", "unknown_designation", "earmark_worker"]),
        ("7", "0100", "for the Millers' rent", ["earmark_worker"]),
        ("7", "0100", "Jones’ salary", ["earmark_worker"]),
        ("7", "0100", "MUST GO  TO van  der Berg", ["earmark_worker"]),
        ("7", "0100", "for Miller with love", []),
        ("7", "0100", "current rental for Millerton only", []),
        ("7", "0100", "only for the well", []),
    ],
)
def test_what_a_person_looks_at(donor: str, designation: str, memo: str, reasons: list[str]) -> None:
    file = check(f"1,2025-03-14,{donor},{designation},5,{memo}", header=f"{HEADER},memo")
    assert said(file, "review") == [(1, "", reason) for reason in reasons]
    assert (lines_of(file)[0].review, file.outcome.new_lines) == (tuple(reasons), 1)


@pytest.mark.parametrize(
    ("rows", "read"),
    [
        (["3/14/2025", "3/4/2025"], ["2025-03-14", "2025-03-04"]),
        (["14/3/2025", "3/4/2025", "1.2.2025"], ["2025-03-14", "2025-04-03", "2025-02-01"]),
    ],
)
def test_slash_dates_are_settled_by_their_column(rows: list[str], read: list[str]) -> None:
    file = check(*(f"{n},{text},7,0100,5" for n, text in enumerate(rows)))
    assert [str(line.date) for line in lines_of(file)] == read


@pytest.mark.parametrize("rows", [["3/4/2025"], ["14/3/2025", "3/14/2025"]])
def test_unsettled_slash_dates_refuse_the_file(rows: list[str]) -> None:
    assert check(*(f"{n},{text},7,0100,5" for n, text in enumerate(rows))).outcome.reason == "ambiguous_date"


@given(st.lists(st.tuples(st.sampled_from(["USD", "KRW", "KWD"]), st.integers(1, 10**14)), max_size=20))
def test_totals_are_exact(gifts: list[tuple[str, int]]) -> None:
    moneys = [Money(minor, currency) for currency, minor in gifts if minor < 10**12]
    rows = [f"{n},2025-03-14,7,0100,{money.decimal_string()},{money.currency},,,," for n, money in enumerate(moneys)]
    totals = check(*rows, header=MONEY).outcome.numbers["totals_by_currency"]
    assert totals == {
        currency: Money(sum(m.minor for m in moneys if m.currency == currency), currency).decimal_string()
        for currency in {money.currency for money in moneys}
    }


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=5, max_size=5))
def test_any_cells_are_judged(cells: list[str]) -> None:
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    file = check("0,2025-03-14,7,0100,5", quoted)
    assert file.outcome.outcome in {"row_errors", "accept_with_warnings", "reject_file"}
