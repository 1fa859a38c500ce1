"""Statements of banks in ways that no sample has: other columns, orders, directions, versions and troubles."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.money import Money
from partners.imports.checking import CheckedFile, check_file
from tests.partners.imports.formats.judging import context, judge, said
from tests.partners.imports.told import told


def moved(file: CheckedFile) -> list[tuple[str, Money]]:
    assert file.statement, told(file)["message"]
    return [(str(each.date), each.amount) for row in file.statement.counted for each in row.moved]


def usd(minor: int) -> Money:
    return Money(minor, "USD")


_NAMES = ("Posting Date", "Details", "Debit Amount", "Credit Amount", "Balance")
BANK = [
    dict(zip(_NAMES, ("2026-07-01", "A", "5.00", "", "95.00"), strict=True)),
    dict(zip(_NAMES, ("2026-07-02", "B", "", "1,200.00", "1,295.00"), strict=True)),
]


@pytest.mark.parametrize("options", [{}, {"shuffled": 1}, {"shuffled": 2, "delimiter": ";"}, {"delimiter": "\t"}])
def test_two_columns_in_any_order(options: dict[str, Any]) -> None:
    file = judge(BANK, **options)
    assert (file.outcome.format, moved(file)) == ("bank_csv", [("2026-07-01", usd(-500)), ("2026-07-02", usd(120000))])
    facts = told(file)
    assert (facts["opening"], facts["closing"]) == ("100.00", "1295.00")
    assert facts["profile"]["amount"] == "debit column Debit Amount, credit column Credit Amount"


def test_a_statement_that_goes_back_in_time_has_the_same_balances() -> None:
    facts = told(judge(BANK[::-1]))
    assert (facts["opening"], facts["closing"], facts["warnings"]) == ("100.00", "1295.00", [])


def test_a_missing_row_shows_in_the_running_balance() -> None:
    third = {**BANK[1], "Posting Date": "2026-07-03", "Balance": "3,000.00"}
    assert said(judge([*BANK, third]), "warnings") == [(3, "balance")]


@pytest.mark.parametrize(
    ("days", "reason"),
    [(["03/04/2026"], "ambiguous_date"), (["13/04/2026", "04/13/2026"], "ambiguous_date"), (["13/04/2026"], "")],
)
def test_slash_dates_are_settled_by_their_column(days: list[str], reason: str) -> None:
    file = judge([{"Date": day, "Memo": "x", "Amount": "5"} for day in days])
    assert file.outcome.reason == reason


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"Debit Amount": ""}, "required"),
        ({"Credit Amount": "3"}, "amount"),
        ({"Debit Amount": "1e3"}, "amount"),
        ({"Posting Date": "01.07.26"}, "date"),
        ({"Posting Date": ""}, "required"),
    ],
)
def test_a_bad_row_is_said_and_the_others_stand(changes: dict[str, str], code: str) -> None:
    file = judge([{**BANK[0], **changes}, BANK[1]])
    assert (said(file, "errors"), len(moved(file))) == ([(1, code)], 1)


def test_lines_above_the_header_tell_account_and_currency() -> None:
    text = "Account number;12345678\nPeriod;July\n\nDate;Description;Amount (EUR)\n31.07.2026;Gift;1.234,56\n"
    file = check_file(text.encode(), context())
    facts = told(file)
    assert (facts["account"], facts["currency"], facts["profile"]["header_line"]) == ("12345678", "EUR", 4)
    assert moved(file) == [("2026-07-31", Money(123456, "EUR"))]


@given(st.lists(st.integers(-(10**9), 10**9).filter(bool), min_size=1, max_size=20), st.sampled_from([".", ","]))
@settings(max_examples=60)
def test_any_statement_comes_to_the_cent_and_twice_to_nothing(amounts: list[int], mark: str) -> None:
    balance, rows = 10**12, ["Date;Description;Amount;Balance"]
    for place, minor in enumerate(amounts):
        balance += minor
        cells = [written(minor, mark), written(balance, mark)]
        rows.append(";".join([f"2026-07-{place + 1:02d}", "x", *cells]))
    data = "\n".join(rows).encode()
    file = check_file(data, context(base_currency="EUR"))
    assert [amount.minor for _, amount in moved(file)] == amounts
    facts = told(file)
    assert (facts["opening"], facts["warnings"]) == (Money(10**12, "EUR").decimal_string(), [])
    assert file.statement
    again = check_file(data, context(base_currency="EUR", lines=frozenset(file.statement.line_ids)))
    assert (again.outcome.new_lines, len(told(again)["duplicates"])) == (0, len(amounts))


def written(minor: int, mark: str) -> str:
    text = f"{'-' if minor < 0 else ''}{abs(minor) // 100:,}.{abs(minor) % 100:02d}"
    return text if mark == "." else text.replace(",", "_").replace(".", ",").replace("_", ".")


ENTRY = "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>{day}<TRNAMT>{amount}<FITID>{key}{more}</STMTTRN>"


def ofx(*entries: dict[str, str], header: str = "OFXHEADER:100\nVERSION:102\n\n") -> CheckedFile:
    body = "".join(ENTRY.format(**{"day": "20260701", "amount": "5.00", "more": "", **each}) for each in entries)
    text = f"{header}<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>1</BANKACCTFROM>"
    text += f"<BANKTRANLIST>{body}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    return check_file(text.encode(), context())


@pytest.mark.parametrize("header", ["OFXHEADER:100\nVERSION:102\n\n", "OFXHEADER:100 VERSION:160 ", ""])
def test_ofx_with_and_without_its_header(header: str) -> None:
    assert moved(ofx({"key": "a"}, {"key": "b", "amount": "-1234,5"}, header=header)) == [
        ("2026-07-01", usd(500)),
        ("2026-07-01", usd(-123450)),
    ]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"key": ""}, "required"),
        ({"key": "b", "amount": "5+"}, "amount"),
        ({"key": "b", "amount": "NaN"}, "amount"),
        ({"key": "b", "day": "20260230"}, "date"),
        ({"key": "b", "day": "260701"}, "date"),
        ({"key": "b", "more": "<MEMO>x\x01"}, "control_character"),
        ({"key": "a", "amount": "6.00"}, "conflict"),
    ],
)
def test_bad_entries_of_ofx(entry: dict[str, str], code: str) -> None:
    file = ofx({"key": "a"}, entry)
    assert (said(file, "errors"), len(moved(file))) == ([(2, code)], 1)


def test_the_same_fitid_twice_counts_once() -> None:
    file = ofx({"key": "a"}, {"key": "a"})
    assert (said(file, "duplicates"), said(file, "errors"), len(moved(file))) == ([(2, "duplicate")], [], 1)


CAMT = """<?xml version="1.0"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><Stmt><Id>1</Id>
<Acct><Id><Othr><Id>77</Id></Othr></Id><Ccy>EUR</Ccy></Acct>{balances}{entries}
</Stmt></BkToCstmrStmt></Document>"""
BALANCE = (
    '<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>'
)
NTRY = (
    '<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts>{status}</Sts>'
    "<BookgDt><Dt>2026-07-0{place}</Dt></BookgDt>{more}</Ntry>"
)


def camt(*entries: dict[str, str], opening: str = "10.00", closing: str = "15.00", code: str = "CLBD") -> CheckedFile:
    balances = BALANCE.format(code="OPBD", amount=opening) + BALANCE.format(code=code, amount=closing)
    base = {"amount": "5.00", "currency": "EUR", "way": "CRDT", "status": "BOOK", "more": ""}
    told_entries = "".join(
        NTRY.format(**{**base, "place": str(place), **each}) for place, each in enumerate(entries, 1)
    )
    return check_file(CAMT.format(version="04", balances=balances, entries=told_entries).encode(), context())


def test_camt_counts_what_is_booked() -> None:
    file = camt({}, {"status": "PDNG", "amount": "7.00"})
    assert (moved(file), said(file, "warnings")) == ([("2026-07-01", Money(500, "EUR"))], [(2, "pending")])
    assert (told(file)["version"], told(file)["account"]) == ("camt.053.001.04", "77")


@pytest.mark.parametrize(
    ("entry", "options", "reason"),
    [
        ({}, {"closing": "15.01"}, "balance"),
        ({}, {"code": "ITBD"}, "balance"),
        ({"amount": "-5.00"}, {}, "amount"),
        ({"amount": "5,00"}, {}, "amount"),
        ({"way": ""}, {}, "amount"),
        ({"currency": "USD"}, {}, "currency"),
        ({"place": "x"}, {}, "date"),
        ({"more": "<NtryDtls><TxDtls><Amt Ccy='EUR'>4.00</Amt></TxDtls></NtryDtls>"}, {}, "balance"),
    ],
)
def test_one_bad_entry_refuses_a_camt_file_whole(entry: dict[str, str], options: dict[str, str], reason: str) -> None:
    file = camt(entry, **options)
    assert (file.outcome.outcome, file.outcome.reason, file.statement) == ("reject_file", reason, None)


AGAIN = " Export the statement again, or ask the bank."
WRITTEN = " It is written with a point and without a sign, like 1234.50."


@pytest.mark.parametrize(
    ("entry", "options", "sentence"),
    [
        ({"amount": "5,00"}, {}, "Entry 2, Amt: “5,00” is not an amount." + WRITTEN),
        ({"amount": ""}, {}, "Entry 2, Amt: there is no amount." + WRITTEN),
        ({"amount": "5.001"}, {}, "Entry 2, Amt: “5.001”: EUR has no more than"),
        ({"way": "IN"}, {}, "Entry 2, CdtDbtInd: it is not said whether money came in (CRDT) or went out (DBIT)."),
        ({"currency": "USD"}, {}, "Entry 2, Amt: the amount is in “USD”, the account in EUR."),
        ({"place": "x"}, {}, "Entry 2, BookgDt: “2026-07-0x” is not a date between 1950 and 2027. Write it like"),
        (
            {"more": "<NtryDtls><TxDtls/><TxDtls><Amt Ccy='EUR'>5,0</Amt></TxDtls></NtryDtls>"},
            {},
            "Entry 2, TxDtls 2, Amt: “5,0” is not an amount." + WRITTEN,
        ),
        (
            {"more": "<NtryDtls><TxDtls><Amt Ccy='EUR'>4.00</Amt></TxDtls></NtryDtls>"},
            {},
            "Entry 2, TxDtls: its details come to 4.00, the entry to 5.00.",
        ),
        (
            {},
            {"closing": "20.01"},
            "Statement “1”, Bal: the opening balance and the booked entries, 2 in all, come to 20.00, the closing bal",
        ),
        ({}, {"closing": "-1"}, "Statement “1”, Bal CLBD, Amt: “-1” is not an amount." + WRITTEN),
    ],
)
def test_the_place_of_what_refuses_a_camt_file_is_named(
    entry: dict[str, str], options: dict[str, str], sentence: str
) -> None:
    message = camt({}, entry, **{"closing": "20.00"} | options).outcome.message
    assert (message[: len(sentence)], message.endswith(AGAIN)) == (sentence, True)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "OFXHEADER:100\n<OFX><STMTRS><STMTTRN><TRNAMT>5\n<STMTTRNRS></STMTRS>",
            "Line 3: in the entry that begins on line 2 </STMTRS> closes what is not open. Export the file again.",
        ),
        (
            "OFXHEADER:100\n<OFX><STMTRS><STMTTRN>\n<TRNAMT>5",
            "The file is cut short: in the entry that begins on line 2 <STMTTRN> is not closed. Export it again.",
        ),
        ("OFXHEADER:100\n<OFX><STMTRS></STMTRS>", "The file is cut short: <OFX> is not closed. Export it again."),
        (
            "OFXHEADER:100\n<OFX><STMTRS><CURDEF>EURO<BANKACCTFROM><ACCTID>7</BANKACCTFROM></STMTRS></OFX>",
            "Account “7”, CURDEF: “EURO” is not a currency code of ISO 4217, like USD or EUR." + AGAIN,
        ),
        (
            '<?xml version="1.0"?>\n<Document><BkToCstmrStmt>\n<Stmt></Ntry>',
            "Line 3: the XML is cut short or wrong. Export it again.",
        ),
        ("<Database><Tables>\n<Gift>", "Line 2: the XML is cut short or wrong. Export it again."),
    ],
)
def test_the_place_of_what_refuses_a_file_of_marks_is_named(text: str, sentence: str) -> None:
    assert check_file(text.encode(), context()).outcome.message == sentence


def test_a_return_is_told_by_what_it_moved() -> None:
    back = "<NtryDtls><TxDtls><Amt Ccy='USD'>5,55</Amt><RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls></NtryDtls>"
    assert told(camt({"more": back}))["returns"] == [{"entry": 1, "end_to_end": "", "amount": "5.00", "reason": "AC04"}]


def test_an_entry_that_the_bank_took_back_is_told() -> None:
    back = {"way": "DBIT", "more": "<RvslInd>true</RvslInd>"}
    file = camt({}, {"amount": "5.00"}, back)
    assert (said(file, "warnings"), told(file)["returned_rows"]) == ([(3, "reversal")], [3])


def test_two_entries_that_say_the_same_are_two() -> None:
    more = "<NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs></TxDtls></NtryDtls>"
    file = camt({"more": more, "place": "1"}, {"more": more, "place": "1"}, closing="20.00")
    assert file.statement
    assert len(file.statement.line_ids) == 2


def test_a_deep_nest_and_noise_are_refused() -> None:
    deep = "<Document><BkToCstmrStmt>" + "<a>" * 200 + "</a>" * 200 + "</BkToCstmrStmt></Document>"
    assert check_file(deep.encode(), context()).outcome.reason == "not_well_formed"
    heads = (b"OFXHEADER:100\n<OFX>", b"<Document><BkToCstmrStmt>", b"<Database><Tables>", b"Date,Memo,Amount\n")
    for seed in range(30):
        noise = random.Random(seed).randbytes(300)
        for head in heads:
            assert check_file(head + noise, context()).outcome.outcome in {"reject_file", "row_errors"}
