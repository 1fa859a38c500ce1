"""Coverage of all budgets of a year: the biggest gap first, in each currency apart."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role, SavedView
from agencies.operations.api_keys import make_key
from budgets.gap_filters import span_of
from budgets.gaps import Gap, Span, of_line, totals
from budgets.models import Budget, Line
from budgets.months import by_month
from budgets.operations import add_line, approve_budget, start_budget, submit_budget
from budgets.queries import LineCoverage
from core.money import Money
from funds.models import Designation
from ssu import operations as ssu
from ssu.models import Unit
from ssu.operations import add_unit
from tests.agencies.conftest import confirmed
from tests.cast import Visitor

__all__ = ["confirmed"]

Visit = Callable[[User], Visitor]
PAGE = "/a/harbor/budgets/?year=2026"
MONTHS = [date(2026, month, 1) for month in range(1, 13)]


@given(
    st.lists(st.integers(0, 10**9), min_size=12, max_size=12).filter(any),
    st.data(),
    st.tuples(st.integers(0, 11), st.integers(0, 11)).map(sorted),
)
def test_months_of_a_line_are_those_of_its_own_page(months: list[int], data: st.DataObject, ends: list[int]) -> None:
    received = data.draw(st.integers(0, sum(months)))
    committed = data.draw(st.integers(0, sum(months) - received))
    covered = LineCoverage(Line(amount=sum(months), months=months), received, committed)
    alone = by_month(covered, MONTHS)[ends[0] : ends[1] + 1]
    gap = of_line(None, covered, Span(*ends))
    sums = [sum(getattr(each, name) for each in alone) for name in ("planned", "received", "committed", "open")]
    assert [gap.planned, gap.received, gap.committed, gap.open] == sums


AMOUNT = st.integers(0, 10**9)


@given(st.lists(st.tuples(st.sampled_from(["USD", "KRW"]), AMOUNT, st.integers(-(10**6), 10**9), AMOUNT)))
def test_all_rows_of_a_currency_add_up(rows: list[tuple[str, int, int, int]]) -> None:
    gaps = [Gap(Budget(currency=code), None, *amounts) for code, *amounts in rows]
    found = totals(gaps)
    assert [each.currency for each in found] == list(dict.fromkeys(code for code, *_ in rows))
    for total in found:
        mine = [each for each in gaps if each.budget.currency == total.currency]
        assert total.open == sum(each.open for each in mine)
        assert total.planned == sum(each.planned for each in mine) == total.received + total.committed + total.open
        assert min(total.committed, total.open, total.over) >= 0


@pytest.mark.parametrize(
    ("value", "first_month", "span"),
    [("", 7, Span()), ("to-7", 7, Span(0, 0)), ("to-3", 7, Span(0, 8)), ("3", 7, Span(8, 8)), ("12", 1, Span(11, 11))],
)
def test_a_month_is_counted_from_the_first_of_the_fiscal_year(value: str, first_month: int, span: Span) -> None:
    assert span_of(value, first_month) == span


Plan = Callable[..., Budget]


@pytest.fixture
def plan(inside: Agency, alice: User, bob_in_finance: User) -> Plan:
    """A budget in force with these lines."""

    def made(unit: Unit, *lines: tuple[str, int], currency: str = "USD") -> Budget:
        budget = start_budget(agency=inside, actor=alice, unit=unit, fiscal_year=2026)
        if currency != "USD":
            Budget.objects.filter(pk=budget.pk).update(currency=currency)
            budget.refresh_from_db()
        for impact, minor in lines:
            add_line(
                agency=inside, actor=alice, budget=budget, impact=impact, category="work", amount=Money(minor, currency)
            )
        submit_budget(agency=inside, actor=alice, budget=budget)
        approve_budget(agency=inside, actor=bob_in_finance, budget=budget)
        return budget

    return made


@pytest.fixture
def others(inside: Agency, alice: User, unit: Unit) -> list[Unit]:
    return [
        add_unit(
            agency=inside,
            actor=alice,
            code=f"X{n}",
            name=f"Tamrin {n}",
            strategy=unit.strategy,
            kind="community",
            discretion="open",
        )
        for n in range(3)
    ]


@pytest.fixture
def planned(unit: Unit, designation: Designation, others: list[Unit], plan: Plan, give: Callable[..., None]) -> None:
    """Riverbend plans 1,200 and has 700; the others plan 900 and 100 dollars, and a million won."""
    plan(unit, ("Wells", 60_000), ("Books", 60_000))
    plan(others[0], ("Lessons", 90_000))
    plan(others[1], ("Seed", 10_000))
    plan(others[2], ("Radio", 1_000_000), currency="KRW")
    give(70_000, date(2026, 2, 3), "one")


def names(page: Any) -> list[str]:
    return [row.name for row in page.context["rows"]]


def test_the_biggest_gap_stands_first_in_each_currency(
    planned: None, agency: Agency, alice: User, visit: Visit
) -> None:
    page = visit(alice).get(PAGE)
    assert names(page) == ["Tamrin 0", "Riverbend", "Tamrin 1", "Tamrin 2"]
    assert [row.open for row in page.context["rows"]] == ["$900.00", "$500.00", "$100.00", "₩1,000,000"]
    sums = page.context["totals"]
    assert [(each.currency, each.chart.received, each.chart.open) for each in sums] == [
        ("USD", "$700.00", "$1,500.00"),
        ("KRW", "₩0", "₩1,000,000"),
    ]


def test_by_line_and_narrowed(planned: None, agency: Agency, alice: User, visit: Visit) -> None:
    hers = visit(alice)
    lines = hers.get(f"{PAGE}&by=line").context["rows"]
    found = [(row.words, row.open) for row in lines if row.currency == "USD"]
    assert found == [("Lessons", "$900.00"), ("Wells", "$250.00"), ("Books", "$250.00"), ("Seed", "$100.00")]
    assert names(hers.get(f"{PAGE}&currency=KRW")) == ["Tamrin 2"]
    assert names(hers.get(f"{PAGE}&below=50&currency=USD")) == ["Tamrin 0", "Tamrin 1"]
    assert names(hers.get(f"{PAGE}&q=river&below=75")) == ["Riverbend"]
    assert "Nothing matches these filters" in hers.get(f"{PAGE}&q=river&below=25").content.decode()
    assert len(names(hers.get(f"{PAGE}&currency=nonsense&below=7&months=44&by=x"))) == 4


def test_months_are_for_who_reads_the_ledger(
    planned: None, inside: Agency, alice: User, dan: User, visit: Visit
) -> None:
    february = visit(alice).get(f"{PAGE}&months=to-2&q=river")
    row = february.context["rows"][0]
    assert (row.planned, row.chart.received, row.open) == ("$200.00", "$200.00", "$0.00")
    people.add_member(agency=inside, actor=alice, user=dan, roles=(Role.BOARD,))
    his = visit(dan).get(f"{PAGE}&months=to-2&q=river")
    assert his.context["rows"][0].planned == "$1,200.00"
    assert "to the end of" not in his.content.decode()


def test_a_closed_unit_is_masked_and_not_found_by_its_name(
    planned: None, inside: Agency, alice: User, dan: User, visit: Visit, unit: Unit
) -> None:
    people.add_member(agency=inside, actor=alice, user=dan, roles=(Role.BOARD,))
    Unit.objects.filter(pk=unit.pk).update(discretion="closed", alias="Cedar")
    his = visit(dan)
    pages = [his.get(PAGE), his.get(f"{PAGE}&by=line"), his.get(f"{PAGE}&q=river")]
    assert all(word not in page.content.decode() for page in pages for word in ("Riverbend", "Wells", "Books"))
    assert names(pages[2]) == []
    assert "Cedar" in names(pages[0])
    assert "Riverbend" in names(visit(alice).get(PAGE))


def test_a_line_leads_to_where_its_reader_finds_it(
    planned: None, inside: Agency, alice: User, dan: User, visit: Visit
) -> None:
    people.add_member(agency=inside, actor=alice, user=dan, roles=(Role.BOARD,))
    his = visit(dan)
    for row in his.get(f"{PAGE}&by=line").context["rows"]:
        address, anchor = row.url.split("#")
        assert f'id="{anchor}"' in his.get(address).content.decode()


def test_the_file_holds_what_the_screen_shows(confirmed: Visit, planned: None, agency: Agency, alice: User) -> None:
    content = confirmed(alice).get(f"{PAGE}&by=line&currency=USD&export=csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(content)))
    assert [(row["impact"], row["open"]) for row in rows] == [
        ("Lessons", "900.00"),
        ("Wells", "250.00"),
        ("Books", "250.00"),
        ("Seed", "100.00"),
    ]
    assert {(row["fiscal_year"], row["currency"]) for row in rows} == {("2026", "USD")}


def test_the_file_tells_its_months(confirmed: Visit, planned: None, agency: Agency, alice: User) -> None:
    """A part of the year is not taken for the whole."""
    told = []
    for asked in ("", "&months=to-2", "&months=2"):
        content = confirmed(alice).get(f"{PAGE}{asked}&export=csv").content.decode("utf-8-sig")
        told += [(row["first_month"], row["last_month"], row["planned"]) for row in csv.DictReader(StringIO(content))][
            :1
        ]
    assert told == [
        ("2026-01", "2026-12", "900.00"),
        ("2026-01", "2026-02", "150.00"),
        ("2026-02", "2026-02", "75.00"),
    ]


def test_another_agency_sees_nothing(
    planned: None, elsewhere: Agency, mallory: User, visit: Visit, agency: Agency
) -> None:
    assert visit(mallory).get(PAGE).status_code == 404
    assert "No approved budget" in visit(mallory).get("/a/elsewhere/budgets/?year=2026").content.decode()


def test_programs_read_the_same_in_pages(
    planned: None, inside: Agency, alice: User, dan: User, visit: Visit, unit: Unit
) -> None:
    hers, path = visit(alice), "/api/a/harbor/coverage/2026/"
    first = hers.get(f"{path}gaps/?by=line&currency=USD&limit=2").json()
    assert (first["count"], [row["impact"] for row in first["results"]]) == (4, ["Lessons", "Wells"])
    until = hers.get(f"{path}gaps/?until=2026-02&unit={unit.pk}").json()["results"]
    assert [(row["planned"], row["received"], row["line"]) for row in until] == [("200.00", "200.00", None)]
    found = hers.get(f"{path}gaps/?q=river&kind=community&strategy={unit.strategy_id}").json()["results"]
    assert [row["unit"] for row in found] == [unit.pk]
    for nobody in ("leader=99", "q=xyz", "strategy=99", "kind=program"):
        assert hers.get(f"{path}gaps/?{nobody}").json()["count"] == 0
    for wrong in ("month=2025-01", "month=2026-13", "until=2026-02&month=2026-02", "below=101", "by=x"):
        assert hers.get(f"{path}gaps/?{wrong}").status_code == 400
    lines = hers.get(f"{path}{unit.pk}/lines/").json()
    assert [(row["impact"], row["received"], row["open"]) for row in lines] == [
        ("Wells", "350.00", "250.00"),
        ("Books", "350.00", "250.00"),
    ]
    july = {"month": "2026-07", "planned": "50.00", "received": "50.00", "committed": "0.00", "open": "0.00"}
    assert (lines[0]["months"][6], lines[0]["months"][7]["open"]) == (july, "50.00")
    people.add_member(agency=inside, actor=alice, user=dan, roles=(Role.BOARD,))
    Unit.objects.filter(pk=unit.pk).update(discretion="closed", alias="Cedar")
    his = visit(dan)
    assert [(row["impact"], row["months"]) for row in his.get(f"{path}{unit.pk}/lines/").json()] == [("", None)] * 2
    assert his.get(f"{path}gaps/?month=2026-02").status_code == 403
    assert "Wells" not in his.get(f"{path}gaps/?by=line").content.decode()
    assert his.get(f"{path}gaps/?q=river").json()["count"] == 0
    assert his.get(f"{path}gaps/?q=cedar").json()["count"] == 1


@pytest.mark.parametrize("year", ["0", "1", "9999", "99999", "9" * 20])
def test_a_year_without_a_calendar_has_no_months(agency: Agency, alice: User, visit: Visit, year: str) -> None:
    hers, listed = visit(alice), f"/api/a/harbor/coverage/{year}/gaps/"
    assert (hers.get(f"{listed}?month=2026-01").status_code, hers.get(listed).status_code) == (400, 200)


def test_a_leader_is_offered_the_currencies_of_own_units_alone(
    planned: None, inside: Agency, alice: User, carol: User, visit: Visit, unit: Unit
) -> None:
    worker = ssu.worker_of(people.add_member(agency=inside, actor=alice, user=carol))
    ssu.add_team_member(
        agency=inside, actor=alice, worker=worker, unit=unit, role=Role.LEADER, joined_on=date(2020, 1, 1)
    )
    assert "KRW" in visit(alice).get(PAGE).content.decode()
    assert "KRW" not in visit(carol).get(PAGE).content.decode()


def test_a_key_of_budgets_alone_reads_amounts_without_words(planned: None, inside: Agency, alice: User) -> None:
    _key, text = make_key(agency=inside, actor=alice, name="Sums", areas=["budgets"], writes=False, days=30)
    headers = {"Authorization": f"Bearer {text}"}
    listed = "/api/a/harbor/coverage/2026/gaps/"
    found = Client().get(f"{listed}?by=line&currency=USD", headers=headers).json()["results"]
    assert [(row["impact"], row["open"]) for row in found] == [
        ("", "900.00"),
        ("", "250.00"),
        ("", "250.00"),
        ("", "100.00"),
    ]
    assert Client().get(f"{listed}?q=river", headers=headers).json()["count"] == 0
    assert Client().get(f"{listed}?month=2026-02", headers=headers).status_code == 403


def test_the_filter_is_kept_as_a_view(planned: None, agency: Agency, alice: User, visit: Visit) -> None:
    hers = visit(alice)
    hers.post("/a/harbor/views/budgets/add/?by=line&below=50", {"name": "Short lines"})
    assert SavedView.objects.get().query == "below=50&by=line"


@pytest.mark.parametrize("asked", ["", "&by=line", "&months=to-3"])
def test_it_asks_the_same_of_many_units_as_of_one(
    visit: Visit, unit: Unit, others: list[Unit], plan: Plan, alice: User, asked: str, django_assert_num_queries: Any
) -> None:
    hers = visit(alice)
    plan(unit, ("Wells", 500))
    hers.get(PAGE)
    with django_assert_num_queries(QUERIES + bool(asked)):
        hers.get(PAGE + asked)
    for each in others:
        plan(each, ("Wells", 500), ("Books", 300))
    with django_assert_num_queries(QUERIES + bool(asked)):
        hers.get(PAGE + asked)


QUERIES = 23
