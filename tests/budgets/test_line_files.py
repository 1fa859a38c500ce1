"""Lines leave as a file and come back: the same file changes nothing, a wrong one writes nothing."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from agencies.models import Agency, Role
from budgets.models import Budget, Line
from core.formulas import guarded
from ssu import operations as ssu
from ssu.models import Unit, Worker
from tests.agencies.conftest import confirmed
from tests.budgets.test_budgets import add, approved

__all__ = ["confirmed"]
Visit = Callable[[User], Any]
Rows = list[dict[str, str]]


@pytest.fixture
def owner(inside: Agency, alice: User, unit: Unit, worker: Worker) -> Worker:
    joined: dict[str, Any] = {"role": Role.MEMBER, "joined_on": date(2020, 1, 1)}
    ssu.add_team_member(agency=inside, actor=alice, unit=unit, worker=worker, **joined)
    return worker


def taken(browser: Any, budget: Budget, kind: str = "csv") -> bytes:
    return browser.get(f"/a/harbor/budgets/{budget.pk}/lines/file/?export={kind}").content


def rows_of(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def as_file(rows: Rows) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def bring(browser: Any, budget: Budget, content: bytes, name: str = "lines.csv") -> Any:
    return browser.post(f"/a/harbor/budgets/{budget.pk}/lines/bring/", {"file": SimpleUploadedFile(name, content)})


def stands() -> set[Any]:
    rows = Line.objects.values_list("pk", "impact", "category", "kind", "amount", "priority", "months", "owner")
    return {(*row[:6], tuple(row[6]), row[7]) for row in rows}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_same_file_changes_nothing(
    confirmed: Visit, inside: Agency, alice: User, budget: Budget, owner: Worker, kind: str
) -> None:
    for minor, impact in ((1205, "=Lessons"), (99, "Bücher, “gut”\nund billig"), (120000, "שיעורים")):
        line = add(inside, alice, budget, minor)
        line.impact, line.owner = impact.replace("\n", " "), owner
        line.save()
    browser, before = confirmed(alice), stands()
    answer = bring(browser, budget, taken(browser, budget, kind), f"lines.{kind}")
    assert (answer.status_code, stands() == before) == (302, True)
    budget.refresh_from_db()
    assert budget.revision == 3


def test_a_file_adds_changes_and_removes(
    confirmed: Visit, inside: Agency, alice: User, budget: Budget, owner: Worker
) -> None:
    kept, gone, quiet = (add(inside, alice, budget, minor) for minor in (1200, 500, 700))
    browser = confirmed(alice)
    rows = {row["line"]: row for row in rows_of(taken(browser, budget))}
    months = [name for name in rows[str(kept.pk)] if name.startswith("month_")]
    assert months[0] == "month_2026_01"
    rows[str(kept.pk)] |= {"amount": "24", "owner": "lea gray"} | dict.fromkeys(months, "") | {months[11]: "24.00"}
    rows[str(gone.pk)]["remove"] = "yes"
    new = dict.fromkeys(rows[str(kept.pk)], "") | {"impact": "Wells", "category": "Water", "amount": "1,000.50"}
    sent = [rows[str(kept.pk)], rows[str(gone.pk)], new]
    assert bring(browser, budget, as_file(sent)).status_code == 302
    kept.refresh_from_db()
    assert (kept.amount, kept.months, kept.owner) == (2400, [0] * 11 + [2400], owner)
    assert set(Line.objects.values_list("amount", flat=True)) == {2400, 700, 100050}
    assert quiet in Line.objects.all()


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("line", "7", "no line of this version"),
        ("impact", "", "This is empty"),
        ("impact", "x" * 251, "longer than 250"),
        ("kind", "gift", "expense, income"),
        ("priority", "0", "whole number"),
        ("owner", "Nobody", "Nobody of the team"),
        ("amount", "", "The amount is empty"),
        ("amount", "-5", "above zero"),
        ("amount", "ten", "ten"),
        ("amount", "12.01", "The months add up to 12.00"),
        ("month_2026_03", "-1.00", "not below zero"),
        ("remove", "maybe", "“yes”"),
    ],
)
def test_a_wrong_cell_is_told_and_nothing_is_written(
    confirmed: Visit, inside: Agency, alice: User, budget: Budget, column: str, cell: str, said: str
) -> None:
    add(inside, alice, budget, 1200)
    browser = confirmed(alice)
    rows = rows_of(taken(browser, budget))
    new = rows[0] | {"line": "", "impact": "Another"}
    rows[0][column] = guarded(cell) if column == "impact" else cell
    before = stands()
    answer = bring(browser, budget, as_file([rows[0], new]))
    assert (answer.status_code, stands() == before) == (422, True)
    page = answer.content.decode()
    assert said in page
    assert f"<td>{column}</td>" in page


def test_unknown_columns_twice_the_same_line_and_empty_files_are_told(
    confirmed: Visit, inside: Agency, alice: User, budget: Budget
) -> None:
    add(inside, alice, budget, 1200)
    browser = confirmed(alice)
    row = rows_of(taken(browser, budget))[0]
    for content, said in (
        (as_file([row | {"amounts": "5"}]), "“amounts” is not known"),
        (as_file([row, row]), "stands on row 2 too"),
        (as_file([row]).split(b"\r\n")[0] + b"\r\n", "no rows"),
        (b"", "empty"),
    ):
        answer = bring(browser, budget, content)
        assert (answer.status_code, said in answer.content.decode()) == (422, True), said


def test_files_are_for_drafts_and_for_who_writes(
    confirmed: Visit, inside: Agency, alice: User, bob_in_finance: User, dan: User, budget: Budget
) -> None:
    add(inside, alice, budget)
    content = taken(confirmed(alice), budget)
    assert taken(confirmed(dan), budget).startswith(b"\xef\xbb\xbf")
    assert bring(confirmed(dan), budget, content).status_code == 403
    approved(inside, alice, bob_in_finance, budget)
    assert bring(confirmed(alice), budget, content.replace(b"Lessons", b"Other")).status_code == 422
    assert Line.objects.get().impact.startswith("Lessons")
