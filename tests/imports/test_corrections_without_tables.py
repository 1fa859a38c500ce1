"""Rows of OFX files and of TntConnect's XML are corrected in the grid as those of tables are."""

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportRun
from imports.operations import apply_import, check_import, correct_rows, receive_file
from partners.imports import corrected
from partners.models import Gift, StatementLine

OFX = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>1</BANKACCTFROM><BANKTRANLIST>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260115<TRNAMT>1.100,50<FITID>F1<NAME>Ruth</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260116<TRNAMT>50.00<NAME>Boaz</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260117<TRNAMT>7.00<FITID>F3<NAME>Naomi</STMTTRN>
</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
XML = """<?xml version="1.0" encoding="utf-8"?>
<Database><Tables>
<Designation><row id="1"><OrgDesignationCode>0900101</OrgDesignationCode></row></Designation>
<Contact>
<row id="1"><FileAs>Moab, Ruth</FileAs><FullName>Ruth Moab</FullName><OrgDonorCodes>7</OrgDonorCodes></row>
</Contact>
<Donor><row id="1"><OrgDonorCode>7</OrgDonorCode></row></Donor>
<Gift>
<row id="1"><OrgGiftCode>g1</OrgGiftCode>
<DonorID>1</DonorID><DesignationID>1</DesignationID><GiftDate>2026-01-15</GiftDate><Amount>10.00</Amount></row>
<row id="2"><OrgGiftCode>g2</OrgGiftCode>
<DonorID>1</DonorID><DesignationID>1</DesignationID><GiftDate>2026-01-16</GiftDate><Amount>ten</Amount></row>
</Gift>
</Tables></Database>
"""


def checked(agency: Agency, actor: User, text: str, name: str) -> ImportRun:
    run = receive_file(agency=agency, actor=actor, name=name, content=text.encode(), check=False)
    return check_import(agency=agency, run=run)


def test_entries_of_a_bank(harbor: Agency, alice: User) -> None:
    run = checked(harbor, alice, OFX, "july.ofx")
    first, second = run.held_rows.order_by("line")
    assert (first.section, first.line, dict(zip(first.columns, first.cells, strict=True))["TRNAMT"]) == (
        "statement",
        8,
        "1.100,50",
    )
    assert (second.columns[-1], second.cells[-1]) == ("FITID", "")  # which the entry has not got
    cells = {(first.line, "TRNAMT"): "1100.50", (second.line, "FITID"): "F2"}
    correct_rows(agency=harbor, actor=alice, run=run, cells=cells)
    run = check_import(agency=harbor, run=run)
    assert (run.outcome["kept_out"], run.held_rows.count()) == (0, 0)
    apply_import(agency=harbor, actor=alice, run=run)
    found = StatementLine.objects.order_by("date").values_list("reference", "amount")
    assert list(found) == [("F1", 110_050), ("F2", 5_000), ("F3", 700)]
    assert "1.100,50" in run.rows.get(row=1).cells.values()  # the row as it came


def test_entries_on_one_line_are_corrected_in_the_file(harbor: Agency, alice: User) -> None:
    run = checked(harbor, alice, OFX.replace("\n<STMTTRN>", "<STMTTRN>"), "july.ofx")
    assert (run.outcome["kept_out"], run.held_rows.count()) == (1, 0)


def test_gifts_of_a_database(harbor: Agency, alice: User) -> None:
    run = checked(harbor, alice, XML, "tnt.xml")
    (row,) = run.held_rows.all()
    assert (row.section, dict(zip(row.columns, row.cells, strict=True))["Amount"]) == ("gifts", "ten")
    correct_rows(agency=harbor, actor=alice, run=run, cells={(row.line, "Amount"): "12.50"})
    run = check_import(agency=harbor, run=run)
    assert run.outcome["kept_out"] == 0
    apply_import(agency=harbor, actor=alice, run=run)
    assert sorted(Gift.objects.values_list("amount", flat=True)) == [1_000, 1_250]


def test_the_grid_is_turned_page_by_page(
    harbor: Agency, alice: User, visit: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert corrected.MAX_HELD == 20_000
    rows = "".join(f"g{number},2026-01-15,7,0900101,none\n" for number in range(1_200))
    run = checked(harbor, alice, f"gift_id,gift_date,donor_id,designation,amount\n{rows}", "gifts.csv")
    assert run.held_rows.count() == 1_200
    page = visit(alice).get(reverse("import_rows", args=[harbor.slug, run.pk]), {"page": 60})  # type: ignore[operator]
    shown = [row.line for grid in page.context["grids"] for row in grid.rows]
    assert shown == list(range(1_182, 1_202))
