"""What a coach is shown: who needs coaching, and never a partner's name or an amount."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership, Role
from ssu import operations as ssu
from ssu.models import Unit
from tests.cast import person
from tests.factories.spaces import LONG_AGO, Work, giving, rollout, unit_with_team

CANARIES = ("Moab", "Ruth", "$50.00", "50.00", "75.00")
PAGES = ("home", "my_coaching", "coaching", "session_log")


@pytest.fixture
def unit(inside: Agency, alice: User, bob: User) -> Unit:
    """A unit led by Bob with a member, a partner and two gifts; Erin coaches it."""
    people.add_member(agency=inside, actor=alice, user=bob)
    work = Work(inside, alice, alice, bob, "A")
    for step in (unit_with_team, rollout, giving):
        step(work)
    erin = people.add_member(agency=inside, actor=alice, user=person("Erin"))
    ssu.add_team_member(
        agency=inside,
        actor=alice,
        unit=work.made.unit,
        worker=ssu.worker_of(erin),
        role=Role.COACH,
        joined_on=LONG_AGO,
    )
    made: Unit = work.made.unit
    return made


def seen(visit: Any, user: User, agency: Agency, unit: Unit, names: tuple[str, ...]) -> list[str]:
    """Which canaries stand on these pages."""
    browser = visit(user)
    bodies = ""
    for name in names:
        args = [agency.slug] if name in ("home", "my_coaching", "partners") else [agency.slug, unit.pk]
        answer = browser.get(reverse(name, args=args))
        assert answer.status_code == 200
        bodies += answer.content.decode()
    return [word for word in CANARIES if word in bodies]


def test_no_partner_and_no_amount_stands_on_the_coachs_pages(inside: Agency, unit: Unit, visit: Any) -> None:
    erin = Membership.objects.get(user__name="Erin").user
    assert seen(visit, erin, inside, unit, PAGES) == []


def test_the_canaries_are_seen_where_they_belong(inside: Agency, unit: Unit, alice: User, visit: Any) -> None:
    assert seen(visit, alice, inside, unit, ("partners",))[:2] == ["Moab", "Ruth"]


def test_the_landing_page_answers_the_coachs_question(inside: Agency, unit: Unit, visit: Any) -> None:
    erin = Membership.objects.get(user__name="Erin").user
    page = visit(erin).get(reverse("home", args=[inside.slug]))
    card = next(card for card in page.context["cards"] if card.id == "coaching")
    assert page.context["title"] == "My coaching"
    assert [(row.title, row.status) for row in card.rows] == [("Bob", "8 left"), ("Worker A", "8 left")]


def test_a_leader_finds_the_own_coaching(inside: Agency, unit: Unit, bob: User, visit: Any) -> None:
    page = visit(bob).get(reverse("home", args=[inside.slug]))
    card = next(card for card in page.context["cards"] if card.id == "own-coaching")
    assert [(row.title, row.why, row.status) for row in card.rows] == [
        ("Unit A", "No session is planned for you.", "8 left")
    ]
