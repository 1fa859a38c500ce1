"""Every figure is the sum of the lines behind it; the reports agree with each other. Gifts of any size and day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import User
from agencies.models import Agency
from agencies.seats import Seat
from core.money import Money
from partners import operations
from partners.models import Gift, Partner
from partners.pages.giving_reports.tables import Ways
from partners.queries.giving_reports.figures import Question
from partners.queries.giving_reports.givers import GiverRows
from partners.queries.giving_reports.lines import Wanted
from partners.queries.giving_reports.questions import QUESTIONS, Periods, question
from tests.partners.exporting.trips import seat_for
from tests.partners.giving_reports.asking import ask, givers, row_values, wrong_numbers

GIFT = st.tuples(
    st.integers(0, 3), st.integers(0, 900), st.integers(1, 99_999), st.integers(0, 2), st.sampled_from(["USD", "EUR"]),
    st.booleans(),
)  # fmt: skip
"""Giver, days ago, cents, what becomes of it (1: half goes back, 2: withdrawn), currency, two designations."""


@pytest.fixture
def people(add: Callable[..., Partner]) -> list[Partner]:
    return [add(name) for name in ("Abel", "Boaz", "Cain", "Dan")]


def bring(
    gifts: list[Any], people: list[Partner], giving: Any, places: SimpleNamespace, agency: Agency, by: User
) -> None:
    """Record the gifts, give back and withdraw."""
    today = agency.today()
    for place, (who, back, cents, fate, currency, split) in enumerate(gifts):
        parts = [(places.mine, cents), (places.general, 7)] if split else [(places.mine, cents)]
        gift = giving(people[who], *parts, on=today - timedelta(days=back), currency=currency)
        if fate == 1 and cents > 1:
            money = Money(cents // 2, currency)
            operations.refund_gift(
                agency=agency, actor=by, gift=gift, amount=money, on=today, reason="asked", key=f"r{place}"
            )
        elif fate == 2:
            operations.correct_gift(agency=agency, actor=by, gift=gift, reason="twice", key=f"w{place}", parts=[])


@settings(
    max_examples=10,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(gifts=st.lists(GIFT, min_size=1, max_size=9))
def test_every_figure_is_the_sum_of_what_is_behind_it(
    gifts: list[Any],
    people: list[Partner],
    giving: Any,
    places: SimpleNamespace,
    inside: Agency,
    alice: User,
    office: Seat,
) -> None:
    with transaction.atomic():
        bring(gifts, people, giving, places, inside, alice)
        for report in (
            "grid",
            "months",
            "last_year",
            "some_years",
            "lapsed",
            "changes",
            "retention",
            "stayed",
            "thanks",
        ):
            table = ask(office, report)
            assert wrong_numbers(office, table) == [], report
        for wanted in (Wanted(), Wanted(currency="USD", least=Money(300, "USD")), Wanted(kind="person")):
            assert [key for key in QUESTIONS if by_gifts(office, key, wanted) != by_lines(office, key, wanted)] == []
        assert grid_sums(office) == ledger_sums(inside)
        before = givers(ask(office, "stayed", two_years(inside)))
        lapsed, both = (
            givers(ask(office, "last_year")),
            givers(ask(office, "stayed", two_years(inside) + "&part=stayed")),
        )
        assert (lapsed | both, lapsed & both) == (before, set())
        transaction.set_rollback(True)


def asked_of(seat: Seat, report: str, wanted: Wanted) -> Question:
    """What a page asks, which is summed by whole gifts."""
    found = question(report, seat, wanted, Periods())
    assert found.gifts is not None
    return found


def told(found: GiverRows) -> Any:
    """All that is told of givers; a row that comes later is asked for alone."""
    alone = [each for place in range(found.count()) for each in found[place : place + 1]]
    assert alone == list(found)
    return alone, found.totals, found.givers


def by_gifts(seat: Seat, report: str, wanted: Wanted) -> Any:
    return told(GiverRows(asked_of(seat, report, wanted), "giver"))


def by_lines(seat: Seat, report: str, wanted: Wanted) -> Any:
    """The same summed line by line, as for who may see a part of a gift."""
    return told(GiverRows(replace(asked_of(seat, report, wanted), gifts=None), "giver"))


def two_years(agency: Agency) -> str:
    """Last year and this one, as the two periods of a report."""
    year = agency.today().year
    return f"before_first={year - 1}-01-01&before_last={year - 1}-12-31&first={year}-01-01&last={year}-12-31"


def grid_sums(seat: Seat) -> dict[str, int]:
    """The last figure of the grid by currency, and its rows, which must agree."""
    table = ask(seat, "grid")
    rows: dict[str, int] = {}
    for row in row_values(table):
        rows[row[1]] = rows.get(row[1], 0) + int(row[-2].replace(".", ""))
    sums = {each.cells[0].plain: int(f"{each.cells[-2].plain}".replace(".", "")) for each in table.sums}
    assert rows == sums
    return rows


def ledger_sums(agency: Agency) -> dict[str, int]:
    """What the gifts of fourteen months come to, told from the gifts themselves."""
    today, sums = agency.today(), dict[str, int]()
    months = {(today.year * 12 + today.month - 1 - back) for back in range(14)}
    for gift in Gift.objects.filter(withdrawn_at=None):
        if gift.date.year * 12 + gift.date.month - 1 in months:
            sums[gift.currency] = sums.get(gift.currency, 0) + gift.amount
    return sums


def test_the_check_sees_a_wrong_number(
    people: Any, giving: Any, places: SimpleNamespace, inside: Agency, office: Seat
) -> None:
    """The control."""
    giving(people[0], (places.mine, 500))
    table = ask(office, "grid")
    giving(people[0], (places.mine, 1))
    assert len(wrong_numbers(office, table)) == 4


def test_short_amounts_lose_nothing(inside: Agency, alice: User) -> None:
    ways = Ways(seat_for(inside, alice), "grid", "")
    shown = [ways.short_money(*each) for each in ((125_000, "USD"), (125_005, "USD"), (-5, "USD"), (1_500, "JPY"))]
    assert [cell.words for cell in shown] == ["1,250", "1,250.05", "-0.05", "1,500"]
    assert [cell.full for cell in shown] == ["$1,250.00", "$1,250.05", "-$0.05", "¥1,500"]
