"""Register and matrix: order, filters, the file that equals the screen, and a constant number of queries."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry
from ssu import operations
from ssu.models import Unit
from tests.ssu.conftest import claimed, item_of

Visit = Callable[[User], Any]


def counted(browser: Any, url: str) -> int:
    """How many statements a page takes."""
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["units", "matrix", "strategies"])
def test_number_of_queries_is_the_same_at_1_3_and_50_units(
    inside: Agency,
    make_unit: Callable[..., Unit],
    serve: Callable[..., Any],
    alice: User,
    dan: User,
    visit: Visit,
    name: str,
) -> None:
    browser, url, counts = visit(dan), reverse(name, args=[inside.slug]), []
    for number in range(50):
        unit = make_unit(f"U{number}", f"Unit {number}", "closed" if number % 2 else "open", alias=f"Cedar {number}")
        serve(alice, unit, "leader")
        if number in (0, 2, 49):
            counts.append(counted(browser, url))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 16


@pytest.mark.parametrize("name", ["unit", "rollout", "team", "goal"])
def test_pages_of_a_unit_take_few_queries_whatever_was_done(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, dan: User, visit: Visit, name: str
) -> None:
    browser, url = visit(dan), reverse(name, args=[inside.slug, led.open.pk])
    claimed(inside, bob, item_of(led.open))
    operations.add_goal_version(agency=inside, actor=bob, unit=led.open, statement="Wells in use.")
    one = counted(browser, url)
    for key in ("2.1", "3.1", "3.2", "4.1", "5.1"):
        claimed(inside, alice, item_of(led.open, key))
    operations.add_goal_version(agency=inside, actor=bob, unit=led.open, statement="Clean wells in use.")
    assert counted(browser, url) == one
    assert one <= 24


def test_matrix_puts_the_furthest_behind_first(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, visit: Visit
) -> None:
    operations.confirm_item(agency=inside, actor=alice, item=claimed(inside, bob, item_of(led.open)))
    claimed(inside, alice, item_of(led.careful))
    page = visit(alice).get(reverse("matrix", args=[inside.slug]))
    drawn = page.context["matrix"]
    assert [row.label for row in drawn.rows] == ["Tamrin People", "Kareth Valley", "Riverbend"]
    assert [cell.words for cell in drawn.rows[2].cells] == ["✓ 1/1", "0/1", "0/2", "0/2", "0/3", "0/2"]
    assert [cell.tint for cell in drawn.rows[2].cells] == ["done", "0", "0", "0", "0", "0"]
    assert drawn.rows[1].cells[0].tint == "1"
    assert drawn.rows[2].cells[4].url == reverse("rollout", args=[inside.slug, led.open.pk]) + "#step-5"


def test_late_and_not_applicable_cells(inside: Agency, led: SimpleNamespace, alice: User, visit: Visit) -> None:
    yesterday = inside.today() - timedelta(days=1)
    operations.plan_item(agency=inside, actor=alice, item=item_of(led.open), due_on=yesterday, assignee=None)
    operations.set_not_applicable(agency=inside, actor=alice, item=item_of(led.open, "2.1"), reason="Has one.")
    page = visit(alice).get(reverse("matrix", args=[inside.slug]), {"q": "Riverbend"})
    [row] = page.context["matrix"].rows
    assert [(cell.words, cell.tint) for cell in row.cells[:2]] == [("! late 0/1", "late"), ("n/a", "na")]


@pytest.mark.parametrize("query", ["", "q=Kareth", "kind=community", "kind=program"])
def test_file_equals_the_screen(inside: Agency, led: SimpleNamespace, dan: User, visit: Visit, query: str) -> None:
    browser, url = visit(dan), reverse("matrix", args=[inside.slug])
    screen = browser.get(f"{url}?{query}").context["matrix"].rows
    file = browser.get(f"{url}?{query}&export=csv")
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))[1:]
    assert [row[1:-1] for row in rows] == [[row.label, *(cell.words for cell in row.cells)] for row in screen]
    assert AuditEntry.objects.filter(verb="export matrix").count() == 1


def test_name_that_is_a_formula_is_neutralized_in_the_file(
    inside: Agency, make_unit: Callable[..., Unit], alice: User, visit: Visit
) -> None:
    make_unit("U9", "=HYPERLINK(1)")
    file = visit(alice).get(reverse("matrix", args=[inside.slug]), {"export": "csv"})
    assert "'=HYPERLINK(1)" in file.content.decode()


def test_filters_of_the_register(inside: Agency, led: SimpleNamespace, alice: User, visit: Visit) -> None:
    url, browser = reverse("units", args=[inside.slug]), visit(alice)
    other = operations.add_strategy(agency=inside, actor=alice, code="S2", name="Water")
    operations.add_unit(
        agency=inside, actor=alice, strategy=other, code="W", name="Wells", kind="initiative", discretion="open"
    )
    operations.set_archived(agency=inside, actor=alice, unit=led.careful, archived=True)

    def names(query: str) -> list[str]:
        return [row.name for row in browser.get(f"{url}?{query}").context["rows"]]

    assert names("") == ["Riverbend", "Tamrin People", "Wells"]
    assert names(f"strategy={other.pk}") == ["Wells"]
    assert names("kind=community") == ["Riverbend", "Tamrin People"]
    assert names("q=riverbend town") == ["Riverbend"]
    assert names("archived") == ["Kareth Valley"]
    assert names("strategy=999999999999999999999&kind=nonsense&page=99") == names("")
