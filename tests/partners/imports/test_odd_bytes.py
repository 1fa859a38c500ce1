"""Bytes that PostgreSQL cannot hold, wherever they stand: the outcome names the row, and nothing crashes."""

from collections.abc import Callable

import pytest

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportRun, StagedRow
from imports.operations import apply_import, check_import, receive_file
from partners.models import GiftLine

HEADER = b"source,gift_id,gift_date,donor_id,designation,amount,type,reverses,memo\n"
GOOD = "HLM,1,2026-01-05,7,0100,10.00,gift,,caf\u00e9\n".encode()
DONORS = b"[DONORS]\nPEOPLE_ID,ACCT_NAME\n7,Ann Lee\n[GIFTS]\n"
GIFTS = b"PEOPLE_ID,DISPLAY_DATE,AMOUNT,DONATION_ID,DESIGNATION\n7,1/5/2026,10.00,1,0100\n"
Import = Callable[[bytes], ImportRun]


@pytest.fixture
def bring(inside: Agency, alice: User) -> Import:
    """Check and apply a file of these bytes."""

    def run(content: bytes) -> ImportRun:
        received = receive_file(agency=inside, actor=alice, name="odd.csv", content=content, check=False)
        return apply_import(agency=inside, actor=alice, run=check_import(agency=inside, run=received))

    return run


def said(run: ImportRun, kind: str) -> list[tuple[int, str, str]]:
    return list(run.findings.filter(kind=kind).order_by("position").values_list("row", "column", "reason"))


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (b"HLM,2%s,2026-01-05,7,0100,10.00,gift,,", "gift_id"),
        (b"H%sLM,2,2026-01-05,7,0100,10.00,gift,,", "source"),
        (b"HLM,2,2026-01-05,7,0100,-10.00,refund,1%s,", "reverses"),
        (b"HLM,2,2026-01-05,7%s,0100,10.00,gift,,", "donor_id"),
        (b"HLM,2,2026-01-05,7,0100%s,10.00,gift,,", "designation"),
    ],
)
@pytest.mark.parametrize(("byte", "reason"), [(b"\x00", "control_character"), (b"\xff", "encoding")])
def test_a_key_that_cannot_be_read_is_an_error_of_its_row(
    row: bytes, column: str, byte: bytes, reason: str, bring: Import
) -> None:
    run = bring(HEADER + GOOD + row % byte + b"\n")
    assert said(run, "errors") == [(2, column, reason)]
    assert [line.external_id for line in GiftLine.objects.all()] == ["1"]
    assert StagedRow.objects.filter(import_run=run).count() == 2


def test_a_torn_row_is_kept_whole(bring: Import) -> None:
    bring(HEADER + GOOD + b"HLM,2\x00\xff\nHLM,3,2026-01-05,7,0100,10.00,gift,,a,=b,c\n")
    short, long = [row.cells for row in StagedRow.objects.filter(verdict="error").order_by("row")]
    assert short["gift_id"] == "2\u2400\\udcff"
    assert (long["memo"], long["#10"], long["#11"]) == ("a", "=b", "c")


def test_cells_below_columns_without_a_name_are_kept_apart(bring: Import) -> None:
    bring(HEADER.replace(b"source,", b",source,,", 1) + b"x,HLM,y," + GOOD.removeprefix(b"HLM,"))
    cells = StagedRow.objects.get().cells
    assert (cells["#1"], cells["#3"], cells["source"]) == ("x", "y", "HLM")


def test_a_column_name_that_cannot_be_read_is_only_unknown(bring: Import) -> None:
    run = bring(HEADER.strip() + b",fo\x00o,b\x01ar,q\xffx\n" + GOOD.strip() + b",1,2,3\n")
    assert said(run, "warnings") == [
        (0, f"{name}", "unknown_column") for name in ("fo\ufffdo", "b\ufffdar", "q\ufffdx")
    ]
    assert StagedRow.objects.get().cells["fo\ufffdo"] == "1"


@pytest.mark.parametrize(
    ("name", "source"), [(b"W\x00\xff\xc3\xa9", "W\ufffd\ufffd\u00e9"), (b"W" * 60, None), (b"\xe2\x80\xaeWBT", "WBT")]
)
def test_the_name_of_an_organization_is_a_source_that_can_be_kept(
    name: bytes, source: str | None, bring: Import
) -> None:
    content = b"[ORGANIZATION]\nCode=OTHER\nAbbriviation=" + name + b"\n" + DONORS + GIFTS
    assert [bring(content).applied for _ in range(2)] == [
        {"partners": 1, "gifts": 1, "gift_lines": 1},
        {"partners": 0, "gifts": 0, "gift_lines": 0},
    ]
    assert source in (None, GiftLine.objects.get().source)
