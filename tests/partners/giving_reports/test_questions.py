"""Who is in which report, by gifts of known days. Today is whatever day it is: days are told from it."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from agencies.seats import Seat
from core.money import Money
from core.periods import add_months
from partners import operations
from partners.models import Gift, Partner
from partners.queries.giving_reports.lines import Span
from partners.queries.giving_reports.questions import Periods, two_spans
from tests.partners.giving_reports.asking import ask, givers, row_values, wrong_numbers

Add = Callable[..., Partner]


@pytest.fixture
def given(add: Add, giving: Any, places: SimpleNamespace, inside: Agency) -> Callable[..., Partner]:
    """`given("Abel", (24, 5000), (1, 100))` is a giver with gifts so many months ago, in cents, for Bob's unit."""

    def make(name: str, *gifts: tuple[int, int], **fields: Any) -> Partner:
        partner = add(name)
        for months, cents in gifts:
            giving(partner, (places.mine, cents), on=add_months(inside.today(), -months), **fields)
        return partner

    return make


@pytest.fixture
def refund(inside: Agency, alice: User) -> Callable[..., Any]:
    def back(gift: Gift, cents: int, on: date) -> Any:
        money = Money(cents, gift.currency)
        return operations.refund_gift(
            agency=inside, actor=alice, gift=gift, amount=money, on=on, reason="asked", key=f"r{gift.pk}"
        )

    return back


def years(agency: Agency) -> tuple[date, date, date]:
    """A day of this year, of last year, of the year before."""
    today = agency.today()
    return today, date(today.year - 1, 6, 1), date(today.year - 2, 6, 1)


def test_last_year_and_some_years(add: Add, giving: Any, places: SimpleNamespace, inside: Agency, office: Seat) -> None:
    this, last, before = years(inside)
    for name, days in {
        "Abel": (last,),
        "Boaz": (last, this),
        "Cain": (before,),
        "Dan": (this,),
        "Eve": (before, last),
    }.items():
        partner = add(name)
        for on in days:
            giving(partner, (places.mine, 5000), on=on)
    assert givers(ask(office, "last_year")) == {"Ruth Abel", "Ruth Eve"}
    assert givers(ask(office, "some_years")) == {"Ruth Abel", "Ruth Cain", "Ruth Eve"}
    assert givers(ask(office, "new_givers")) == {"Ruth Dan"}
    assert givers(ask(office, "last_year", f"year={this.year - 1}")) == {"Ruth Cain"}
    table = ask(office, "last_year", "sort=giver")
    assert [row[:4] for row in row_values(table)] == [
        ["Ruth Abel", "USD", "50.00", "0.00"],
        ["Ruth Eve", "USD", "50.00", "50.00"],
    ]
    assert [cell.plain for cell in table.sums[0].cells[:3]] == ["USD", "100.00", "50.00"]


def test_the_year_is_the_agencys_own(
    add: Add, giving: Any, places: SimpleNamespace, inside: Agency, office: Seat
) -> None:
    today = inside.today()
    begins = today.month % 12 + 1
    office.agency.fiscal_year_start = begins
    first = add_months(today.replace(day=1), -11)
    giving(add("Abel"), (places.mine, 5000), on=first - timedelta(days=1))
    giving(add("Boaz"), (places.mine, 5000), on=first)
    assert givers(ask(office, "last_year")) == {"Ruth Abel"}
    assert givers(ask(office, "new_givers")) == {"Ruth Boaz"}


def test_a_gift_that_went_back_whole_is_none_and_a_withdrawn_one_never_was(
    given: Any, giving: Any, places: SimpleNamespace, add: Add, refund: Any, inside: Agency, alice: User, office: Seat
) -> None:
    this, last, _before = years(inside)
    for name in ("Abel", "Boaz", "Cain"):
        partner = add(name)
        giving(partner, (places.mine, 5000), on=last)
        gift = giving(partner, (places.mine, 700), on=this)
        if name == "Abel":
            refund(gift, 700, this)
        elif name == "Boaz":
            operations.correct_gift(agency=inside, actor=alice, gift=gift, reason="typed twice", key="w", parts=[])
    assert givers(ask(office, "last_year")) == {"Ruth Abel", "Ruth Boaz"}


def test_another_currency_is_giving_too_and_is_never_added(
    add: Add, giving: Any, places: SimpleNamespace, inside: Agency, office: Seat
) -> None:
    this, last, _before = years(inside)
    partner = add("Abel")
    giving(partner, (places.mine, 5000), on=last)
    giving(partner, (places.mine, 4000), on=this, currency="EUR")
    assert givers(ask(office, "last_year")) == set()
    assert givers(ask(office, "last_year", "currency=USD")) == {"Ruth Abel"}
    table = ask(office, "grid")
    assert [each.cells[0].words for each in table.sums] == sorted({row.cells[1].words for row in table.rows})


def test_lapsed_is_regular_before_and_nothing_since(given: Any, office: Seat) -> None:
    given("Abel", (15, 100), (16, 100))
    given("Boaz", (15, 100))
    given("Cain", (15, 100), (16, 100), (1, 100))
    given("Dan", (25, 100), (14, 100))
    given("Eve", (12, 100), (11, 100))
    assert givers(ask(office, "lapsed")) == {"Ruth Abel", "Ruth Dan"}
    assert givers(ask(office, "lapsed", "gap=6")) == {"Ruth Abel", "Ruth Dan", "Ruth Eve"}


def test_the_grid_shows_holes_and_what_is_promised(
    given: Any, inside: Agency, alice: User, places: SimpleNamespace, office: Seat
) -> None:
    partner = given("Abel", (3, 5000), (1, 5000), (0, 2500), (20, 900))
    operations.add_commitment(
        agency=inside, actor=alice, giving_unit=partner.giving_units.get(), designation=places.mine,
        amount=Money(5000, "USD"), frequency="monthly", starts_on=date(2020, 1, 1),
    )  # fmt: skip
    table = ask(office, "grid")
    (row,) = table.rows
    assert [cell.words for cell in row.cells[-6:]] == ["50", "–", "50", "25", "$125.00", "$50.00 monthly"]
    assert [cell.kind for cell in row.cells[-6:-1]] == ["", "hole", "", "", ""]
    assert len(table.columns) == 2 + 14 + 1 + 1


def test_changes_go_up_and_down_the_largest_first(given: Any, office: Seat) -> None:
    given("Abel", (2, 100), (15, 900))
    given("Boaz", (2, 500))
    given("Cain", (2, 100), (15, 100))
    table = ask(office, "changes")
    assert [(row[0], row[4]) for row in row_values(table)] == [("Ruth Abel", "-8.00"), ("Ruth Boaz", "5.00")]
    assert [row.cells[4].words for row in ask(office, "changes", "sort=-change").rows] == ["+$5.00", "-$8.00"]
    assert givers(ask(office, "changes", "least=6")) == {"Ruth Abel"}


def test_retention_counts_givers_and_money_per_unit(
    given: Any, giving: Any, places: SimpleNamespace, office: Seat
) -> None:
    given("Abel", (15, 900), (2, 300))
    given("Boaz", (15, 500))
    given("Cain", (2, 500))
    both = given("Dan", (15, 100))
    giving(both, (places.general, 70), on=add_months(office.agency.today(), -2))
    table = ask(office, "retention")
    assert row_values(table) == [["Riverbend", "3", "1", "2", "33%", "USD", "15.00", "3.00"]]
    assert [cell.plain for cell in table.sums[0].cells] == ["3", "2", "1", "66%", "USD", "15.00", "3.70"]
    unit = table.rows[0].cells[1].url.partition("?")[2]
    assert givers(ask(office, "stayed", unit)) == {"Ruth Abel", "Ruth Boaz", "Ruth Dan"}
    assert givers(ask(office, "stayed", f"{unit}&part=stayed")) == {"Ruth Abel"}
    assert givers(ask(office, "stayed", f"{unit}&part=left")) == {"Ruth Boaz", "Ruth Dan"}
    assert givers(ask(office, "stayed", "part=left")) == {"Ruth Boaz"}


def test_months_beside_the_year_before(given: Any, refund: Any, office: Seat) -> None:
    partner = given("Abel", (0, 5000), (0, 100), (12, 2000))
    given("Boaz", (0, 300))
    refund(Gift.objects.filter(giving_unit__partner=partner).earliest("pk"), 1000, office.agency.today())
    table = ask(office, "months")
    assert row_values(table)[-1][1:] == ["USD", "44.00", "4", "2", "20.00", "24.00"]
    assert [cell.plain for cell in table.sums[0].cells] == ["USD", "44.00", "4", "2", "20.00", "24.00"]
    assert len(table.charts) == 1


@pytest.mark.parametrize(
    ("periods", "earlier", "later"),
    [
        (Periods(first=date(2026, 1, 1), last=date(2026, 6, 30)), (date(2025, 1, 1), date(2025, 6, 30)), None),
        (Periods(first=date(2024, 2, 1), last=date(2024, 2, 29)), (date(2023, 2, 1), date(2023, 2, 28)), None),
        (
            Periods(date(2026, 1, 1), date(2026, 1, 31), date(2020, 5, 1), date(2020, 5, 2)),
            (date(2020, 5, 1), date(2020, 5, 2)),
            None,
        ),
    ],
)
def test_the_earlier_period_is_a_year_before(periods: Periods, earlier: Any, later: Any, inside: Agency) -> None:
    assert two_spans(inside, periods) == (Span(*earlier), Span(periods.first, periods.last))


def test_soft_credits_stand_apart(add: Add, giving: Any, places: SimpleNamespace, office: Seat) -> None:
    ruth, fund = add("Abel"), add("", first_name="", organization="Fund", kind="fund_sponsor")
    giving(ruth, (places.mine, 100))
    giving(fund, (places.mine, 9000), soft_partner=ruth, soft_kind="fund")
    table = ask(office, "grid", "show_soft=on&sort=giver")
    assert [(row.cells[0].words, row.cells[-3].words, row.cells[-1].plain) for row in table.rows] == [
        ("Ruth Abel", "$1.00", "90.00"),
        ("Fund", "$90.00", "0.00"),
    ]
    assert table.sums[0].cells[-3].plain == "91.00"
    assert wrong_numbers(office, table) == []
