"""Who serves in a unit that is closed to the reader is told nowhere, also of people whom the reader knows elsewhere."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from budgets import operations as budgets
from communications import operations as words
from core.money import Money
from reports.pages.unit_report import report_of
from reports.queries.unit_report import facts_of, may_have_report, told_to, unit_for
from ssu import operations
from ssu.models import TeamMember, Unit, Worker
from ssu.models.discretion import SOMEBODY
from ssu.queries.people import leaders_of, members_to_assign, names_in, team_of, unnamed_in
from ssu.queries.units import Filters, narrowed, unit_leaders
from tests.ssu.conftest import claimed, item_of, seat

Visit = Callable[[User], Any]


@pytest.fixture
def shared(inside: Agency, units: SimpleNamespace, serve: Any, alice: User, bob: User, carol: User) -> SimpleNamespace:
    """Bob leads the closed unit and is a member of the open one, which Carol leads: she knows him by name. Bob claimed
    an item of the closed unit, Alice confirmed it, and another is given to Bob.
    """
    serve(bob, units.closed, Role.LEADER)
    worker = serve(bob, units.open, Role.MEMBER)
    serve(carol, units.open, Role.LEADER)
    operations.confirm_item(agency=inside, actor=alice, item=claimed(inside, bob, item_of(units.closed)))
    operations.plan_item(
        agency=inside, actor=alice, item=item_of(units.closed, "2.1"), due_on=inside.today(), assignee=worker
    )
    units.worker = worker
    return units


@pytest.fixture
def staff(inside: Agency, alice: User, shared: SimpleNamespace, serve: Any, carol: User) -> User:
    """Carol is staff too: she reaches every unit, and unmasks the open one alone."""
    people.grant_role(agency=inside, actor=alice, membership=seat(inside, carol).membership, role=Role.STAFF)
    return carol


def addresses(agency: Agency, unit: Unit) -> list[str]:
    """Where a unit is told about."""
    of_unit = ("unit", "rollout", "team", "goal", "unit_activity", "dialogue", "coaching", "tactics")
    api = ("api_unit", "api_items", "api_unit_activity")
    of_item = ("item", "api_item")
    return [
        *(reverse(name, args=[agency.slug, unit.pk]) for name in (*of_unit, *api)),
        *(reverse(name, args=[agency.slug, unit.pk, key]) for name in of_item for key in ("1.1", "2.1")),
    ]


def test_the_query_words_name_nobody_of_a_closed_unit(
    inside: Agency, shared: SimpleNamespace, carol: User, alice: User, bob: User
) -> None:
    outside, within = seat(inside, carol), seat(inside, alice)
    closed, pks = shared.closed, [shared.open.pk, shared.closed.pk]
    assert leaders_of(outside, pks) == {shared.open.pk: ["Carol"]}
    assert leaders_of(within, pks) == {shared.open.pk: ["Carol"], closed.pk: ["Bob"]}
    assert (team_of(outside, closed).count(), team_of(within, closed).count()) == (0, 1)
    found: list[Any] = list(team_of(outside, shared.open))
    assert [each.person_name for each in found] == ["Carol", "Bob"]
    assert (members_to_assign(outside, closed).count(), members_to_assign(within, closed).count()) == (0, 1)
    assert names_in(outside, closed.pk, [alice.pk, bob.pk]) == {alice.pk: "Alice", bob.pk: str(SOMEBODY)}
    assert names_in(outside, shared.open.pk, [bob.pk]) == names_in(within, closed.pk, [bob.pk]) == {bob.pk: "Bob"}
    assert (unnamed_in(outside, closed.pk), unnamed_in(within, closed.pk)) == ({bob.pk}, set())


def test_no_filter_by_leader_leads_to_a_closed_unit(
    inside: Agency, shared: SimpleNamespace, carol: User, alice: User, visit: Visit
) -> None:
    wanted = Filters(leader=shared.worker.pk)
    assert [unit.pk for unit in narrowed(seat(inside, alice), wanted)] == [shared.closed.pk]
    assert list(narrowed(seat(inside, carol), wanted)) == []
    assert shared.worker.pk in unit_leaders(seat(inside, alice))
    assert list(unit_leaders(seat(inside, carol)).values()) == ["Carol"]
    for page in ("units", "matrix"):
        body = visit(carol).get(reverse(page, args=[inside.slug]), {"leader": shared.worker.pk}).content.decode()
        assert ("Project Cedar" in body, "Leader: Bob" in body) == (False, False)


def test_no_page_and_no_answer_of_the_api_tells_who_serves_there(
    inside: Agency, shared: SimpleNamespace, staff: User, alice: User, visit: Visit
) -> None:
    urls = [reverse("units", args=[inside.slug]), *addresses(inside, shared.closed)]
    telling = ("Bob", f"Team member {shared.worker.pk}")
    bodies = {url: visit(staff).get(url).content.decode() for url in urls}
    assert [url for url, body in bodies.items() if any(word in body for word in telling)] == []
    assert "Claimed by somebody of the team" in bodies[reverse("item", args=[inside.slug, shared.closed.pk, "1.1"])]
    known = [url for url in urls if "Bob" in visit(alice).get(url).content.decode()]
    assert len(known) >= 7  # the control: Alice reads him on most of these pages


def test_activity_picks_out_nobody_of_a_closed_unit(
    inside: Agency, shared: SimpleNamespace, staff: User, alice: User, bob: User, visit: Visit
) -> None:
    url = reverse("api_unit_activity", args=[inside.slug, shared.closed.pk])

    def sentences(user: User, person: User) -> int:
        return len(visit(user).get(url, {"person": person.pk}).json()["results"])

    assert (sentences(alice, bob) > 0, sentences(staff, bob)) == (True, 0)
    assert sentences(staff, alice) == sentences(alice, alice) > 0
    page = visit(staff).get(reverse("unit_activity", args=[inside.slug, shared.closed.pk])).content.decode()
    assert (f'value="{bob.pk}"' in page, f'value="{alice.pk}"' in page) == (False, True)
    assert "Somebody of the team claimed item 1.1" in page


def test_nobody_is_told_who_signed_the_words_of_a_closed_unit(
    inside: Agency, shared: SimpleNamespace, staff: User, alice: User, bob: User, visit: Visit
) -> None:
    """Ruth has no sign-in; Carol serves with her in the open unit and knows her by name."""
    hand = operations.add_worker(agency=inside, actor=alice, name="Ruth")
    for unit in (shared.closed, shared.open):
        given: dict[str, Any] = {"unit": unit, "worker": hand, "role": Role.MEMBER, "joined_on": inside.today()}
        operations.add_team_member(agency=inside, actor=alice, **given)
    begun = words.begin_guidelines(agency=inside, actor=bob, unit=shared.closed, words={"tone": "Warm."})
    words.submit_guidelines(agency=inside, actor=bob, guidelines=begun)
    agreed = words.approve_guidelines(agency=inside, actor=alice, guidelines=begun)
    words.keep_signature(agency=inside, actor=bob, words=agreed, worker=hand, signed_on=inside.today())
    for name in ("unit_activity", "api_unit_activity"):
        url = reverse(name, args=[inside.slug, shared.closed.pk])
        outside, within = (visit(user).get(url).content.decode() for user in (staff, alice))
        assert "the signature of somebody of the team under version 1" in outside
        assert [word in outside for word in ("Ruth", f"Team member {hand.pk}")] == [False, False]
        assert "Ruth" in within


def test_the_report_names_nobody_of_a_closed_unit(
    inside: Agency, shared: SimpleNamespace, staff: User, alice: User
) -> None:
    def said(user: User) -> str:
        mine = seat(inside, user)
        return repr(report_of(mine, facts_of(mine, unit_for(mine, shared.closed.pk))))

    assert ("Bob" in said(staff), "Bob" in said(alice)) == (False, True)
    mine = seat(inside, alice)
    arguments = {"unit": shared.closed.pk, "told": told_to(mine, unit_for(mine, shared.closed.pk))}
    assert (may_have_report(mine, arguments), may_have_report(seat(inside, staff), arguments)) == (True, False)


def test_the_budget_of_a_closed_unit_names_no_author(
    inside: Agency, shared: SimpleNamespace, staff: User, alice: User, bob: User, visit: Visit
) -> None:
    budget = budgets.start_budget(agency=inside, actor=bob, unit=shared.closed, fiscal_year=2026)
    budgets.add_line(
        agency=inside, actor=bob, budget=budget, impact="Wells", category="Wells", amount=Money(500, "USD")
    )
    budgets.submit_budget(agency=inside, actor=bob, budget=budget)
    budgets.approve_budget(agency=inside, actor=alice, budget=budget)
    page = reverse("budget", args=[inside.slug, budget.pk])
    assert ["Bob" in visit(user).get(page).content.decode() for user in (staff, alice)] == [False, True]


def test_a_person_who_left_a_closed_unit_stays_unnamed_there(
    inside: Agency, shared: SimpleNamespace, staff: User, alice: User, bob: User
) -> None:
    [service] = TeamMember.objects.filter(unit=shared.closed)
    operations.end_service(agency=inside, actor=alice, member=service, left_on=inside.today())
    assert names_in(seat(inside, staff), shared.closed.pk, [bob.pk]) == {bob.pk: str(SOMEBODY)}
    assert Worker.objects.seen_by(seat(inside, staff)).get(pk=shared.worker.pk).shown_name == "Bob"
