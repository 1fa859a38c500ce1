"""Correcting rows that are kept out: every change with its person, the file as it came, and the good rows first."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry
from imports.models import CellCorrection, HeldRow, ImportRun, StagedRow
from imports.operations import apply_import, check_import, correct_rows, receive_file, undo_import
from imports.operations.check import path_of
from imports.operations.corrections import (
    CellTooLong,
    CorrectedMeanwhile,
    NoSuchCell,
    NothingChanged,
    NotToBeCorrected,
)
from jobs.testing import run_due
from partners.models import Gift, GiftLine
from tests.cast import SECRET, Visitor

Visit = Callable[[User], Visitor]
HEAD = "gift_id,gift_date,donor_id,donor_name,designation,amount,currency\n"
GOOD = "".join(f"61{n:02},2026-03-02,77{n:02},Name {n},0900101,10.00,USD\n" for n in range(1, 8))
BAD = (
    "6191,2026-02-30,7791,Name 91,0900101,10.00,USD\n"
    "6192,2026-03-02,7792,Name 92,0900101,ten,USD\n"
    "6193,2026-03-02,7793,Name 93,0900101\n"
)
Fix = dict[tuple[int, str], str]
ALL: Fix = {(9, "gift_date"): "2026-02-28", (10, "amount"): "12.50", (11, "amount"): "1.25", (11, "currency"): "USD"}


def received(agency: Agency, actor: User, text: str = HEAD + GOOD + BAD, name: str = "gifts.csv") -> ImportRun:
    """A checked file."""
    run = receive_file(agency=agency, actor=actor, name=name, content=text.encode(), check=False)
    return check_import(agency=agency, run=run)


@pytest.fixture
def run(harbor: Agency, alice: User) -> ImportRun:
    """A checked file of seven good rows and three bad ones: a day, an amount, and a torn row."""
    return received(harbor, alice)


@pytest.fixture
def fix(harbor: Agency, alice: User) -> Callable[..., ImportRun]:
    """Write over cells, and judge the file again."""

    def correct(run: ImportRun, cells: Fix, **seen: int) -> ImportRun:
        correct_rows(agency=harbor, actor=alice, run=run, cells=cells, **seen)
        run_due()
        return ImportRun.objects.get(pk=run.pk)

    return correct


def lines() -> list[int]:
    return list(HeldRow.objects.order_by("line").values_list("line", flat=True))


def test_what_is_kept_out_stands_as_the_file_has_it(run: ImportRun) -> None:
    assert (run.outcome["kept_out"], lines()) == (3, [9, 10, 11])
    row = HeldRow.objects.get(line=10)
    assert (row.row, row.section, row.cells[5]) == (9, "gifts", "ten")
    assert row.columns == HEAD.strip().split(",")


def test_corrected_rows_come_in_and_keep_how_they_came(
    run: ImportRun, fix: Callable[..., ImportRun], harbor: Agency, alice: User
) -> None:
    before = path_of(run).read_bytes()
    checked = fix(run, ALL)
    assert (checked.outcome["kept_out"], lines(), checked.outcome["new_lines"]) == (0, [], 10)
    applied = apply_import(agency=harbor, actor=alice, run=checked)
    assert applied.applied["gift_lines"] == 10
    assert Gift.objects.get(external_id="6192").amount == 1250
    assert StagedRow.objects.get(line=10).cells["amount"] == "ten"
    assert path_of(run).read_bytes() == before
    changed = CellCorrection.objects.order_by("line", "column").values_list("line", "row", "column", "was", "now", "by")
    assert list(changed) == [
        (9, 8, "gift_date", "2026-02-30", "2026-02-28", alice.pk),
        (10, 9, "amount", "ten", "12.50", alice.pk),
        (11, 10, "amount", "", "1.25", alice.pk),
        (11, 10, "currency", "", "USD", alice.pk),
    ]
    entry = AuditEntry.objects.get(verb="correct rows")
    assert (entry.actor, entry.changes) == (alice, {"cells": 4, "rows": 3})


def test_the_good_rows_first_and_the_others_later(
    run: ImportRun, fix: Callable[..., ImportRun], harbor: Agency, alice: User
) -> None:
    first = apply_import(agency=harbor, actor=alice, run=run)
    assert (first.state, first.applied["gift_lines"], lines()) == ("applied", 7, [9, 10, 11])
    checked = fix(first, {(10, "amount"): "12.50"})
    assert (checked.state, checked.outcome["new_lines"], lines()) == ("checked", 1, [9, 11])
    second = apply_import(agency=harbor, actor=alice, run=checked)
    assert (second.state, second.applied["gift_lines"], GiftLine.objects.count()) == ("applied", 8, 8)
    assert StagedRow.objects.count() == 10
    assert StagedRow.objects.filter(verdict="create").count() == 8
    line = GiftLine.objects.get(external_id="6192")
    assert StagedRow.objects.get(pk=line.staged_row).line == 10
    assert undo_import(agency=harbor, actor=alice, run=second, reason="all").undone["taken"]["gifts"] == 8


def test_a_correction_may_be_wrong_too(run: ImportRun, fix: Callable[..., ImportRun]) -> None:
    assert (fix(run, {(10, "amount"): "eleven"}).outcome["kept_out"], lines()) == (3, [9, 10, 11])
    again = fix(run, {(10, "amount"): "11"})
    assert (again.outcome["kept_out"], lines()) == (2, [9, 11])
    assert CellCorrection.objects.order_by("pk").values_list("was", "now")[1] == ("eleven", "11")


@pytest.mark.parametrize(
    ("cells", "refusal"),
    [
        ({(2, "amount"): "5.00"}, NoSuchCell),
        ({(10, "fund"): "5.00"}, NoSuchCell),
        ({(10, "amount"): "ten"}, NothingChanged),
        ({(10, "amount"): "9" * 3000}, CellTooLong),
        ({(10, "amount"): "5.00", (999, "amount"): "6.00"}, NoSuchCell),
    ],
)
def test_what_cannot_be_corrected_is_refused_whole(
    cells: Fix, refusal: type[Exception], run: ImportRun, harbor: Agency, alice: User
) -> None:
    with pytest.raises(refusal):
        correct_rows(agency=harbor, actor=alice, run=run, cells=cells)
    assert (CellCorrection.objects.count(), ImportRun.objects.get().state) == (0, "checked")


def test_nobody_writes_over_what_was_not_seen(run: ImportRun, fix: Callable[..., ImportRun]) -> None:
    fix(run, {(10, "amount"): "eleven"}, seen=0)
    with pytest.raises(CorrectedMeanwhile):
        fix(run, {(10, "amount"): "12"}, seen=0)
    fix(run, {(10, "amount"): "12"}, seen=CellCorrection.objects.get().pk)


def test_while_it_is_checked_nothing_is_corrected(run: ImportRun, harbor: Agency, alice: User) -> None:
    correct_rows(agency=harbor, actor=alice, run=run, cells={(10, "amount"): "12"})
    with pytest.raises(NotToBeCorrected):
        correct_rows(agency=harbor, actor=alice, run=run, cells={(9, "gift_date"): "2026-02-28"})


def test_givers_and_gifts_of_one_file_are_corrected_by_line(
    harbor: Agency, alice: User, fix: Callable[..., ImportRun]
) -> None:
    text = (
        '[ORGANIZATION]\nName=H\nCode=HLM-USA\n[DONORS]\n"PEOPLE_ID","ACCT_NAME","PERSON_TYPE"\n'
        '"","Ruth Moab","P"\n"12","Boaz","P"\n[GIFTS]\n'
        '"PEOPLE_ID","ACCT_NAME","DISPLAY_DATE","AMOUNT","DONATION_ID","DESIGNATION"\n'
        '"12","Boaz","3/2/2026","5.x","81","0900101"\n"12","Boaz","3/2/2026","6.00","82","0900101"\n'
    )
    run = received(harbor, alice, text, "g.tntdatasync")
    held = {(row.section, row.line): row.row for row in HeldRow.objects.all()}
    assert held == {("partners", 6): 1, ("gifts", 10): 1}
    checked = fix(run, {(6, "PEOPLE_ID"): "11", (10, "AMOUNT"): "5.00"})
    assert (checked.outcome["kept_out"], checked.outcome["new_lines"]) == (0, 2)


def test_lines_of_a_bank_are_corrected_too(harbor: Agency, alice: User, fix: Callable[..., ImportRun]) -> None:
    text = "Date,Description,Amount,Balance\n2026-03-02,Deposit,10.00,10.00\n2026-03-31,Deposit,ten,30.00\n"
    run = received(harbor, alice, text, "bank.csv")
    assert (run.format, lines()) == ("bank_csv", [3])
    assert fix(run, {(3, "Amount"): "20.00"}).outcome["new_statement_lines"] == 2


def rows_page(run: ImportRun) -> str:
    return reverse("import_rows", args=["harbor", run.pk])


def test_the_grid_by_its_form(run: ImportRun, alice: User, visit: Visit) -> None:
    browser, home = visit(alice), reverse("import", args=["harbor", run.pk])
    assert "Correct 3 rows here" in browser.get(home).content.decode()
    page = browser.get(rows_page(run))
    (grid,) = page.context["grids"]
    cells = {cell.name: cell for row in grid.rows for cell in row.cells}
    assert (cells["c-10-5"].value, len(cells["c-10-5"].errors), cells["c-10-0"].errors) == ("ten", 1, [])
    assert [len(row.errors) for row in grid.rows] == [0, 0, 1]
    sent: dict[str, Any] = {name: cell.value for name, cell in cells.items()}
    sent |= {"seen": page.context["seen"], "c-9-1": "2026-02-28", "c-10-5": "12.50", "c-11-5": "1", "c-11-6": "USD"}
    assert browser.post(rows_page(run), sent)["Location"] == rows_page(run)
    assert browser.get(rows_page(run)).context["job"].poll_seconds == 2
    run_due()
    after = browser.get(rows_page(run))
    assert (after.context["grids"], len(after.context["latest"])) == ([], 4)
    assert "Import 10 new gift lines" in browser.get(home).content.decode()


def test_what_was_typed_stays_when_it_cannot_be_saved(
    run: ImportRun, alice: User, visit: Visit, fix: Callable[..., ImportRun]
) -> None:
    browser = visit(alice)
    fix(run, {(9, "gift_date"): "2026-02-31"})
    answer = browser.post(rows_page(run), {"seen": "0", "c-10-5": "7.77", "c-x-1": "", "c-99-0": "1"})
    assert answer.status_code == 422
    assert "7.77" in answer.content.decode()
    assert CorrectedMeanwhile.message.split(",")[0] in answer.content.decode()


def test_who_may_correct(run: ImportRun, dan: User, mallory: User, alice: User, visit: Visit) -> None:
    assert [visit(user).get(rows_page(run)).status_code for user in (alice, dan, mallory)] == [200, 403, 404]
    assert SECRET not in visit(alice).get(rows_page(run)).content.decode()


def test_the_grid_asks_the_same_number_of_questions(harbor: Agency, alice: User, visit: Visit) -> None:
    browser, asked = visit(alice), []
    for count in (1, 3, 50):
        rows = "".join(f"9{count}{n:02},2026-02-30,77{n:02},Name,0900101,10.00,USD\n" for n in range(count))
        path = rows_page(received(harbor, alice, HEAD + rows))
        browser.get(path)
        with CaptureQueriesContext(connection) as captured:
            browser.get(path)
        asked.append(len(captured))
    assert asked[0] == asked[1] == asked[2]
