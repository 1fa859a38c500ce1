"""What givers would like to help with is covered first by what they gave; pages and programs note it."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership, Role
from agencies.seats import Seat, seat_of
from budgets import operations
from budgets.models import Budget, Line, Preference
from budgets.preferred import gifts_preferring, lines_to_prefer, preferences_seen
from budgets.queries import bounds, coverage_of, lines_covered
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from partners.models import GivingUnit
from partners.operations import Part, add_partner, merge_partners, record_gift
from ssu import operations as ssu
from ssu.models import Unit


@pytest.fixture
def lines(inside: Agency, alice: User, bob_in_finance: User, unit: Unit) -> SimpleNamespace:
    """Wells first, then books; both of this fiscal year, in force."""
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    year = inside.fiscal_year(inside.today())
    budget = operations.start_budget(**act, unit=unit, fiscal_year=year)
    made = [
        operations.add_line(
            **act,
            budget=budget,
            kind="expense",
            impact=impact,
            category="Work",
            amount=Money(amount, "USD"),
            priority=priority,
        )
        for impact, amount, priority in (("Wells", 10_000, 1), ("Books", 8_000, 2))
    ]
    operations.submit_budget(**act, budget=budget)
    operations.approve_budget(agency=inside, actor=bob_in_finance, budget=budget)
    budget.refresh_from_db()
    return SimpleNamespace(budget=budget, wells=made[0], books=made[1])


@pytest.fixture
def gives(inside: Agency, alice: User, giver: GivingUnit, designation: Designation) -> Callable[..., Any]:
    """`gives(5_000)` is a gift of Ruth's of today."""
    count = iter(range(99))

    def record(minor: int, by: GivingUnit = giver, on: date | None = None) -> Any:
        part = Part(designation, Money(minor, "USD"))
        day = on or inside.today()
        return record_gift(
            agency=inside, actor=alice, giving_unit=by, on=day, parts=[part], key=f"preferred {next(count)}"
        )

    return record


@pytest.fixture
def books_preferred(inside: Agency, alice: User, giver: GivingUnit, lines: SimpleNamespace) -> Preference:
    return operations.prefer_line(
        agency=inside, actor=alice, giving_unit=giver, line=lines.books, starts_on=inside.today()
    )


def received(agency: Agency, budget: Budget) -> dict[str, int]:
    rows = list(Line.objects.filter(budget=budget).order_by("priority", "pk"))
    budget.goal = sum(each.amount for each in rows)  # type: ignore[attr-defined]
    covered = lines_covered(rows, coverage_of(agency, [budget])[budget.pk], gifts_preferring(agency, budget))
    return {each.line.impact: each.received for each in covered}


def test_a_gift_covers_the_preferred_line_first_and_the_rest_the_others(
    inside: Agency, alice: User, lines: SimpleNamespace, gives: Callable[..., Any], books_preferred: Preference
) -> None:
    gives(5_000)
    assert received(inside, lines.budget) == {"Wells": 0, "Books": 5_000}
    gives(5_000)
    assert received(inside, lines.budget) == {"Wells": 2_000, "Books": 8_000}
    operations.end_preference(agency=inside, actor=alice, preference=books_preferred, ends_on=inside.today())
    assert received(inside, lines.budget) == {"Wells": 10_000, "Books": 0}


def test_what_others_gave_goes_by_the_order_of_the_lines(
    inside: Agency, alice: User, lines: SimpleNamespace, gives: Callable[..., Any], books_preferred: Preference
) -> None:
    boaz = add_partner(agency=inside, actor=alice, kind="person", first_name="Boaz", last_name="Moab")
    gives(4_000, by=GivingUnit.objects.get(partner=boaz))
    gives(1_000)
    assert received(inside, lines.budget) == {"Wells": 4_000, "Books": 1_000}
    naomi = add_partner(agency=inside, actor=alice, kind="person", first_name="Naomi", last_name="Moab")
    merge_partners(agency=inside, actor=alice, survivor=naomi, losers=[books_preferred.giving_unit.partner])
    assert received(inside, lines.budget) == {"Wells": 4_000, "Books": 1_000}


def test_a_gift_counts_in_the_year_in_which_it_was_posted(
    inside: Agency, alice: User, lines: SimpleNamespace, designation: Designation, giver: GivingUnit
) -> None:
    """Given on the last day of a year and deposited in the next: there it is received."""
    first, _last = bounds(inside, lines.budget.fiscal_year)
    given_on = first - timedelta(days=1)
    wish = operations.prefer_line(agency=inside, actor=alice, giving_unit=giver, line=lines.books, starts_on=given_on)
    operations.end_preference(agency=inside, actor=alice, preference=wish, ends_on=first)
    record_gift(
        agency=inside, actor=alice, giving_unit=giver, on=given_on, posted_on=first, key="over the year",
        parts=[Part(designation, Money(3_000, "USD"))],
    )  # fmt: skip
    assert received(inside, lines.budget) == {"Wells": 0, "Books": 3_000}
    lines.budget.fiscal_year -= 1
    assert gifts_preferring(inside, lines.budget) == {}


def test_two_lines_share_what_the_giver_gave(
    inside: Agency,
    alice: User,
    giver: GivingUnit,
    lines: SimpleNamespace,
    gives: Callable[..., Any],
    books_preferred: Preference,
) -> None:
    operations.prefer_line(agency=inside, actor=alice, giving_unit=giver, line=lines.wells, starts_on=inside.today())
    gives(3_001)
    sums = gifts_preferring(inside, lines.budget)
    assert sorted(sums.values()) == [1_500, 1_501]
    assert sum(received(inside, lines.budget).values()) == 3_001


def test_it_is_noted_and_ended_on_the_record(
    inside: Agency, lines: SimpleNamespace, gives: Callable[..., Any], giver: GivingUnit, alice: User, visit: Any
) -> None:
    client, partner = visit(alice), giver.partner
    add = reverse("line_preference_add", args=[inside.slug, partner.pk])
    assert "There is no line to choose" in client.get(add).content.decode()
    gives(1_000)
    assert "Riverbend: Books" in client.get(add).content.decode()
    today = str(inside.today())
    assert client.post(add, {"line": lines.books.pk, "starts_on": today}).status_code == 302
    made = Preference.objects.get()
    again = client.post(add, {"line": lines.books.pk, "starts_on": today})
    assert (again.status_code, "prefers this line already" in again.content.decode()) == (422, True)
    assert "Books" in client.get(reverse("partner", args=[inside.slug, partner.pk])).content.decode()
    beside = client.get(reverse("budget_coverage", args=[inside.slug, lines.budget.pk])).content.decode()
    assert "Ruth Moab" in beside
    end = reverse("line_preference_end", args=[inside.slug, made.pk])
    assert client.post(end, {"ends_on": "2020-01-01"}).status_code == 422
    assert client.post(end, {"ends_on": today}).status_code == 302
    made.refresh_from_db()
    assert made.ends_on == inside.today()


def test_by_program(
    inside: Agency, lines: SimpleNamespace, gives: Callable[..., Any], giver: GivingUnit, alice: User, visit: Any
) -> None:
    client, today = visit(alice), str(inside.today())
    path = reverse("api_line_preferences", args=[inside.slug, giver.partner_id])
    said = {"line": lines.books.pk, "starts_on": today}
    assert client.post(path, said, content_type="application/json").status_code == 404
    gives(1_000)
    made = client.post(path, said, content_type="application/json")
    assert (made.status_code, made.json()["impact"]) == (201, "Books")
    assert [each["id"] for each in client.get(path).json()["results"]] == [made.json()["id"]]
    end = reverse("api_line_preference_end", args=[inside.slug, made.json()["id"]])
    assert client.post(end, {"ends_on": today}, content_type="application/json").json()["ends_on"] == today
    assert client.post(end, {"ends_on": today}, content_type="application/json").status_code == 409


def test_who_may_not_read_the_unit_is_offered_nothing_of_it(
    inside: Agency,
    alice: User,
    carol: User,
    unit: Unit,
    lines: SimpleNamespace,
    gives: Callable[..., Any],
    giver: GivingUnit,
    books_preferred: Preference,
) -> None:
    gives(1_000)
    people.add_member(agency=inside, actor=alice, user=carol, roles=(Role.STAFF,))
    seats = [seat(inside, user) for user in (alice, carol)]
    assert [offered(each, giver) for each in seats] == [(True, True), (True, True)]
    Unit.objects.filter(pk=unit.pk).update(discretion="closed", alias="Project Cedar")
    assert [offered(each, giver) for each in seats] == [(True, True), (False, False)]


def seat(agency: Agency, user: User) -> Seat:
    return seat_of(agency, Membership.objects.get(user=user, agency=agency))


def offered(mine: Seat, giver: GivingUnit) -> tuple[bool, bool]:
    """Whether there are lines to choose, and preferences to read."""
    return lines_to_prefer(mine, giver.partner).exists(), preferences_seen(mine).exists()


@pytest.fixture
def carol_leads(inside: Agency, alice: User, carol: User, unit: Unit, giver: GivingUnit) -> User:
    """Carol leads Riverbend and another unit, to which Ruth gave openly."""
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    told: dict[str, Any] = {"code": "U2", "name": "Hilltop", "kind": "community", "discretion": "open"}
    other = ssu.add_unit(**act, **told, strategy=unit.strategy)
    money = open_designation(**act, code="0900102", public_name="Hilltop", kind="unit", unit=other)
    part = Part(money, Money(500, "USD"))
    record_gift(**act, giving_unit=giver, on=inside.today(), parts=[part], key="open")
    worker = ssu.worker_of(people.add_member(**act, user=carol))
    for each in (unit, other):
        ssu.add_team_member(**act, worker=worker, unit=each, role=Role.LEADER, joined_on=date(2020, 1, 1))
    return carol


@pytest.mark.parametrize("unnamed", [True, False])
def test_the_field_does_not_read_from_lines_who_gave_without_a_name(
    inside: Agency,
    alice: User,
    carol_leads: User,
    giver: GivingUnit,
    designation: Designation,
    lines: SimpleNamespace,
    books_preferred: Preference,
    visit: Any,
    unnamed: bool,
) -> None:
    record_gift(
        agency=inside, actor=alice, giving_unit=giver, on=inside.today(), key="to Riverbend", anonymous=unnamed,
        parts=[Part(designation, Money(500, "USD"))],
    )  # fmt: skip
    offered, ends, record = (
        reverse(name, args=["harbor", pk])
        for name, pk in (
            ("line_preference_add", giver.partner_id),
            ("line_preference_end", books_preferred.pk),
            ("partner", giver.partner_id),
        )
    )
    api = reverse("api_line_preferences", args=["harbor", giver.partner_id])
    coverage = reverse("budget_coverage", args=["harbor", lines.budget.pk])
    for user, knows in ((alice, True), (carol_leads, not unnamed)):
        theirs = visit(user)
        assert ("Wells" in theirs.get(offered).content.decode()) is knows
        assert (theirs.get(ends).status_code == 200) is knows
        assert ("Books" in theirs.get(record).content.decode()) is knows
        assert ("Books" in theirs.get(api).content.decode()) is knows
        assert ("Ruth" in theirs.get(coverage).content.decode()) is knows
        assert theirs.get(record).status_code == 200
