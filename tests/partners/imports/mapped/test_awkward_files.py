"""Files as other systems really write them, read by rules of a person."""

import datetime as dt
import io
from dataclasses import replace
from typing import Any

import pytest
import xlsxwriter

from core.money import Money
from imports.mapping.rules import OURS, OUT, SUSPENSE, Meant, Rules
from imports.reading.writing import Writing, open_written
from partners.imports.checking import CheckedFile, check_file
from partners.imports.context import Context, EarlierLine, GiftKey
from partners.imports.judged import JudgedGiftLine

CONTEXT = Context(
    "EUR",
    dt.date(2026, 11, 21),
    default_source="HLM",
    designations={"0100", "0200"},
    designation_names={"general fund": "0100"},
    donors={("HLM", "7")},
)
COLUMNS = {"gift_date": "Datum", "amount": "Betrag", "designation": "Zweck", "donor_name": "Name"}
HEADER = "Datum;Betrag;Zweck;Name\n"


def rules(**changes: Any) -> Rules:
    given: dict[str, Any] = {"kind": "gifts", "columns": COLUMNS, "order": "dmy", "mark": ","}
    return Rules(**given | changes)


def check(data: bytes | str, **changes: Any) -> CheckedFile:
    known = changes.pop("context", CONTEXT)
    return check_file(data.encode() if isinstance(data, str) else data, replace(known, rules=rules(**changes)))


def lines(checked: CheckedFile) -> list[JudgedGiftLine]:
    assert checked.gifts, checked.outcome
    return list(checked.gifts.lines())


def brought(checked: CheckedFile) -> list[tuple[str, int]]:
    return [(str(line.date), line.amount.minor) for line in lines(checked) if line.verdict == "create" and line.amount]


ROW = "13.02.2026;1.234,50;0100;Ruth Böhm\n"
ONE = [("2026-02-13", 123_450)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "cp1252", "utf-16"])
def test_letters(encoding: str) -> None:
    checked = check((HEADER + ROW).encode(encoding))
    assert (brought(checked), lines(checked)[0].donor_name) == (ONE, "Ruth Böhm")


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Spendenliste\nStand: 1.3.2026\n\n", ""),
        ("sep=;\n", ""),
        ("", "Summe;1.234,50\n"),
        ("", "Gesamtsumme:;;;1.234,50\n"),
        ("\n\n", "\n\n"),
        ('Bitte „nicht" ändern\n', ""),
    ],
)
def test_what_stands_around_the_table(above: str, below: str) -> None:
    checked = check(above + HEADER + ROW + below)
    assert brought(checked) == ONE
    assert [note.code for note in checked.notes.of("errors")] == []


def test_two_headers_of_one_name_and_one_of_none() -> None:
    checked = check(
        "Datum;Betrag;Zweck;Name;Betrag;\n13.02.2026;5,00;0100;Ruth;7,50;x\n",
        columns=COLUMNS | {"amount": "Betrag (2)"},
    )
    assert brought(checked) == [("2026-02-13", 750)]
    assert lines(checked)[0].raw["#6"] == "x"


def test_eighty_seven_columns() -> None:
    more = "".join(f";Spalte {place}" for place in range(83))
    checked = check(HEADER.strip() + more + "\n" + ROW.strip() + ";z" * 83 + "\n")
    assert brought(checked) == ONE


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", " ", "'"])
def test_thousands_parted_otherwise(blank: str) -> None:
    assert brought(check(HEADER + f"13.02.2026;1{blank}234,50;0100;Ruth\n")) == ONE


def test_arabic_figures() -> None:
    assert brought(check(HEADER + "١٣/٠٢/٢٠٢٦;١٬٢٣٤٫٥٠;0100;راعوث\n")) == ONE


@pytest.mark.parametrize(("cell", "currency"), [("5,00 €", "EUR"), ("$ 5,00", "EUR"), ("USD 5,00", "USD")])
def test_money_beside_the_number(cell: str, currency: str) -> None:
    (line,) = lines(check(HEADER + f"13.02.2026;{cell};0100;Ruth\n"))
    expected = Money(500, currency) if cell != "$ 5,00" else None
    assert line.amount == expected


def test_a_day_in_another_order_is_an_error_and_never_another_day() -> None:
    checked = check(HEADER + "02/25/2026;5,00;0100;Ruth\n")
    (error,) = checked.notes.of("errors")
    assert (error.column, error.line, brought(checked)) == ("Datum", 2, [])
    assert "read day first" in error.message


def test_a_formula_is_text() -> None:
    checked = check(HEADER + '13.02.2026;5,00;0100;"=HYPERLINK(""http://x"")"\n')
    assert [note.code for note in checked.notes.of("warnings")] == ["formula"]
    assert lines(checked)[0].donor_name == '=HYPERLINK("http://x")'


def test_values_that_were_mapped() -> None:
    values = {
        "designation": {
            "brunnen": Meant(OURS, "0200"),
            "unklar": Meant(SUSPENSE),
            "0100": Meant(SUSPENSE),
            "intern": Meant(OUT, "no gift"),
        }
    }
    written = ("Brunnen", "unklar", "intern", "General  Fund", "0100", "Neu")
    text = "".join(f"13.02.2026;5,00;{zweck};Ruth\n" for zweck in written)
    checked = check(HEADER + text, values=values)
    assert [(line.designation, line.code, str(line.verdict)) for line in lines(checked)] == [
        ("Brunnen", "0200", "create"),
        ("unklar", "", "create"),
        ("", "", "skip"),
        ("General  Fund", "0100", "create"),
        ("0100", "", "create"),
        ("Neu", "", "create"),
    ]
    told = [(each["text"], each["count"], each["mapped"]) for each in checked.outcome.facts["values"]]
    assert sorted(told) == [
        ("0100", 1, True),
        ("Brunnen", 1, True),
        ("Neu", 1, False),
        ("intern", 1, True),
        ("unklar", 1, True),
    ]


def as_earlier(found: list[JudgedGiftLine]) -> dict[GiftKey, EarlierLine]:
    return {line.key: EarlierLine(line.donor, line.date, line.amount) for line in found if line.date and line.amount}


def test_a_value_mapped_otherwise_later_brings_nothing_twice() -> None:
    before = lines(check(HEADER + ROW))
    earlier = {
        line.key: EarlierLine(line.donor, line.date, line.amount) for line in before if line.date and line.amount
    }
    again = check(
        HEADER + ROW,
        context=replace(CONTEXT, earlier=earlier),
        values={"designation": {"0100": Meant(OURS, "0200")}},
    )
    assert [str(line.verdict) for line in lines(again)] == ["repeat"]


def test_two_exports_that_overlap() -> None:
    march, april = "13.03.2026;5,00;0100;Ruth\n", "13.04.2026;5,00;0100;Ruth\n"
    first = lines(check(HEADER + march + march + april))
    earlier = as_earlier(first)
    second = check(HEADER + april + march + march + march, context=replace(CONTEXT, earlier=earlier))
    assert [str(line.verdict) for line in lines(second)] == ["repeat", "repeat", "repeat", "create"]


def test_givers_without_a_number_are_known_again() -> None:
    columns = COLUMNS | {"email": "Mail", "postal_code": "PLZ"}
    text = "Datum;Betrag;Zweck;Name;Mail;PLZ\n" + "".join(
        f"1{day}.02.2026;5,00;0100;{name}\n"
        for day, name in enumerate(("Ruth;r@x.org;1", "Ruth Moab;R@X.org;", "Boaz;;7", "Boaz;;8", ";;"))
    )
    checked = check(text, columns=columns)
    assert [line.donor for line in lines(checked)] == ["r@x.org", "r@x.org", "boaz/7", "boaz/8", ""]
    assert checked.partners
    assert [partner.number for partner in checked.partners.partners] == ["r@x.org", "boaz/7", "boaz/8"]


def test_a_column_that_is_gone_is_named() -> None:
    checked = check("Datum;Zweck;Name\n13.02.2026;0100;Ruth\n")
    assert (checked.outcome.outcome, checked.outcome.reason) == ("reject_file", "missing_column")
    assert "“Betrag” (amount)" in checked.outcome.message


def test_a_column_that_is_new_is_told() -> None:
    header = ("Datum", "Betrag", "Zweck", "Name")
    checked = check("Neu;Name;Zweck;Betrag;Datum\nx;Ruth;0100;1.234,50;13.02.2026\n", header=header)
    assert brought(checked) == ONE
    assert [(note.column, note.code) for note in checked.notes.of("warnings")] == [("Neu", "unknown_column")]


def test_refunds_by_sign_and_by_word() -> None:
    columns = COLUMNS | {"type": "Art"}
    text = (
        "Datum;Betrag;Zweck;Name;Art\n13.02.2026;-5,00;0100;Ruth;\n13.02.2026;-6,00;0100;Ruth;Rücklastschrift\n"
        "14.02.2026;7,00;0100;Ruth;Quatsch\n"
    )
    checked = check(text, columns=columns)
    assert [(line.kind, str(line.verdict)) for line in lines(checked)][:2] == [
        ("refund", "create"),
        ("chargeback", "create"),
    ]
    assert [(note.column, note.code) for note in checked.notes.of("errors")] == [("Art", "type")]


def workbook(*rows: list[Any], days: bool = True) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    shown = book.add_format({"num_format": "dd.mm.yyyy"})
    for number, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            if isinstance(cell, dt.date):
                sheet.write_datetime(number, place, dt.datetime(cell.year, cell.month, cell.day), shown)
            elif cell is not None:
                sheet.write(number, place, cell)
    book.close()
    return out.getvalue()


def test_a_workbook_with_a_title_and_totals() -> None:
    data = workbook(
        ["Gifts of 2026"],
        [],
        ["Datum", "Betrag", "Zweck", "Name"],
        [dt.date(2026, 2, 13), 1234.5, "0100", "Ruth"],
        [dt.date(2026, 2, 14), 0.1 + 0.2, "0100", "Ruth"],
        ["Total", 1234.8],
    )
    checked = check(data, mark=".")
    assert brought(checked) == [*ONE, ("2026-02-14", 30)]
    assert [line.line for line in lines(checked)] == [4, 5, 6]
    assert checked.notes.of("errors") == []


def test_a_workbook_that_nobody_mapped_asks_for_it() -> None:
    checked = check_file(workbook(["Date", "Amount"], [dt.date(2026, 2, 13), 5]), CONTEXT)
    assert checked.outcome.reason == "workbook"


def test_partners_and_commitments() -> None:
    people = check(
        "Nr;Vorname;Nachname;Art\n1;Ruth;Moab;Privatperson\n2;;Harbor Church;Kirche\n3;X;Y;Quatsch\n",
        kind="partners",
        columns={"donor_id": "Nr", "first_name": "Vorname", "last_name": "Nachname", "type": "Art"},
    )
    assert people.partners
    assert [(each.number, each.display_name, each.kind) for each in people.partners.imported] == [
        ("1", "Ruth Moab", "person"),
        ("2", "Harbor Church", "church"),
    ]
    promised = check(
        "Nr;Zweck;Summe;Turnus;Ab\n7;General Fund;25,00;monatlich;01.03.2026\n7;0200;25,00;ab und zu;01.03.2026\n",
        kind="commitments",
        columns={
            "donor_id": "Nr",
            "designation": "Zweck",
            "amount": "Summe",
            "frequency": "Turnus",
            "start_date": "Ab",
        },
    )
    assert promised.promised
    assert [(each.designation, each.amount, each.frequency) for each in promised.promised.promises] == [
        ("0100", Money(2500, "EUR"), "monthly")
    ]
    assert [(note.column, note.code) for note in promised.notes.of("errors")] == [("Turnus", "frequency")]


def test_a_bank_in_two_columns() -> None:
    text = (
        "Konto 1\nTag\tWas\tRaus\tRein\n13.02.2026\tDauerauftrag Ruth\t\t1.234,50\n14.02.2026\tMiete\t5,00\t\n"
        "Summe\t\t5,00\t1.234,50\n"
    )
    checked = check(
        text,
        kind="statement",
        columns={"date": "Tag", "text": "Was", "debit": "Raus", "credit": "Rein"},
        fixed={"account": "DE1", "currency": "EUR"},
    )
    assert checked.statement
    moved = [row.moved[0] for row in checked.statement.rows]
    assert [(each.account, str(each.date), each.amount.minor) for each in moved] == [
        ("DE1", "2026-02-13", 123_450),
        ("DE1", "2026-02-14", -500),
    ]


def test_the_header_may_be_pointed_at() -> None:
    text = "Kopf;A;B;C\nDatum;Betrag;Zweck;Name\n13.02.2026;1.234,50;0100;Ruth\n"
    assert open_written(text.encode(), Writing()).table.line == 1
    assert brought(check(text, writing=Writing(header_line=2))) == ONE


BANK: dict[str, Any] = {
    "kind": "statement",
    "columns": {"date": "Tag", "amount": "Betrag", "text": "Was"},
    "fixed": {"account": "DE1", "currency": "EUR"},
}


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("-50,00", -5_000),
        ("–50,00", -5_000),
        ("50,00−", -5_000),
        ("50,00 S", -5_000),
        ("50,00 DR", -5_000),
        ("50,00 H", 5_000),
        ("50,00 CR", 5_000),
        ("50,00 EUR", 5_000),
    ],
)
def test_what_left_the_account_never_comes_in(cell: str, minor: int) -> None:
    checked = check(f"Tag\tBetrag\tWas\n13.02.2026\t{cell}\tMiete\n", **BANK)
    assert checked.statement
    assert [row.moved[0].amount.minor for row in checked.statement.rows if row.moved] == [minor]


@pytest.mark.parametrize("cell", ["50,00 USD", "-50,00 S", "50,00 XY"])
def test_what_cannot_be_read_in_the_money_of_the_account_is_an_error(cell: str) -> None:
    checked = check(f"Tag\tBetrag\tWas\n13.02.2026\t{cell}\tMiete\n", **BANK)
    assert not checked.statement or not any(row.moved for row in checked.statement.rows)


@pytest.mark.parametrize(
    ("cell", "hidden"),
    [
        *((word, False) for word in ("", "no", "Nein", "FALSE", "0", "нет")),
        *((word, True) for word in ("yes", "T", "-1", "on", "anonym", "да", "verdadero", "garbage")),
    ],
)
def test_a_word_that_nobody_knows_does_not_tell_the_giver(cell: str, hidden: bool) -> None:
    text = f"Datum;Betrag;Zweck;Name;Anonym\n13.02.2026;1,00;0100;Ruth;{cell}\n"
    (line,) = lines(check(text, columns=COLUMNS | {"anonymous": "Anonym"}))
    assert line.anonymous is hidden
