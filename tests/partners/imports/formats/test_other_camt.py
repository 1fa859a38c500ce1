"""CAMT.053 as other banks write it: who the other one is, how batches are divided, what is charged."""

import pytest

from partners.imports.checking import CheckedFile, check_file
from tests.partners.imports.formats.judging import context
from tests.partners.imports.formats.test_other_banks import moved, parties
from tests.partners.imports.told import told

BALANCE = (
    '<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="{of}">{amount}</Amt>'
    "<CdtDbtInd>CRDT</CdtDbtInd></Bal>"
)


def stmt(entries: str, closing: str = "15.00", of: str = "EUR", number: str = "77") -> str:
    balances = BALANCE.format(code="OPBD", of=of, amount="10.00") + BALANCE.format(code="CLBD", of=of, amount=closing)
    whose = f"<Acct><Id><Othr><Id>{number}</Id></Othr></Id><Ccy>{of}</Ccy></Acct>"
    return f"<Stmt><Id>1</Id>{whose}{balances}{entries}</Stmt>"


def camt(*statements: str, version: str = "053.001.08", root: str = "BkToCstmrStmt") -> CheckedFile:
    space = f"urn:iso:std:iso:20022:tech:xsd:camt.{version}"
    return check_file(
        f'<Document xmlns="{space}"><{root}>{"".join(statements)}</{root}></Document>'.encode(), context()
    )


def ntry(details: str = "", amount: str = "5.00", way: str = "CRDT", more: str = "", of: str = "EUR") -> str:
    days = more if "ValDt" in more else "<BookgDt><Dt>2026-07-03</Dt></BookgDt>" + more
    body = f'<Amt Ccy="{of}">{amount}</Amt><CdtDbtInd>{way}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>{days}'
    return f"<Ntry>{body}<NtryDtls>{details}</NtryDtls></Ntry>"


def part(amount: str, name: str, tag: str = "", charge: str = "") -> str:
    told_as = f"<Amt Ccy='EUR'>{amount}</Amt>" if amount else ""
    told_as = f"<AmtDtls><{tag}>{told_as}</{tag}></AmtDtls>" if tag else told_as
    charged = f"<Chrgs><Rcrd><Amt Ccy='EUR'>{charge}</Amt><CdtDbtInd>DBIT</CdtDbtInd></Rcrd></Chrgs>" if charge else ""
    return f"<TxDtls>{told_as}{charged}<RltdPties><Dbtr><Nm>{name}</Nm></Dbtr></RltdPties></TxDtls>"


def between(payer: str, payee: str, more: str = "") -> str:
    sides = f"<Dbtr><Pty><Nm>{payer}</Nm></Pty></Dbtr><Cdtr><Pty><Nm>{payee}</Nm></Pty></Cdtr>"
    return f"<TxDtls><RltdPties>{sides}</RltdPties>{more}</TxDtls>"


@pytest.mark.parametrize(
    ("details", "amount", "amounts", "names"),
    [
        (part("2.00", "Ann") + part("3.00", "Ben"), "5.00", ["2.00 EUR", "3.00 EUR"], ["Ann", "Ben"]),
        (
            part("2.00", "Ann", "InstdAmt") + part("3.00", "Ben", "InstdAmt"),
            "5.00",
            ["2.00 EUR", "3.00 EUR"],
            ["Ann", "Ben"],
        ),
        (part("2.00", "Ann", "InstdAmt") + part("4.00", "Ben", "InstdAmt"), "5.00", ["5.00 EUR"], ["Ann; Ben"]),
        (part("", "Ann") + part("", "Ben"), "5.00", ["5.00 EUR"], ["Ann; Ben"]),
        (
            part("2.00", "Ann", charge="0.10") + part("3.00", "Ben", charge="0.10"),
            "4.80",
            ["1.90 EUR", "2.90 EUR"],
            ["Ann", "Ben"],
        ),
        (part("5.00", "Ann", "TxAmt", "0.20"), "4.80", ["4.80 EUR"], ["Ann"]),
    ],
)
def test_batches_are_divided_as_far_as_the_bank_proves_it(
    details: str, amount: str, amounts: list[str], names: list[str]
) -> None:
    file = camt(stmt(ntry(details, amount), f"{10 + float(amount):.2f}"))
    assert (moved(file), parties(file)) == (amounts, names)


@pytest.mark.parametrize("charge", ["", "0.30"])
def test_details_that_nothing_explains_refuse_the_file(charge: str) -> None:
    details = part("2.00", "Ann", charge=charge) + part("4.00", "Ben")
    assert camt(stmt(ntry(details))).outcome.reason == "balance"


@pytest.mark.parametrize(
    ("entry", "closing", "name"),
    [
        (ntry(between("Ann", "Harbor Light")), "15.00", "Ann"),
        (ntry(between("Harbor Light", "Landlord"), way="DBIT"), "5.00", "Landlord"),
        (ntry(between("Harbor Light", "Landlord", "<RtrInf><Rsn><Cd>AC01</Cd></Rsn></RtrInf>")), "15.00", "Landlord"),
        (ntry(between("Ann", "Harbor Light"), way="DBIT", more="<RvslInd>true</RvslInd>"), "5.00", "Ann"),
        (ntry("<TxDtls><RltdPties><UltmtDbtr><Nm>Ben</Nm></UltmtDbtr></RltdPties></TxDtls>"), "15.00", "Ben"),
        (
            ntry(
                "<TxDtls><RltdPties><Dbtr><Nm>Twint</Nm></Dbtr><UltmtDbtr><Nm>Ben</Nm></UltmtDbtr></RltdPties></TxDtls>"
            ),
            "15.00",
            "Twint (Ben)",
        ),
    ],
)
def test_the_other_one_is_told(entry: str, closing: str, name: str) -> None:
    assert parties(camt(stmt(entry, closing))) == [name]


def test_words_and_reference_are_both_told() -> None:
    words = "<RmtInf><Ustrd>Gift</Ustrd><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf></Strd></RmtInf>"
    file = camt(stmt(ntry(f"<TxDtls>{words}</TxDtls>")))
    assert file.statement
    assert file.statement.rows[0].moved[0].text == "Gift RF18"


@pytest.mark.parametrize("declared", ["", '<?xml version="1.0" encoding="UTF-16"?>'])
def test_a_statement_in_utf_16_is_read(declared: str) -> None:
    space = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"
    text = f'{declared}<Document xmlns="{space}"><BkToCstmrStmt>{stmt(ntry())}</BkToCstmrStmt></Document>'
    assert moved(check_file(text.encode("utf-16"), context())) == ["5.00 EUR"]


def test_a_statement_that_is_in_the_file_twice_counts_once() -> None:
    file = camt(stmt(ntry()), stmt(ntry(more="<ValDt><Dt>2026-07-04</Dt></ValDt>")), stmt(ntry()))
    assert (moved(file), told(file)["closing"]) == (["5.00 EUR", "5.00 EUR"], "15.00")
    assert [note.message for note in file.notes.of("warnings")] == [
        "The statement “1” is in this file twice. It counts once."
    ]


def test_a_day_of_value_alone_is_a_day() -> None:
    file = camt(stmt(ntry(more="<ValDt><DtTm>2026-07-04T10:00:00</DtTm></ValDt>")))
    assert told(file)["dates"] == ["2026-07-04", "2026-07-04"]


def test_statements_of_two_currencies_are_never_added() -> None:
    facts = told(camt(stmt(ntry()), stmt(ntry(of="CHF"), of="CHF", number="88")))
    assert facts["credits"] == {"count": 2, "sum": {"CHF": "5.00", "EUR": "5.00"}}
    assert (facts["gift_candidate_total"], facts["opening"]) == ({"CHF": "5.00", "EUR": "5.00"}, "10.00, 10.00")


@pytest.mark.parametrize(
    ("version", "root"), [("052.001.02", "BkToCstmrAcctRpt"), ("054.001.04", "BkToCstmrDbtCdtNtfctn")]
)
def test_what_is_no_statement_is_named(version: str, root: str) -> None:
    file = camt(version=version, root=root)
    assert (file.outcome.reason, "CAMT.053" in file.outcome.message) == ("not_recognised", True)


def test_an_entry_is_called_the_same_alone_and_beside_another_account() -> None:
    def ids(*numbers: str) -> list[tuple[str, str, str]]:
        file = camt(*(stmt(ntry(part("5.00", "Ann")), number=each) for each in numbers))
        assert file.statement
        return [moved.line_id for row in file.statement.counted for moved in row.moved]

    assert ids("77", "88") == ids("77") + ids("88")
