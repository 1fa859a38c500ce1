"""The landing page answers the question of each role."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership, Role
from delivery.models import Task
from imports.operations import receive_file
from ssu import operations as ssu
from ssu.models import ActionItem, RollOut
from ssu.operations.team import worker_of
from tests.cast import SECRET
from tests.ssu.conftest import LONG_AGO, claimed, item_of

Visit = Callable[[User], Any]
TITLES = {
    Role.ADMINISTRATOR: "Setup and health",
    Role.STAFF: "Today",
    Role.FINANCE: "Giving",
    Role.BOARD: "Overview",
}


@pytest.mark.parametrize("role", sorted(TITLES))
def test_each_role_lands_on_its_page(visit: Visit, inside: Agency, alice: User, bob: User, role: str) -> None:
    people.add_member(agency=inside, actor=alice, user=bob, roles=(role,))
    page = visit(bob).get("/a/harbor/")
    assert page.status_code == 200
    assert f"<h1>{TITLES[Role(role)]}</h1>" in page.content.decode().replace("\n", "")
    assert SECRET not in page.content.decode()


@pytest.fixture
def led_by_bob(inside: Agency, alice: User, bob: User) -> Any:
    strategy = ssu.add_strategy(agency=inside, actor=alice, code="S1", name="Deaf ministry")
    unit = ssu.add_unit(
        agency=inside, actor=alice, code="U1", name="Riverbend", strategy=strategy, kind="community", discretion="open"
    )
    membership = people.add_member(agency=inside, actor=alice, user=bob)
    ssu.add_team_member(
        agency=inside, actor=alice, unit=unit, worker=worker_of(membership), role="leader", joined_on=LONG_AGO
    )
    return unit


def test_a_leader_sees_the_next_item_and_the_way_to_it(visit: Visit, led_by_bob: Any, bob: User) -> None:
    visitor = visit(bob)
    page = visitor.get("/a/harbor/").content.decode()
    assert "My unit" in page
    assert "Our organization’s SSU" in page
    assert visitor.get(f"/a/harbor/units/{led_by_bob.pk}/roll-out/1.1/").status_code == 200
    assert f"/a/harbor/units/{led_by_bob.pk}/roll-out/1.1/" in page


def test_who_serves_finds_what_was_given_to_their_work(visit: Visit, led_by_bob: Any, bob: User) -> None:
    (row,) = cards_of(visit, bob)["own-giving"].rows
    assert visit(bob).get(row.url).context["digest"] is not None


def test_once_everything_is_settled_the_leader_is_led_to_declare(
    visit: Visit, led_by_bob: Any, inside: Agency, alice: User, bob: User
) -> None:
    ActionItem.objects.filter(unit=led_by_bob).update(state="completed", claimed_by=bob, confirmed_by=alice)
    page, words = f"/a/harbor/units/{led_by_bob.pk}/roll-out/", "Declare the roll-out complete"
    assert (words, page) in [(row.title, row.url) for row in cards_of(visit, bob)[f"unit-{led_by_bob.pk}"].rows]
    RollOut.objects.create(unit=led_by_bob, declared_on=inside.today(), declared_by=bob)
    assert words not in [row.title for row in cards_of(visit, bob)[f"unit-{led_by_bob.pk}"].rows]


def cards_of(visit: Visit, user: User) -> dict[str, Any]:
    return {card.id: card for card in visit(user).get("/a/harbor/").context["cards"]}


def test_the_administrator_is_told_of_invitations_that_nobody_sent(visit: Visit, inside: Agency, alice: User) -> None:
    given: dict[str, Any] = {"agency": inside, "actor": alice, "roles": ["staff"]}
    for name in ("orpah", "ruth"):
        people.invite(**given, email=f"{name}@example.org", name=name, held=True)
    people.invite(**given, email="naomi@example.org", name="naomi")
    tiles = {tile.label: (tile.value, tile.url) for tile in cards_of(visit, alice)["safety"].tiles}
    assert tiles["Invitations held"] == ("2", "/a/harbor/settings/invitations/held/")
    assert tiles["Invitations pending"] == ("1", "/a/harbor/settings/people/")


def test_claims_wait_before_the_administrator_and_not_before_who_cannot_confirm(
    visit: Visit, led_by_bob: Any, inside: Agency, alice: User, bob: User, carol: User
) -> None:
    people.add_member(agency=inside, actor=alice, user=carol, roles=(Role.STAFF,))
    claimed(inside, bob, item_of(led_by_bob, "1.1"))
    seen = cards_of(visit, alice)
    assert [row.why for row in seen["confirm"].rows] == ["Riverbend"]
    assert "asked" not in seen  # the task to confirm it is not told a second time
    assert Task.objects.filter(user=alice, done_at=None).count() == 1
    assert "confirm" not in cards_of(visit, carol)


@pytest.mark.parametrize(("role", "title"), [(Role.FINANCE, "Giving"), (Role.ADMINISTRATOR, "Setup and health")])
def test_work_for_the_whole_agency_comes_before_ones_own_unit(
    visit: Visit, led_by_bob: Any, inside: Agency, alice: User, bob: User, role: Role, title: str
) -> None:
    membership = Membership.objects.get(user=bob)
    people.grant_role(agency=inside, actor=alice, membership=membership, role=role)
    page = visit(bob).get("/a/harbor/")
    assert str(page.context["title"]) == title
    assert f"unit-{led_by_bob.pk}" in cards_of(visit, bob)


def test_the_administrator_sees_what_a_unit_lacks(visit: Visit, led_by_bob: Any, alice: User) -> None:
    page = visit(alice).get("/a/harbor/").content.decode()
    assert "has no impact goal" in page


def shown_card(visit: Visit, user: User) -> str:
    return visit(user).get("/a/harbor/").content.decode().partition('id="units"')[2].partition("</section>")[0]


def test_an_empty_agency_is_told_to_begin_with_a_strategy(visit: Visit, inside: Agency, alice: User) -> None:
    card = shown_card(visit, alice)
    assert "Make a strategy first" in card
    assert "Every unit has a leader and a goal." not in card
    assert 'href="/a/harbor/strategies/add/"' in card


def test_a_goal_that_was_thrown_away_is_lacking(
    visit: Visit, led_by_bob: Any, inside: Agency, alice: User, bob: User
) -> None:
    goal = ssu.add_goal_version(agency=inside, actor=bob, unit=led_by_bob, statement="All hear.")
    assert cards_of(visit, alice)["units"].rows == []
    ssu.drop_goal(agency=inside, actor=bob, goal=goal)
    assert [row.why for row in cards_of(visit, alice)["units"].rows] == ["has no impact goal"]


def test_with_a_strategy_the_first_unit_comes_next(visit: Visit, inside: Agency, alice: User) -> None:
    ssu.add_strategy(agency=inside, actor=alice, code="S1", name="Deaf ministry")
    assert 'href="/a/harbor/units/add/"' in shown_card(visit, alice)


@pytest.mark.parametrize(("who", "offered"), [("alice", True), ("dan", False)])
def test_a_strategy_is_added_by_right(
    visit: Visit, inside: Agency, alice: User, dan: User, who: str, offered: bool
) -> None:
    page = visit({"alice": alice, "dan": dan}[who]).get("/a/harbor/units/").content.decode()
    assert ('href="/a/harbor/strategies/add/"' in page.partition("<main")[0]) is offered


def test_outsiders_find_nothing(visit: Visit, agency: Agency, mallory: User) -> None:
    assert visit(mallory).get("/a/harbor/").status_code == 404


@pytest.mark.parametrize("count", [1, 3, 50])
def test_the_overview_asks_the_same_number_of_questions(
    visit: Visit, led_by_bob: Any, inside: Agency, alice: User, dan: User, count: int, django_assert_num_queries: Any
) -> None:
    for n in range(count - 1):
        ssu.add_unit(
            agency=inside,
            actor=alice,
            code=f"X{n}",
            name=f"Unit {n}",
            strategy=led_by_bob.strategy,
            kind="community",
            discretion="open",
        )
    visitor = visit(dan)
    visitor.get("/a/harbor/")
    with django_assert_num_queries(OVERVIEW):
        visitor.get("/a/harbor/")


OVERVIEW = 26


def test_an_import_is_told_by_its_file_to_who_uploaded_it(
    visit: Visit, inside: Agency, alice: User, bob: User, carol: User
) -> None:
    for user in (bob, carol):
        people.add_member(agency=inside, actor=alice, user=user, roles=(Role.FINANCE,))
    receive_file(agency=inside, actor=bob, name="march for Tamrin.csv", content=BytesIO(b"a,b\n"), format_name="auto")
    seen = {
        user.name: "march for Tamrin.csv" in visit(user).get("/a/harbor/").content.decode() for user in (bob, carol)
    }
    assert seen == {"Bob": True, "Carol": False}


def test_a_leader_reads_where_the_goal_of_the_unit_stands(
    visit: Visit, led_by_bob: Any, inside: Agency, alice: User, bob: User
) -> None:
    def line() -> tuple[str, str]:
        row = cards_of(visit, bob)[f"unit-{led_by_bob.pk}"].rows[-1]
        return row.title, row.why

    act: Any = {"agency": inside, "actor": alice}
    assert line() == ("Impact goal", "Nobody has written the impact goal yet.")
    measured: Any = {"indicator": "deaf churches", "unit_of_measure": "churches", "baseline": 1, "target": 9}
    goal = ssu.add_goal_version(**act, unit=led_by_bob, statement="Nine", by_when=date(2099, 12, 31), **measured)
    assert line() == ("Deaf churches", "no reading yet, target 9 churches by 31 Dec 2099, not approved yet")
    ssu.approve_goal(agency=inside, actor=bob, goal=goal)
    ssu.add_reading(**act, goal=goal, date=date(2026, 2, 1), value=Decimal(3))
    ssu.add_reading(**act, goal=goal, date=date(2026, 3, 1), value=Decimal(4))
    assert line() == ("Deaf churches", "4 churches on 1 Mar 2026, target 9 churches by 31 Dec 2099")
