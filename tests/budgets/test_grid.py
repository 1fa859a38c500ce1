"""The lines of a draft on one page: all of them are written, or none."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency, Role
from agencies.operations.written import ChangedSinceSeen
from budgets import operations
from budgets.line_words import LinesWrong, LineWords
from budgets.models import Budget, Line
from budgets.operations.versions import NotADraft
from core.money import Money
from ssu import operations as ssu
from ssu.models import Unit, Worker
from tests.budgets.test_budgets import add, approved

Visit = Callable[[User], Any]


def words(row: int, line: int | None = None, minor: int = 1200, currency: str = "USD", **said: Any) -> LineWords:
    told = {"impact": f"Lesson {row}", "category": "Teaching"} | said
    return LineWords(row=row, line=line, amount=Money(minor, currency), **told)


def sent(rows: Sequence[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A grid as a browser sends it."""
    filled = {"kind": "expense", "priority": "1", "impact": "", "category": "", "amount": "", "owner": "", "line": ""}
    cells = {f"row-{n}-{name}": value for n, row in enumerate(rows) for name, value in (filled | row).items()}
    return {"row-TOTAL_FORMS": str(len(rows)), "row-INITIAL_FORMS": "0", **cells, **more}


@pytest.fixture
def page(budget: Budget) -> str:
    return f"/a/harbor/budgets/{budget.pk}/lines/"


def test_lines_are_added_changed_and_removed_at_once(inside: Agency, alice: User, budget: Budget) -> None:
    kept, gone, same = (add(inside, alice, budget, minor) for minor in (1200, 500, 700))
    rows = [
        words(1, kept.pk, 2400),
        words(2, minor=99),
        words(3, same.pk, 700, impact=same.impact, category=same.category),
    ]
    budget.refresh_from_db()
    seen = budget.revision
    done = operations.write_lines(agency=inside, actor=alice, budget=budget, rows=rows, removed=[gone.pk])
    assert done == {"added": 1, "changed": 1, "removed": 1}
    assert sorted(Line.objects.values_list("amount", flat=True)) == [99, 700, 2400]
    budget.refresh_from_db()
    assert budget.revision == seen + 3


def test_one_wrong_row_keeps_all_of_them_out(inside: Agency, alice: User, budget: Budget) -> None:
    mine = add(inside, alice, budget, 1200)
    rows = [words(1, mine.pk, 2400), words(2, minor=0), words(3, currency="EUR"), words(4, line=mine.pk + 1000)]
    with pytest.raises(LinesWrong) as refused:
        operations.write_lines(agency=inside, actor=alice, budget=budget, rows=rows, removed=[])
    assert [(each.row, each.column) for each in refused.value.problems] == [(2, "amount"), (3, "amount"), (4, "line")]
    mine.refresh_from_db()
    assert (mine.amount, Line.objects.count()) == (1200, 1)


def test_what_changed_since_it_was_read_is_not_written_over(inside: Agency, alice: User, budget: Budget) -> None:
    seen = budget.revision
    add(inside, alice, budget)
    with pytest.raises(ChangedSinceSeen):
        operations.write_lines(agency=inside, actor=alice, budget=budget, rows=[words(1)], revision=seen)
    assert Line.objects.count() == 1


def test_only_a_draft_is_written(inside: Agency, alice: User, bob_in_finance: User, budget: Budget) -> None:
    add(inside, alice, budget)
    approved(inside, alice, bob_in_finance, budget)
    with pytest.raises(NotADraft):
        operations.write_lines(agency=inside, actor=alice, budget=budget, rows=[words(1)])


def test_a_line_of_another_budget_is_not_changed(inside: Agency, alice: User, unit: Unit, budget: Budget) -> None:
    other = operations.start_budget(agency=inside, actor=alice, unit=unit, fiscal_year=2027)
    theirs = add(inside, alice, other, 1200)
    with pytest.raises(LinesWrong):
        operations.write_lines(agency=inside, actor=alice, budget=budget, rows=[words(1, theirs.pk, 5)])
    with pytest.raises(LinesWrong):
        operations.write_lines(agency=inside, actor=alice, budget=budget, rows=[], removed=[theirs.pk])
    theirs.refresh_from_db()
    assert theirs.amount == 1200


def test_the_grid_saves_and_comes_back(visit: Visit, inside: Agency, alice: User, budget: Budget, page: str) -> None:
    mine, gone = add(inside, alice, budget, 1200), add(inside, alice, budget, 500)
    browser = visit(alice)
    budget.refresh_from_db()
    rows = [
        {"line": str(mine.pk), "impact": "More", "category": "Teaching", "amount": "24.00"},
        {"line": str(gone.pk), "remove": "on"},
        {"impact": "New", "category": "Travel", "amount": "1,000.50", "priority": "2"},
        {},
    ]
    answer = browser.post(page, sent(rows, revision=str(budget.revision), act="save"))
    assert (answer.status_code, answer.url) == (302, f"/a/harbor/budgets/{budget.pk}/")
    assert set(Line.objects.values_list("impact", "amount", "priority")) == {("More", 2400, 1), ("New", 100050, 2)}
    again = browser.post(page, sent(rows, revision=str(budget.revision), act="save"))
    assert again.status_code == 409
    assert "changed since you opened it" in again.content.decode()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({"amount": "ten"}, "ten"),
        ({"amount": "0"}, "above zero"),
        ({"amount": ""}, "required"),
        ({"impact": ""}, "required"),
        ({"priority": "0"}, "greater than or equal to 1"),
    ],
)
def test_a_wrong_cell_is_told_in_its_row(
    visit: Visit, agency: Agency, alice: User, budget: Budget, page: str, cell: dict[str, str], said: str
) -> None:
    right = {"impact": "i", "category": "c", "amount": "5"}
    answer = visit(alice).post(page, sent([right, right | cell, {}]))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert '">Row 2, ' in answer.content.decode()
    assert Line.objects.count() == 0


def test_a_grid_is_for_drafts_and_for_who_writes(
    visit: Visit, inside: Agency, alice: User, bob_in_finance: User, dan: User, budget: Budget, page: str
) -> None:
    assert visit(dan).get(page).status_code == 403
    assert visit(alice).get(page).status_code == 200
    add(inside, alice, budget)
    approved(inside, alice, bob_in_finance, budget)
    assert visit(alice).get(page).status_code == 302


@pytest.mark.parametrize("count", [1, 40])
def test_the_grid_asks_the_same_number_of_questions(
    visit: Visit,
    inside: Agency,
    alice: User,
    budget: Budget,
    page: str,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    for _ in range(count):
        add(inside, alice, budget)
    browser = visit(alice)
    browser.get(page)
    with django_assert_num_queries(QUERIES):
        browser.get(page)


QUERIES = 17


def test_a_line_says_when_it_is_needed(
    visit: Visit, inside: Agency, alice: User, unit: Unit, budget: Budget, worker: Worker
) -> None:
    joined: dict[str, Any] = {"role": Role.MEMBER, "joined_on": date(2020, 1, 1)}
    ssu.add_team_member(agency=inside, actor=alice, unit=unit, worker=worker, **joined)
    line, browser = add(inside, alice, budget, 1200), visit(alice)
    page = f"/a/harbor/budgets/{budget.pk}/lines/{line.pk}/"
    told = {"impact": "i", "category": "c", "kind": "expense", "priority": "1", "owner": str(worker.pk)}
    wrong = browser.post(page, told | {"amount": "12.00", "spread": "quarters", "quarter_1": "6", "quarter_3": "7"})
    assert (wrong.status_code, "1.00 USD too much" in wrong.content.decode()) == (422, True)
    browser.post(page, told | {"amount": "12.00", "spread": "quarters", "quarter_1": "3", "quarter_3": "9"})
    line.refresh_from_db()
    assert (line.months, line.owner) == ([100] * 3 + [0] * 3 + [300] * 3 + [0] * 3, worker)
    browser.post(page, told | {"amount": "24.00", "spread": "as_before"})
    line.refresh_from_db()
    assert line.months == [200] * 3 + [0] * 3 + [600] * 3 + [0] * 3
    browser.post(page, told | {"amount": "24.00", "spread": "months", "month_1": "20", "month_12": "4"})
    line.refresh_from_db()
    assert line.months == [2000, *[0] * 10, 400]
    browser.post(page, told | {"amount": "12.00", "spread": "whole"})
    line.refresh_from_db()
    assert line.months == [100] * 12
    assert "Lea Gray" in browser.get(f"/a/harbor/budgets/{budget.pk}/").content.decode()
