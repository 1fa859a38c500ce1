"""The matrix: order, filters, groups, quietness, the file that equals the screen, and a constant number of queries."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import product
from string import ascii_lowercase
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from accounts.models import User
from agencies.models import Agency, AuditEntry
from core.site import site
from ssu import activity, operations
from ssu.models import ActionItem, Unit
from ssu.pages import matrix as pages
from tests.agencies.conftest import confirm
from tests.ssu.conftest import TRUE_NAME, TRUE_PLACE, claimed, item_of, overdue

Visit = Callable[[User], Any]
QUERIES = 20
"""Session, person, membership, roles and units of the seat, bell, unmasking: 11; units, items, activity, declared: 4;
strategies, leaders, saved views, names: 4.
"""
LETTERS = ["".join(pair) for pair in product(ascii_lowercase, repeat=2)]
"""For names: a number in code or alias would tell the unit of the same number."""
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def url(inside: Agency) -> str:
    return reverse("matrix", args=[inside.slug])


def labels(browser: Any, url: str, query: str = "") -> list[str]:
    return [row.label for row in browser.get(f"{url}?{query}").context["matrix"].rows]


def long_ago(monkeypatch: pytest.MonkeyPatch, days: dict[int, int]) -> None:
    """The last activity of units so many days ago."""
    moments = {pk: timezone.now() - timedelta(days=count) for pk, count in days.items()}

    def latest(unit_ids: Any) -> dict[int, datetime]:
        return {pk: moments.get(pk, timezone.now()) for pk in unit_ids}

    monkeypatch.setattr(activity, "latest", latest)


@pytest.mark.parametrize("name", ["alice", "dan"])
def test_number_of_queries_is_the_same_at_1_3_and_200_units(
    inside: Agency, make_unit: Callable[..., Unit], alice: User, dan: User, visit: Visit, url: str, name: str
) -> None:
    browser, counts = visit({"alice": alice, "dan": dan}[name]), []
    for number in range(200):
        make_unit(f"U{number}", f"Unit {LETTERS[number]}", "closed" if number % 2 else "open", alias=f"Cedar {number}")
        if number in (0, 2, 199):
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(url).status_code == 200
            counts.append(len(captured))
    assert counts == [counts[0]] * 3
    assert counts[0] <= QUERIES


def test_the_furthest_behind_come_first(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, visit: Visit, url: str
) -> None:
    operations.confirm_item(agency=inside, actor=alice, item=claimed(inside, bob, item_of(led.open)))
    claimed(inside, alice, item_of(led.careful))
    drawn = visit(alice).get(url).context["matrix"]
    assert [row.label for row in drawn.rows] == ["Tamrin People", "Kareth Valley", "Riverbend"]
    assert [cell.words for cell in drawn.rows[2].cells] == ["✓ 1/1", "0/1", "0/2", "0/2", "0/3", "0/2"]
    assert [cell.tint for cell in drawn.rows[2].cells] == ["done", "0", "0", "0", "0", "0"]
    assert drawn.rows[1].cells[0].tint == "1"
    assert drawn.rows[2].cells[4].url == reverse("rollout", args=[inside.slug, led.open.pk]) + "#step-5"


def test_late_and_not_applicable_cells(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit, url: str
) -> None:
    yesterday = inside.today() - timedelta(days=1)
    overdue(item_of(led.open), yesterday)
    operations.set_not_applicable(agency=inside, actor=alice, item=item_of(led.open, "2.1"), reason="Has one.")
    [row] = visit(alice).get(url, {"q": "Riverbend"}).context["matrix"].rows
    assert [(cell.words, cell.tint) for cell in row.cells[:2]] == [("! late 0/1", "late"), ("n/a", "na")]


def test_filters_by_status_of_a_step(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, visit: Visit, url: str
) -> None:
    yesterday = inside.today() - timedelta(days=1)
    overdue(item_of(led.open, "3.1"), yesterday)
    claimed(inside, alice, item_of(led.careful, "2.1"))
    browser = visit(alice)
    found = {
        query: labels(browser, url, query)
        for query in ("state=late", "state=late&step=3", "state=late&step=1", "state=ready", "state=ready&step=2")
    }
    assert found == {
        "state=late": ["Riverbend"],
        "state=late&step=3": ["Riverbend"],
        "state=late&step=1": [],
        "state=ready": ["Kareth Valley"],
        "state=ready&step=2": ["Kareth Valley"],
    }


def test_filter_by_leader_and_its_chip(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit, url: str
) -> None:
    page = visit(alice).get(url)
    [leader] = [select for select in page.context["selects"] if select.name == "leader"]
    [(value, name, _chosen)] = leader.choices
    assert name == "Bob"
    chosen = visit(alice).get(url, {"leader": value, "sort": "name"})
    assert [row.label for row in chosen.context["matrix"].rows] == ["Riverbend", "Tamrin People"]
    assert [(chip.label, chip.remove_url) for chip in chosen.context["chips"]] == [("Leader: Bob", "?sort=name")]


def test_a_leader_of_a_closed_unit_is_offered_by_alias(
    inside: Agency, led: SimpleNamespace, dan: User, visit: Visit, url: str
) -> None:
    page = visit(dan).get(url)
    names = [name for select in page.context["selects"] for _value, name, _chosen in select.choices]
    assert "Bob" not in names
    assert "Bob" not in page.content.decode()


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["Kareth Valley", "Riverbend", "Tamrin People"]),
        ("ahead", ["Riverbend", "Kareth Valley", "Tamrin People"]),
        ("quiet", ["Tamrin People", "Kareth Valley", "Riverbend"]),
        ("nonsense", ["Kareth Valley", "Tamrin People", "Riverbend"]),
    ],
)
def test_orders(
    inside: Agency,
    led: SimpleNamespace,
    bob: User,
    alice: User,
    visit: Visit,
    url: str,
    sort: str,
    expected: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    claimed(inside, bob, item_of(led.open))
    long_ago(monkeypatch, {led.closed.pk: 50, led.careful.pk: 10})
    assert labels(visit(alice), url, f"sort={sort}") == expected


def test_quiet_units_carry_a_badge_and_are_found(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    long_ago(monkeypatch, {led.open.pk: 22, led.careful.pk: 23, led.closed.pk: 30})
    rows = {row.label: (row.badge, row.tone) for row in visit(alice).get(url).context["matrix"].rows}
    assert rows == {
        "Riverbend": ("", "none"),
        "Kareth Valley": ("Quiet for 23 days", "none"),
        TRUE_NAME: ("Quiet for 30 days", "warn"),
    }
    assert labels(visit(alice), url, "activity=soon") == ["Kareth Valley"]
    assert labels(visit(alice), url, "activity=quiet") == [TRUE_NAME]


def test_more_than_200_units_stand_under_their_strategies(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = operations.add_strategy(agency=inside, actor=alice, code="S2", name="Deep Wells")
    given: dict[str, Any] = {"strategy": other, "kind": "initiative", "discretion": "open"}
    operations.add_unit(agency=inside, actor=alice, code="W", name="Wells", **given)
    assert visit(alice).get(url).context["matrix"].groups == []
    monkeypatch.setattr(pages, "MOST_UNGROUPED", 3)
    drawn = visit(alice).get(url).context["matrix"]
    assert [(group.label, len(group.rows)) for group in drawn.groups] == [("Deep Wells", 1), ("Unreached Peoples", 3)]
    assert [row.label for group in drawn.groups for row in group.rows] == [row.label for row in drawn.rows]


@pytest.mark.parametrize("query", ["", "q=Kareth", "kind=community", "kind=program", "sort=name", "group=strategy"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_equals_the_screen(
    inside: Agency, led: SimpleNamespace, dan: User, visit: Visit, url: str, query: str, kind: str
) -> None:
    browser = confirm(visit(dan))
    screen = browser.get(f"{url}?{query}").context["matrix"].rows
    rows = rows_of(browser.get(f"{url}?{query}&export={kind}"))[1:]
    shown = [[row.label, *(cell.words.replace("/", " of ") for cell in row.cells), row.badge] for row in screen]
    assert [row[2:-1] for row in rows] == shown
    assert AuditEntry.objects.filter(verb="export matrix").count() == 1


def test_no_cell_becomes_a_day_and_addresses_open_from_the_file(
    inside: Agency, led: SimpleNamespace, dan: User, visit: Visit, url: str
) -> None:
    rows = rows_of(confirm(visit(dan)).get(url, {"export": "csv", "q": "Riverbend"}))
    assert rows[1][3] == "0 of 1"
    assert rows[1][-1] == f"{site()}{reverse('unit', args=[inside.slug, led.open.pk])}"


def test_sorted_by_strategy_the_strategies_are_heads(
    inside: Agency, led: SimpleNamespace, alice: User, dan: User, visit: Visit, url: str
) -> None:
    operations.add_strategy(agency=inside, actor=alice, code="S0", name="Above")
    drawn = visit(dan).get(url, {"sort": "strategy"}).context["matrix"]
    assert [(group.label, len(group.rows)) for group in drawn.groups] == [("Unreached Peoples", 3)]
    assert visit(dan).get(url, {"sort": "name"}).context["matrix"].groups == []


def test_an_archived_strategy_leaves_the_filter_unless_it_has_units(
    inside: Agency, led: SimpleNamespace, alice: User, dan: User, visit: Visit, url: str
) -> None:
    empty = operations.add_strategy(agency=inside, actor=alice, code="S0", name="Empty One")
    operations.set_strategy_archived(agency=inside, actor=alice, strategy=empty, archived=True)

    def offered() -> list[str]:
        select = next(each for each in visit(dan).get(url).context["selects"] if each.name == "strategy")
        return [words for _value, words, _chosen in select.choices]

    assert offered() == ["Unreached Peoples"]
    for unit in (led.open, led.careful, led.closed):
        operations.set_archived(agency=inside, actor=alice, unit=unit, archived=True)
    operations.set_strategy_archived(agency=inside, actor=alice, strategy=led.open.strategy, archived=True)
    assert offered() == ["Unreached Peoples (archived)"]


def rows_of(answer: Any) -> list[list[str]]:
    """The rows of a CSV file or a workbook."""
    if not answer.content.startswith(b"PK"):
        return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        texts = ["".join(text.itertext()) for text in tree(book, "xl/sharedStrings.xml").iter(f"{MAIN}si")]
        cells = [list(row.iter(f"{MAIN}v")) for row in tree(book, "xl/worksheets/sheet1.xml").iter(f"{MAIN}row")]
    return [[texts[int(cell.text or "")] for cell in row] for row in cells]


def tree(book: zipfile.ZipFile, name: str) -> Any:
    return etree.fromstring(book.read(name))


def test_the_file_takes_the_password_and_names_nobody(
    inside: Agency, led: SimpleNamespace, dan: User, visit: Visit, url: str
) -> None:
    asked = visit(dan).get(url, {"export": "csv"})
    assert (asked.status_code, asked["Location"].partition("?")[0]) == (302, reverse("account_reauthenticate"))
    answer = confirm(visit(dan)).get(url, {"export": "csv", "q": "Riverbend"})
    assert answer["Content-Disposition"] == f'attachment; filename="units-by-step-{inside.today():%Y-%m-%d}.csv"'
    assert AuditEntry.objects.get(verb="export matrix").changes == {"rows": 1, "filters": "q", "format": "csv"}


def secrets_in(answer: Any) -> set[str]:
    """The true words of the closed unit that stand in a file."""
    texts = [answer.content.decode("utf-8", errors="replace")]
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            texts = [book.read(name).decode() for name in book.namelist()]
    return {word for word in (TRUE_NAME, TRUE_PLACE) for text in texts if word in text}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_files_are_masked_as_their_reader_may_see(
    inside: Agency, led: SimpleNamespace, alice: User, dan: User, visit: Visit, url: str, kind: str
) -> None:
    """Dan gets the alias, also when he looks for the true name; Alice, who may know, gets the name: the control."""
    files = [confirm(visit(dan)).get(url, {"export": kind, **more}) for more in ({}, {"q": TRUE_NAME})]
    assert [secrets_in(each) for each in files] == [set(), set()]
    assert [len(rows_of(each)) for each in files] == [4, 1]
    assert secrets_in(confirm(visit(alice)).get(url, {"export": kind})) == {TRUE_NAME}


def test_a_mask_that_is_forgotten_is_seen(
    inside: Agency, led: SimpleNamespace, dan: User, visit: Visit, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control of the guard above: a sheet of plain names goes red."""

    def careless(seat: Any, lines: Any) -> tuple[list[str], list[list[str]]]:
        return ["Name"], [[line.unit.name] for line in lines]

    monkeypatch.setattr("ssu.views.matrix.sheet", careless)
    assert secrets_in(confirm(visit(dan)).get(url, {"export": "csv"})) == {TRUE_NAME}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_name_that_is_a_formula_is_neutralized_in_the_file(
    inside: Agency, make_unit: Callable[..., Unit], alice: User, visit: Visit, url: str, kind: str
) -> None:
    make_unit("U9", "=HYPERLINK(1)")
    rows = rows_of(confirm(visit(alice)).get(url, {"export": kind}))
    assert rows[1][2] == "'=HYPERLINK(1)"


def test_empty_result_names_the_filters_to_drop(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit, url: str
) -> None:
    page = visit(alice).get(url, {"kind": "program", "group": "strategy"}).content.decode()
    assert "Nothing matches these filters" in page
    assert "Remove filter Program" in page


def test_finding_keeps_the_other_parameters(
    inside: Agency, led: SimpleNamespace, alice: User, visit: Visit, url: str
) -> None:
    page = visit(alice).get(url, {"group": "strategy", "page": "2", "kind": "community"})
    assert page.context["kept"] == [("group", "strategy")]


def test_a_leader_sees_own_units_only(
    inside: Agency, led: SimpleNamespace, carol: User, visit: Visit, url: str
) -> None:
    assert labels(visit(carol), url) == ["Riverbend"]
    assert ActionItem.objects.count() == 33
