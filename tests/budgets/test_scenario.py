"""What a budget would lack if some of those who promised did not keep giving."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership, Role
from agencies.seats import seat_of
from budgets import operations
from budgets.models import Budget
from budgets.queries import budgets_in_force, coverage_of
from budgets.scenario import promised_to
from core.money import Money
from funds.models import Designation
from partners.models import Gift, GivingUnit
from partners.operations import Part, add_commitment, add_partner, record_gift
from ssu import operations as ssu
from ssu.models import Unit
from tests.cast import Visitor

Visit = Callable[[User], Visitor]


@pytest.fixture
def planned(
    inside: Agency, alice: User, bob_in_finance: User, unit: Unit, designation: Designation, giver: GivingUnit
) -> SimpleNamespace:
    """Wells for $200, then books for $100, in the fiscal year of tomorrow; Ruth promised $150 and Boaz $30 for it."""
    tomorrow = inside.today() + timedelta(days=1)
    budget = operations.start_budget(agency=inside, actor=alice, unit=unit, fiscal_year=inside.fiscal_year(tomorrow))
    for n, (impact, minor) in enumerate((("Wells", 20_000), ("Books", 10_000)), start=1):
        money = Money(minor, "USD")
        operations.add_line(
            agency=inside, actor=alice, budget=budget, impact=impact, category="c", amount=money, priority=n
        )
    operations.submit_budget(agency=inside, actor=alice, budget=budget)
    operations.approve_budget(agency=inside, actor=bob_in_finance, budget=budget)
    boaz = add_partner(agency=inside, actor=alice, kind="person", first_name="Boaz", last_name="Moab")
    boaz_gives = GivingUnit.objects.get(partner=boaz)
    for giving_unit, minor in ((giver, 15_000), (boaz_gives, 3_000)):
        add_commitment(
            agency=inside,
            actor=alice,
            giving_unit=giving_unit,
            designation=designation,
            amount=Money(minor, "USD"),
            frequency="yearly",
            starts_on=tomorrow,
        )
    return SimpleNamespace(budget=Budget.objects.get(pk=budget.pk), ruth=giver, boaz=boaz_gives)


def at(planned: SimpleNamespace, *without: object) -> str:
    asked = "&".join(f"without={each}" for each in without)
    return f"{reverse('budget_coverage', args=['harbor', planned.budget.pk])}?{asked}"


def test_those_who_promised_add_up_to_what_is_committed(planned: SimpleNamespace, inside: Agency, alice: User) -> None:
    hers = seat_of(inside, Membership.objects.get(user=alice))
    promised = promised_to(hers, planned.budget)
    assert [(each.name, each.minor) for each in promised] == [("Ruth Moab", 15_000), ("Boaz Moab", 3_000)]
    budget = budgets_in_force(hers, planned.budget.fiscal_year).get()
    assert coverage_of(inside, [budget])[budget.pk].committed == sum(each.minor for each in promised)


def test_lines_without_them(planned: SimpleNamespace, agency: Agency, alice: User, visit: Visit) -> None:
    hers = visit(alice)
    everybody = hers.get(at(planned))
    assert [(row["name"], row["amount"], row["out"]) for row in everybody.context["givers"]] == [
        ("Ruth Moab", "$150.00", False),
        ("Boaz Moab", "$30.00", False),
    ]
    page = hers.get(at(planned, planned.ruth.pk))
    assert (page.context["less"], page.context["now"], page.context["then"].percent) == ("$150.00", "60%", "10%")
    shorter = [(row["impact"], row["now"], row["then"]) for row in page.context["shorter"]]
    assert shorter == [("Wells", "$20.00", "$170.00")]
    gift = hers.get(f"{at(planned, planned.ruth.pk)}&amount=171")
    assert [(each.impact, each.part) for each in gift.context["would"]] == [("Wells", "$170.00"), ("Books", "$1.00")]
    assert "left_out" not in hers.get(at(planned, 987_654, "x")).context


def test_by_program(planned: SimpleNamespace, agency: Agency, alice: User, visit: Visit, unit: Unit) -> None:
    path = reverse("api_coverage_lines", args=["harbor", planned.budget.fiscal_year, unit.pk])
    hers = visit(alice)
    both = hers.get(f"{path}?without={planned.ruth.pk}&without={planned.boaz.pk}").json()
    assert [(row["impact"], row["open"]) for row in both] == [("Wells", "200.00"), ("Books", "100.00")]
    assert [row["open"] for row in hers.get(path).json()] == ["20.00", "100.00"]
    assert hers.get(f"{path}?without=987654").status_code == 400


def test_who_may_not_read_amounts_is_offered_nobody(
    planned: SimpleNamespace, inside: Agency, alice: User, dan: User, visit: Visit, unit: Unit
) -> None:
    people.add_member(agency=inside, actor=alice, user=dan, roles=(Role.BOARD,))
    his = visit(dan)
    page = his.get(at(planned, planned.ruth.pk))
    assert (page.context["givers"], "left_out" in page.context, "Moab" in page.content.decode()) == ([], False, False)
    path = reverse("api_coverage_lines", args=["harbor", planned.budget.fiscal_year, unit.pk])
    assert his.get(f"{path}?without={planned.ruth.pk}").status_code == 403


def test_a_leader_is_offered_nobody_who_gives_anonymously(
    planned: SimpleNamespace,
    inside: Agency,
    alice: User,
    carol: User,
    designation: Designation,
    visit: Visit,
    unit: Unit,
) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    worker = ssu.worker_of(people.add_member(**act, user=carol))
    ssu.add_team_member(**act, worker=worker, unit=unit, role=Role.LEADER, joined_on=inside.today())
    assert [row["name"] for row in visit(carol).get(at(planned)).context["givers"]] == ["Ruth Moab", "Boaz Moab"]
    part = Part(designation, Money(500, "USD"))
    made = record_gift(
        agency=inside, actor=alice, giving_unit=planned.ruth, on=inside.today(), parts=[part], key="k", anonymous=True
    )
    assert Gift.objects.get(pk=made.pk).anonymous
    assert [row["name"] for row in visit(carol).get(at(planned)).context["givers"]] == ["Boaz Moab"]
    assert "left_out" not in visit(carol).get(at(planned, planned.ruth.pk)).context
