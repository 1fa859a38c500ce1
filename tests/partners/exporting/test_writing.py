"""Files that other systems read: whatever names, memos and numbers hold, the import reads what was told, and a
spreadsheet runs nothing.
"""

import csv
import datetime as dt
import io
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.models import Agency
from core.formulas import STARTS_A_FORMULA, guarded_once_more, without_guard
from core.money import Money
from partners.documents import gifts, people
from partners.documents.canonical import write_canonical
from partners.documents.cells import harmless_or_telephone, kept, month_first
from partners.documents.datasync import write_datasync
from partners.documents.numbers import in_file
from partners.imports.checking import check_file
from partners.imports.context import Context
from partners.imports.own_files import split_number

AGENCY = cast(
    Agency, SimpleNamespace(name="Harbor\nLight [GIFTS]", default_source="HLM", organization_code="HLM-USA", slug="h")
)
OURS = Context("USD", dt.date(2026, 11, 22), "HLM", "HLM-USA", "h", sources={"HLM", "STRIPE", "hand"})
THEIRS = Context("USD", dt.date(2026, 11, 22), "OTHER", "OTHER", "o")
WORDS = st.text(
    st.one_of(st.sampled_from("=+-@'\"\t,;\r\n [GIFTS]0179|"), st.characters(exclude_categories=["Cs", "Cc"])),
    max_size=12,
)
RUN = ["=1+1", "+cmd|' /C calc'!A1", "-2+3+cmd|' /C calc'!A1", "@SUM(A1)", "\t=1", "'=1", "''=1", "＝1", " =1"]


def clean(text: str) -> str:
    """As the import keeps text: without what is invisible, blanks at the ends, and line ends of another kind."""
    return text.strip(" \t\r\n")


def canonical(columns: Any, rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    write_canonical(out, AGENCY, columns, rows)
    return out.getvalue().encode()


def datasync(donors: list[dict[str, str]], given_rows: list[dict[str, str]], *, keys: bool = False) -> bytes:
    out = io.StringIO(newline="")
    write_datasync(out, AGENCY, "USD", donors, given_rows, keys=keys)
    return out.getvalue().encode()


def line(number: str = "17", **facts: str) -> dict[str, str]:
    same = dict.fromkeys(gifts.FACTS[1:], "")
    return same | {"gift_id": number, "gift_date": "2026-03-04", "donor_id": "0006007", "amount": "12.50"} | facts


@given(name=WORDS, memo=WORDS, designation=WORDS)
def test_every_text_comes_back(name: str, memo: str, designation: str) -> None:
    names, memos, codes = clean(kept(name)) or "A", clean(kept(memo)), clean(kept(designation)) or "9"
    told = line(donor_name=names, memo=memos, designation=codes, designation_code=codes)
    for data in (canonical(gifts.FACTS, [told]), datasync([], [told])):
        checked = check_file(data, THEIRS)
        assert checked.gifts, checked.notes.of("errors")
        (read,) = checked.gifts.lines()
        assert (read.number, read.donor_as_given, str(read.date)) == ("17", "0006007", "2026-03-04")
        assert (read.memo, read.designation) == (memos, codes)
        assert read.amount == Money(1250, "USD")


@given(WORDS)
def test_a_guard_is_taken_away_again(text: str) -> None:
    assert without_guard(guarded_once_more(text)) == text
    written = guarded_once_more(text)
    assert not STARTS_A_FORMULA.match(written) or written.lstrip("-")[:1].isdigit()


@pytest.mark.parametrize("text", RUN)
def test_a_spreadsheet_runs_nothing(text: str) -> None:
    person = {"donor_id": "1", "type": "person", "display_name": text, "last_name": text, "note": text}
    table = canonical(people.FACTS, [person]).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
    sync = datasync([{**person, "phone": text}], [line(memo=text, donor_name=text, designation="9")]).decode()
    sections = [row for row in csv.reader(io.StringIO(sync, newline="")) if len(row) > 5]
    assert not [cell for cell in [*cells, *(each for row in sections for each in row)] if STARTS_A_FORMULA.match(cell)]
    assert text in {without_guard(cell) for cell in cells}


def test_a_telephone_number_stays_one_that_can_be_dialed() -> None:
    assert harmless_or_telephone("+82 2 555 0133") == "+82 2 555 0133"
    assert harmless_or_telephone("+82 2 555 0133 ext. 4") == "+82 2 555 0133 ext. 4"
    assert harmless_or_telephone("+cmd") == "'+cmd"
    assert harmless_or_telephone("-2+3+cmd|' /C calc'!A0") == "'-2+3+cmd|' /C calc'!A0"


def test_datasync_as_tntconnect_writes_it() -> None:
    donor = {"donor_id": "0006007", "type": "church", "display_name": "Grace", "email": "g@example.org"}
    text = datasync([donor], [line(designation="Fund A", designation_code="0900", type="gift")], keys=True).decode()
    assert text.startswith("\ufeff[ORGANIZATION]\r\nName=Harbor Light [GIFTS]\r\nAbbriviation=HLM\r\nCode=HLM-USA\r\n")
    head, rows = text.split("[DONORS]\r\n")[1].split("\r\n\r\n[GIFTS]\r\n")
    assert head.splitlines()[1].startswith('"0006007","Grace","O","Grace"," "')
    assert rows.splitlines()[1] == '"0006007"," ","3/4/2026","12.50","17","0900"," "," "," "," "," ","Fund A"'
    assert month_first(dt.date(2026, 12, 31)) == "12/31/2026"


def test_numbers_of_other_sources_are_told_apart_and_known_at_home() -> None:
    assert in_file(AGENCY, "STRIPE", "ch_1") == "STRIPE--ch_1"
    assert split_number(OURS, "HLM", "STRIPE--ch_1") == ("STRIPE", "ch_1")
    assert split_number(OURS, "HLM", "NOBODY--ch_1") == ("HLM", "NOBODY--ch_1")
    assert split_number(THEIRS, "HLM", "STRIPE--ch_1") == ("HLM", "STRIPE--ch_1")
    told = [line("STRIPE--ch_1", designation="9", designation_code="9")]
    for data in (canonical(gifts.FACTS, told), datasync([], told)):
        assert [(each.source, each.number) for each in lines_of(data, OURS)] == [("STRIPE", "ch_1")]
        assert [(each.source, each.number) for each in lines_of(data, THEIRS)] == [("HLM", "STRIPE--ch_1")]


def lines_of(data: bytes, context: Context) -> list[Any]:
    checked = check_file(data, context)
    assert checked.gifts
    return list(checked.gifts.lines())


def test_what_goes_back_names_its_gift() -> None:
    first = line("STRIPE--ch_1", designation="9", designation_code="9")
    back = line("hand--7", designation="9", designation_code="9") | {"amount": "-12.50", "type": "refund"}
    back |= {"reverses": "STRIPE--ch_1", "memo": "asked for it"}
    for data in (canonical(gifts.FACTS, [first, back]), datasync([], [first, back])):
        assert lines_of(data, THEIRS)[1].reverses == ("HLM", "9", "STRIPE--ch_1")
