"""The door: DataSync files as a whole, formats recognised, and the door inside a process that can be killed."""

import datetime as dt
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.reading.child import Limits, run_in_child, stream_from_child
from imports.reading.findings import Found
from imports.reading.limits import MAX_BYTES
from partners.imports import row_notes
from partners.imports.checking import CheckedFile, check_file, check_path, gifts_mentioned, stream_judged
from partners.imports.context import Context
from partners.imports.judged import JudgedGiftLine
from partners.imports.outcome import Outcome
from tests.partners.imports.told import told

SAMPLES = Path(__file__).resolve().parents[3] / "data" / "samples"
CONTEXT = Context(
    "USD",
    dt.date(2026, 11, 21),
    default_source="HLM",
    organization_code="HLM-USA",
    designations=frozenset({"0100"}),
    hidden_names=("Tamrin People",),
)
ORGANIZATION = "[ORGANIZATION]\nName=Harbor\nAbbriviation=HLM\nCode=HLM-USA\nDefaultCurrencyCode=USD\n"
DONORS = (
    "[DONORS]\nPEOPLE_ID,ACCT_NAME,PERSON_TYPE,LAST_NAME_ORG,FIRST_NAME\n0007,Ann Lee,P,Lee,Ann\n8,Grace,o,Grace,\n"
)
GIFTS = "[GIFTS]\nPEOPLE_ID,ACCT_NAME,DISPLAY_DATE,AMOUNT,DONATION_ID,DESIGNATION,MEMO\n"
GOOD = "7,Ann Lee,03/04/2025,5.0000,1,0100, \n"


def datasync(*parts: str) -> CheckedFile:
    return check_file("".join(parts).encode(), CONTEXT)


def test_a_datasync_file() -> None:
    checked = datasync(ORGANIZATION, DONORS, GIFTS, GOOD, "8,Grace,03/05/2025,-1,2,0100,Refund of gift 1\n")
    found = checked.outcome
    assert (found.format, found.outcome, found.rows, found.new_lines) == ("tnt_datasync", "accept_with_warnings", 2, 2)
    assert (found.facts["source"], found.facts["donor_rows"], found.facts["donor_organisations"]) == ("HLM", 2, 1)
    assert checked.gifts
    assert checked.partners
    first, refund = checked.gifts.lines()
    assert (first.date, first.donor_known, refund.reverses) == (dt.date(2025, 3, 4), True, ("HLM", "0100", "1"))
    assert [(partner.kind, partner.key) for partner in checked.partners.partners] == [
        ("person", ("HLM", "7")),
        ("organization", ("HLM", "8")),
    ]
    assert json.loads(json.dumps(found.as_json()))["base_total"] == "4.00"


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ((ORGANIZATION, DONORS), "missing_section"),
        ((ORGANIZATION, GIFTS, GOOD), "missing_section"),
        ((ORGANIZATION.replace("USD\n", "EUR\n"), DONORS, GIFTS, GOOD), "currency"),
        ((ORGANIZATION.replace("USD\n", "DOLLAR\n"), DONORS, GIFTS, GOOD), "currency"),
        ((DONORS, "[GIFTS]\n"), "missing_column"),
        ((DONORS, GIFTS.replace("AMOUNT", "SUM"), GOOD), "missing_column"),
        ((DONORS, "[GIFTS]\nx,y\n1,2\n"), "not_recognised"),
        ((DONORS, GIFTS, GOOD, '7,"open'), "quote"),
    ],
)
def test_datasync_files_that_are_refused(parts: tuple[str, ...], reason: str) -> None:
    checked = datasync(*parts)
    assert (checked.outcome.outcome, checked.outcome.reason) == ("reject_file", reason)
    assert (checked.gifts, checked.partners) == (None, None)


@pytest.mark.parametrize(
    ("organization", "source"),
    [
        ("", "HLM"),
        (ORGANIZATION, "HLM"),
        (ORGANIZATION.replace("HLM", "WBT"), "WBT"),
        ("[ORGANIZATION]\nCode=WBT-USA\n", "WBT-USA"),
    ],
)
def test_the_source_of_a_datasync_file(organization: str, source: str) -> None:
    gifts = datasync(GIFTS, GOOD, "\n", DONORS, organization).gifts
    assert gifts
    assert next(gifts.lines()).key == (source, "0100", "1")


@pytest.mark.parametrize(
    ("amount", "tendered", "errors"),
    [("5", "4", []), ("-5", "-4", []), ("5", "-4", ["TENDERED_AMOUNT"]), ("-5", "4", ["TENDERED_AMOUNT"])],
)
def test_what_was_tendered_has_the_sign_of_the_amount(amount: str, tendered: str, errors: list[str]) -> None:
    header = GIFTS.strip() + ",TENDERED_AMOUNT,TENDERED_CURRENCY\n"
    checked = datasync(DONORS, header, f"7,Ann Lee,03/04/2025,{amount},1,0100,,{tendered},EUR\n")
    found = checked.notes.of("errors")
    assert [(note.column, note.code) for note in found] == [(column, "sign") for column in errors]


def test_datasync_dates_are_month_first() -> None:
    checked = datasync(DONORS, GIFTS, "7,,13/01/2025,5,1,0100,\n", "7,,3/4/2025,5,2,0100,\n")
    assert [(note.row, note.code) for note in checked.notes.of("errors")] == [(1, "date")]


def test_a_donor_row_in_error_leaves_its_gifts_unidentified() -> None:
    checked = datasync(DONORS.replace("Ann Lee,P,Lee,Ann", ",P,,"), GIFTS, GOOD)
    notes = checked.notes
    assert [(note.row, note.column, note.code) for note in notes.of("errors")] == [(1, "ACCT_NAME", "required")]
    assert [(note.row, note.code) for note in notes.of("review")] == [(1, "unidentified_donor")]


def test_memos_that_name_a_closed_unit_are_listed() -> None:
    memos = ["tamrin!", "people", "Tamrins", "the Tamrin's"]
    rows = [f"7,,3/4/2025,5,{n},0100,{memo}\n" for n, memo in enumerate(memos)]
    assert datasync(DONORS, GIFTS, *rows).outcome.facts["restricted_words"] == [1, 3, 4]


def test_a_format_can_be_named() -> None:
    assert check_file(b"gift_id,amount\n1,2\n", CONTEXT, "generic_partners").outcome.reason == "not_recognised"
    assert check_file(b"shoe\n1\n", CONTEXT).outcome.reason == "not_recognised"
    assert check_file(b"donor_id,display_name\n7,Ann\n", CONTEXT).outcome.format == "generic_partners"
    assert check_file(GOOD.encode(), CONTEXT, "tnt_datasync").outcome.reason == "missing_section"


def test_more_findings_than_anybody_reads_refuse_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (SAMPLES / "bad/split_does_not_sum.csv").read_bytes()
    many = len(list(check_file(data, CONTEXT).notes.found()))
    monkeypatch.setattr(row_notes, "MAX_FINDINGS", many)
    assert check_file(data, CONTEXT).outcome.outcome == "row_errors"
    monkeypatch.setattr(row_notes, "MAX_FINDINGS", many - 1)
    assert check_file(data, CONTEXT).outcome.reason == "too_many_findings"


def test_an_oversize_file_is_an_outcome(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert check_path(path, CONTEXT).outcome.reason == "too_large"


@pytest.mark.own_process
def test_the_gifts_that_a_file_mentions(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(DONORS + GIFTS + GOOD + "7,,3/5/2025,-1,2,0100,Refund of gift 9\n")
    found = run_in_child(gifts_mentioned, path, CONTEXT)
    assert found == {("HLM", number) for number in ("1", "2", "9", "Refund", "of", "gift")}


@pytest.mark.slow
@pytest.mark.own_process
def test_two_hundred_thousand_rows_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(gzip.decompress((SAMPLES / "bad/long_200k_one_bad.csv.gz").read_bytes()))
    limits = Limits(memory=512 * 1024 * 1024)
    outcome, *batches = stream_from_child(stream_judged, path, CONTEXT, limits=limits, trusted=("partners.imports.",))
    assert isinstance(outcome, Outcome)
    found = [each for batch in batches if isinstance(batch[0], Found) for each in batch]
    assert [(each.row, each.reason) for each in found if each.kind == "errors"] == [(199_873, "amount")]
    lines = sum(len(batch) for batch in batches if isinstance(batch[0], JudgedGiftLine))
    assert (lines, type(batches[-1][-1]), batches[-1][-1].row) == (200_000, JudgedGiftLine, 200_000)


@given(st.binary(max_size=300), st.sampled_from(["auto", "tnt_datasync", "generic_gifts", "generic_partners"]))
def test_any_bytes_have_an_outcome(data: bytes, format_name: str) -> None:
    for start in (b"", b"gift_id,gift_date,donor_id,designation,amount\n", (DONORS + GIFTS).encode()):
        assert json.dumps(told(check_file(start + data, CONTEXT, format_name)))
