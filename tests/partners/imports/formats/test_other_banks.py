"""Statements as other banks, countries and versions write them: a table of files with what each comes to."""

from typing import Any

import pytest

from partners.imports.checking import CheckedFile, check_file
from tests.partners.imports.formats.judging import context, said
from tests.partners.imports.told import told


def moved(file: CheckedFile) -> list[str]:
    assert file.statement, told(file)["message"]
    amounts = [each.amount for row in file.statement.counted for each in row.moved]
    return [f"{each.decimal_string()} {each.currency}" for each in amounts]


def parties(file: CheckedFile) -> list[str]:
    assert file.statement, told(file)["message"]
    return [each.party for row in file.statement.counted for each in row.moved]


GIFTS, BOTH = ["500.00 USD", "7.00 USD"], ["500.00 USD", "-7.00 USD"]
ASKED = [(1, "sign"), (2, "sign")]
EUR: dict[str, Any] = {"base_currency": "EUR"}
SHEETS: list[tuple[str, dict[str, Any], list[str], list[tuple[int, str]]]] = [
    # the side of an amount without a sign stands in a column of its own
    (
        "Datum,Omschrijving,Af Bij,Bedrag (EUR)\n2026-07-01,A,Af,5.00\n2026-07-02,B,Bij,7.00\n",
        {},
        ["-5.00 EUR", "7.00 EUR"],
        [],
    ),
    (
        "Transaction Date,Description,Transaction Type,Amount\n07/01/2026,A,Debit,5.00\n07/15/2026,B,Credit,7.00\n",
        {},
        ["-5.00 USD", "7.00 USD"],
        [],
    ),
    (
        "Datum;Verwendungszweck;S/H;Betrag\n01.07.2026;A;S;5,00\n02.07.2026;B;H;7,00\n",
        EUR,
        ["-5.00 EUR", "7.00 EUR"],
        [],
    ),
    (
        "Datum,Omschrijving,Af Bij,Bedrag\n2026-07-01,A,Af,5.00\n2026-07-02,B,?,7.00\n",
        EUR,
        ["-5.00 EUR"],
        [(2, "sign")],
    ),
    ("Date,Description,Code,Amount\n2026-07-01,A,D,5.00\n", {}, [], [(1, "sign")]),
    # a dash that stands for nothing is no side, whatever the column is called
    *(
        (f"Date,Description,Amount,{name}\n2026-07-01,A,500.00,-\n2026-07-02,B,7.00,-\n", {}, GIFTS, [])
        for name in (
            "Direct Debit Mandate ID",
            "Creditor ID",
            "Assigned to",
            "Residence",
            "Kind",
            "Ref",
        )
    ),
    *(
        (
            f"Date,Description,Amount,{name}\n2026-07-01,A,500.00,+\n2026-07-02,B,7.00,-\n",
            {},
            ["500.00 USD", "-7.00 USD"],
            [],
        )
        for name in ("+/-", "Sign", "S", "Vorzeichen")
    ),
    *(
        (
            f"Date,Description,Amount,{name}\n2026-07-01,A,500.00,C\n2026-07-02,B,7.00,D\n",
            {},
            ["500.00 USD", "-7.00 USD"],
            [],
        )
        for name in ("CreditDebitIndicator", "CdtDbtInd", "debit_credit", "D/C", "Dr/Cr")
    ),
    # what may mean something else is asked
    *(
        (f"Date,Description,Amount,{name}\n2026-07-01,A,500.00,{one}\n2026-07-02,B,7.00,{other}\n", {}, [], ASKED)
        for name, one, other in (
            ("Debit/Credit", "-", "-"),
            ("Soll/Haben", "-", "-"),
            ("Residence", "In", "Out"),
            ("Direct Debit Mandate ID", "D", "C"),
        )
    ),
    # three letters beside a number are a currency where they are in capitals
    *(
        (f"{above}\nDate,Description,Amount\n2026-07-01,A,500.00\n2026-07-02,B,7.00\n", {}, GIFTS, [])
        for above in (
            "Transactions 01/01/2026 to 01/31/2026 All accounts",
            "Page 1 of 3 Try our app",
            "1 - 25 of 25 all",
        )
    ),
    (
        "Date,Description,Type,Amount\n2026-07-01,A,Debit,5.00\n2026-07-02,B,Fee,7.00\n",
        {},
        ["-5.00 USD"],
        [(2, "sign")],
    ),
    (
        "Date,Description,Type,Amount\n2026-07-01,A,DEBIT,-5.00\n2026-07-02,B,CREDIT,7.00\n",
        {},
        ["-5.00 USD", "7.00 USD"],
        [],
    ),
    (
        "Date,Description,Amount,Balance\n2026-07-01,A,20.00,120.00\n2026-07-02,B,5.00,115.00\n",
        {},
        ["20.00 USD"],
        [(2, "sign")],
    ),
    # the money of the account is what the file says, never only the agency's
    ("Datum;Verwendungszweck;Betrag (€)\n01.07.2026;A;5,00\n", {}, ["5.00 EUR"], []),
    ("Datum;Verwendungszweck;Betrag\n01.07.2026;A;5,00 €\n", {}, ["5.00 EUR"], []),
    ("Date,Payee,Amount (Foreign Currency),Amount (EUR)\n2026-07-01,A,6.00,5.00\n", {}, ["5.00 EUR"], []),
    ("Account: ALL TRANSACTIONS\nDate,Description,Amount\n2026-07-01,A,5.00\n", {}, ["5.00 USD"], []),
    ("Currency: EUR\nDate,Description,Amount\n2026-07-01,A,5.00\n", {}, ["5.00 EUR"], []),
    # numbers that can be read two ways are asked for
    ("Datum;Verwendungszweck;Betrag\n01.07.2026;A;1.200\n02.07.2026;B;500\n", EUR, ["500.00 EUR"], [(1, "amount")]),
    (
        "Date;Libellé;Montant\n01/07/2026;A;1\u00a0234,56\n31/07/2026;B;2\u202f000,00\n",
        EUR,
        ["1234.56 EUR", "2000.00 EUR"],
        [],
    ),
    ("Datum;Text;Betrag\n01.07.2026;A;1'234.56\n", {"base_currency": "CHF"}, ["1234.56 CHF"], []),
    # banks whose columns look like those of another system
    ("Date,Description,Check #,Amount\n07/15/2026,CHECK,1001,-5.00\n", {}, ["-5.00 USD"], []),
    ("Date,Transaction ID,Type,Description,Amount,Currency\n2026-07-15,T1,ACH,Gift,5.00,USD\n", {}, ["5.00 USD"], []),
    ("Date,Description,Debit,Credit\n2026-07-01,A,,5.00\nTotal,,0.00,5.00\n", {}, ["5.00 USD"], []),
    ("Date,Description,Amount\n2026-07-01,file camt.053.xml,5.00\n", {}, ["5.00 USD"], []),
]


@pytest.mark.parametrize(("text", "knows", "amounts", "errors"), SHEETS, ids=range(len(SHEETS)))
def test_sheets_of_banks(text: str, knows: dict[str, Any], amounts: list[str], errors: list[tuple[int, str]]) -> None:
    file = check_file(text.encode(), context(**knows))
    assert (file.outcome.format, moved(file), said(file, "errors")) == ("bank_csv", amounts, errors)


@pytest.mark.parametrize(
    ("column", "one", "other"),
    [
        ("Account Number", "000111", "000222"),
        ("IBAN/BBAN", "NL91 ABNA 0417 1643 00", "NL02RABO0123456789"),
        ("Account", "x1234", "x5678"),
    ],
)
def test_a_file_of_two_accounts_keeps_them_apart(column: str, one: str, other: str) -> None:
    rows = [
        (one, "01", "A", "5.00", "105.00"),
        (other, "01", "B", "7.00", "907.00"),
        (one, "02", "C", "5.00", "110.00"),
    ]
    lines = "".join(f"{whose},2026-07-{day},{','.join(rest)}\n" for whose, day, *rest in rows)
    file = check_file(f"{column},Date,Description,Amount,Balance\n{lines}".encode(), context())
    assert file.statement
    bare = ["".join(each.split()) for each in (one, other, one)]
    assert [row.moved[0].account for row in file.statement.counted] == bare
    facts = told(file)
    assert (facts["account"], facts["warnings"]) == (f"{bare[0]}, {bare[1]}", [])
    assert (facts["opening"], facts["closing"]) == ("100.00, 900.00", "110.00, 907.00")


def test_a_line_is_called_the_same_alone_and_beside_another_account() -> None:
    """Else what came in on the second account would count again when its own file is brought."""

    def ids(*accounts: str) -> list[tuple[str, str, str]]:
        lines = "".join(f"{each},2026-07-01,Ann,5.00\n" * 2 for each in accounts)
        file = check_file(f"Account number,Date,Description,Amount\n{lines}".encode(), context())
        assert file.statement
        return [moved.line_id for row in file.statement.counted for moved in row.moved]

    assert ids("x1234", "x5678") == ids("x1234") + ids("x5678")
    assert len(set(ids("x1234", "x5678"))) == 4


@pytest.mark.parametrize(
    "text",
    [
        "Date,Description,Account,Amount\n2026-07-01,A,Office supplies,5.00\n",
        "Date,Payee,Account number,Transaction type,Amount\n2026-07-01,Ann,DE28999000000012345678,Income,5.00\n",
    ],
    ids=["words", "the other one's"],
)
def test_a_column_that_tells_no_account_of_ours(text: str) -> None:
    file = check_file(text.encode(), context())
    assert (moved(file), told(file)["account"]) == (["5.00 USD"], "")


@pytest.mark.parametrize(
    ("column", "booked", "pending"),
    [
        ("Status", "Cleared", "Pending"),
        ("Status", "Gebucht", "Vorgemerkt"),
        ("Info", "Umsatz gebucht", "Umsatz vorgemerkt"),
        ("State", "COMPLETED", "PENDING"),
    ],
)
def test_what_is_not_booked_yet_does_not_count(column: str, booked: str, pending: str) -> None:
    rows = f"Date,Description,{column},Amount\n2026-07-01,A,{booked},5.00\n2026-07-02,B,{pending},-7.00\n"
    file = check_file(rows.encode(), context())
    assert (moved(file), said(file, "warnings"), said(file, "errors")) == (["5.00 USD"], [(2, "pending")], [])


def test_a_sign_of_several_moneys_is_asked_for() -> None:
    file = check_file(b"Date,Description,Amount\n2026-07-01,A,$5.00\n", context(**EUR))
    assert (file.outcome.reason, "which may be AUD" in file.outcome.message) == ("currency", True)


def test_the_description_is_told_where_another_column_is_called_details() -> None:
    chase = "Details,Posting Date,Description,Amount,Type,Balance\nCREDIT,07/14/2026,STRIPE TRANSFER,5.00,ACH,5.00\n"
    file = check_file(chase.encode(), context())
    assert file.statement
    assert file.statement.rows[0].moved[0].text == "STRIPE TRANSFER"


HEAD = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nENCODING:USASCII\nCHARSET:1252\n\n"
XML = '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="220"?>\n'


def account(entries: str, number: str = "1", currency: str = "USD") -> str:
    whose = f"<CURDEF>{currency}<BANKACCTFROM><ACCTID>{number}</BANKACCTFROM>"
    return f"<STMTTRNRS><STMTRS>{whose}<BANKTRANLIST>{entries}</BANKTRANLIST></STMTRS></STMTTRNRS>"


def entry(amount: str = "5.00", more: str = "", day: str = "20260701") -> str:
    return f"<STMTTRN><TRNTYPE>OTHER<DTPOSTED>{day}<TRNAMT>{amount}<FITID>a{more}</STMTTRN>"


def ofx(*accounts: str, head: str = HEAD, encoding: str = "utf-8") -> CheckedFile:
    text = f"{head}<OFX><BANKMSGSRSV1>{''.join(accounts)}</BANKMSGSRSV1></OFX>"
    return check_file(text.encode(encoding), context())


@pytest.mark.parametrize(
    ("one", "amounts", "errors"),
    [
        (entry("+50.00"), ["50.00 USD"], []),
        (entry("1,234"), [], [(1, "amount")]),
        (entry("0.00"), [], [(1, "zero_amount")]),
        (entry(more="<CURRENCY><CURRATE>1.1<CURSYM>EUR</CURRENCY>"), [], [(1, "currency")]),
        (entry(more="<ORIGCURRENCY><CURRATE>1.1<CURSYM>EUR</ORIGCURRENCY>"), ["5.00 USD"], []),
        (entry(day="20260731233000.000[-5:EST]"), ["5.00 USD"], []),
    ],
)
def test_entries_of_ofx(one: str, amounts: list[str], errors: list[tuple[int, str]]) -> None:
    file = ofx(account(one))
    assert (moved(file), said(file, "errors")) == (amounts, errors)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_names_are_read_whatever_page_the_header_names(encoding: str) -> None:
    assert parties(ofx(account(entry(more="<NAME>José Núñez")), encoding=encoding)) == ["José Núñez"]


@pytest.mark.parametrize("name", ["A &amp; B", "<![CDATA[A & B]]>", "&#65; &amp; &#x42;"])
def test_ofx_2_with_comments_sections_and_references(name: str) -> None:
    file = ofx(
        f"<!-- by\nthe bank -->{account(entry(more=f'<NAME>{name}</NAME><MEMO/>'))}", head=XML.partition("\n")[2]
    )
    assert (parties(file), told(file)["version"]) == (["A & B"], "2.2 XML")


def test_a_document_type_is_still_refused_in_ofx() -> None:
    assert ofx(account(entry()), head="<!DOCTYPE OFX [<!ENTITY x 'y'>]>").outcome.reason != ""


def test_accounts_of_two_currencies_are_never_added() -> None:
    file = ofx(account(entry()), account(entry(), "2", "EUR"))
    assert told(file)["credits"] == {"count": 2, "sum": {"EUR": "5.00", "USD": "5.00"}}


def test_a_statement_without_lines_says_so() -> None:
    assert said(ofx(account("")), "warnings") == [(0, "no_rows")]


def test_a_header_on_one_line() -> None:
    head = "OFXHEADER:100 DATA:OFXSGML VERSION:102 ENCODING:USASCII CHARSET:1252 "
    assert told(ofx(account(entry()), head=head))["version"] == "1.02 SGML"
