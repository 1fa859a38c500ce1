"""Journals: each posting in one, the same bytes for ever, no formula, no name."""

import csv
import io
from datetime import date
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import pytest

from funds.documents.journal import HEADERS, journal_bytes
from funds.models import ExportedPosting, JournalExport, Posting
from funds.operations import edit_account, edit_designation, export_journal, reverse_posting
from funds.operations.journals import DaysInOrder, NothingToExport
from funds.queries import deposit_account
from tests.funds.conftest import MARCH, account_of

DAYS = {"first_day": date(2026, 3, 1), "last_day": date(2026, 3, 31)}


def export(books: SimpleNamespace, key: str = "j", **fields: Any) -> JournalExport:
    return export_journal(**books.act, key=key, **{**DAYS, **fields})


def rows(export: JournalExport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(journal_bytes(export).decode())))


def test_debits_equal_credits_and_codes_are_the_agencys(books: SimpleNamespace, given: Any, spend: Any) -> None:
    edit_account(**books.act, account=deposit_account(), ledger_code="1010")
    given(books.river, 10000)
    posting = spend(books.river, 2550, reference="R-7").posting
    made = export(books)
    assert (made.number, made.postings, made.entries) == (1, 2, 6)
    lines = [row for row in rows(made) if row["posting"] == str(posting.pk)]
    assert [(row["account_kind"], row["account_code"], row["debit"], row["credit"]) for row in lines] == [
        ("expense", "6100", "25.50", ""),
        ("deposit", "1010", "", "25.50"),
        ("designation", "0100", "25.50", ""),
        ("released", "", "", "25.50"),
    ]
    assert {row["reference"] for row in lines} == {"R-7"}


@pytest.mark.parametrize(("currency", "written"), [("JPY", "12345"), ("USD", "123.45"), ("KWD", "12.345")])
def test_amounts_have_the_decimals_of_their_currency(
    currency: str, written: str, books: SimpleNamespace, given: Any
) -> None:
    given(books.river, 12345, currency)
    assert [(row["debit"], row["credit"]) for row in rows(export(books))] == [(written, ""), ("", written)]


def test_the_same_bytes_whatever_is_renamed(books: SimpleNamespace, given: Any) -> None:
    given(books.river, 10000)
    made = export(books)
    before = journal_bytes(made)
    edit_account(**books.act, account=account_of(books.river), ledger_code="4711")
    edit_designation(**books.act, designation=books.river, public_name="Another name")
    given(books.river, 5)
    assert journal_bytes(JournalExport.objects.get()) == before
    assert sha256(before).hexdigest() == made.digest


def test_each_posting_stands_in_one_journal(books: SimpleNamespace, given: Any, spend: Any) -> None:
    given(books.river, 10000)
    first = export(books)
    assert export(books) == first  # the same form
    with pytest.raises(NothingToExport):
        export(books, key="again")
    late = spend(books.river, 100).posting
    second = export(books, key="again")
    assert (second.number, second.postings) == (2, 1)
    mirror = reverse_posting(**books.act, posting=late, on=MARCH, reason="twice", key="r")
    third = export(books, key="third")
    assert [row["reverses"] for row in rows(third)] == [str(late.pk)] * 4
    assert set(ExportedPosting.objects.values_list("posting", "export__number")) == {
        (Posting.objects.order_by("pk").first().pk, 1),
        (late.pk, 2),
        (mirror.pk, 3),
    }


def test_by_source(books: SimpleNamespace, given: Any, spend: Any) -> None:
    given(books.river, 10000)
    with pytest.raises(NothingToExport):
        export(books, source="TNT")
    assert export(books, source="hand").postings == 1


def test_no_cell_is_a_formula(books: SimpleNamespace, spend: Any) -> None:
    spend(books.river, 100, reference="=HYPERLINK(1)")
    assert {row["reference"] for row in rows(export(books))} == {"'=HYPERLINK(1)"}


def test_days_in_order_and_the_head_of_the_file(books: SimpleNamespace, given: Any) -> None:
    with pytest.raises(DaysInOrder):
        export(books, last_day=date(2026, 2, 1))
    given(books.river, 1)
    assert journal_bytes(export(books)).decode().splitlines()[0] == ",".join(HEADERS[JournalExport.Layout.ENTRIES])


def test_a_file_of_the_first_layout_stays_as_it_was_taken(books: SimpleNamespace, given: Any) -> None:
    posting = given(books.river, 10000)
    file = journal_bytes(export(books, layout=JournalExport.Layout.FIRST)).decode()
    assert file.splitlines() == [
        "journal,posting,date,kind,reverses,account_kind,account_code,account,debit,credit,currency,source,reference",
        f"1,{posting.pk},2026-03-04,gift,,deposit,,Main deposit account,100.00,,USD,hand,",
        f"1,{posting.pk},2026-03-04,gift,,designation,0100,0100,,100.00,USD,hand,",
    ]
