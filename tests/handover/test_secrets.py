"""What a hand-over tells, and to whom: amounts, exits that nobody told of, units that are closed to the reader."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry, Membership, Role
from agencies.seats import Seat
from core.errors import Refused
from delivery.models import Notice
from handover import operations
from handover.models import Case, Passing
from handover.pages.overview import overview
from handover.queries.retention import FEWEST_EXITS, survival
from home.archive.rows import rows_of
from partners.operations import appoint_holder
from ssu import operations as ssu
from ssu.models import TeamMember, Unit, Worker
from tests.cast import Visitor

DAY = timedelta(days=1)
Visit = Callable[[User], Visitor]
Make = Callable[..., Any]


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def seat_for(agency: Agency, user: User, role: str = Role.STAFF) -> Seat:
    return Seat(agency, Membership.objects.get(user=user), frozenset({role}))


def close_unit(unit: Unit) -> None:
    Unit.objects.filter(pk=unit.pk).update(discretion="closed", alias="Birch")


def test_amounts_are_for_the_director_and_the_workers_own_page(
    inside: Agency,
    alice: User,
    bob: User,
    visit: Visit,
    joins: Make,
    held: Make,
    give: Make,
    leaves: Make,
    anna: Worker,
) -> None:
    joins(bob, Role.STAFF)
    give(held("Moab"), 5000, inside.today())
    case = leaves()
    paths = at("handover", case.pk), at("api_handover_passings", case.pk)
    told = {user: ["50.00" in visit(user).get(path).content.decode() for path in paths] for user in (alice, bob)}
    assert told == {alice: [True, True], bob: [False, False]}
    anna.membership = Membership.objects.get(user=bob)
    anna.save(update_fields=["membership"])
    assert ["50.00" in visit(bob).get(path).content.decode() for path in paths] == [True, True]


def test_an_exit_that_was_not_told_cannot_be_asked_for(
    act: dict[str, Any],
    inside: Agency,
    alice: User,
    bob: User,
    visit: Visit,
    joins: Make,
    held: Make,
    leaves: Make,
    anna: Worker,
) -> None:
    joins(bob, Role.STAFF)
    held("Moab")
    hidden = leaves(is_told=False)
    with pytest.raises(Refused, match="has begun"):
        leaves(is_told=False)
    said = {"worker": anna.pk, "leaves_on": str(inside.today())}
    answer = visit(bob).post(at("api_handovers"), said, content_type="application/json")
    assert (answer.status_code, Case.objects.open().count()) == (201, 2)
    with pytest.raises(Refused, match="another hand-over of this worker is known"):
        operations.tell_case(**act, case=hidden)
    with pytest.raises(Refused, match="has begun"):
        leaves(is_told=False)
    operations.close_case(**act, case=hidden)
    hidden.refresh_from_db()
    assert hidden.closed_at is not None


def test_the_trail_tells_of_an_exit_when_it_was_told(
    inside: Agency, alice: User, bob: User, visit: Visit, joins: Make, held: Make, leaves: Make
) -> None:
    joins(bob, Role.ADMINISTRATOR)
    held("Moab")
    case = leaves(is_told=False)

    def told(user: User) -> list[bool]:
        page = visit(user).get(at("activity")).content.decode()
        return ["hand-over" in line for line in page.splitlines() if f"hand-over {case.pk}" in line]

    def archived() -> bool:
        return bool(rows_of(inside, bob, AuditEntry).filter(kind="handover.case").exists())

    assert (told(alice), told(bob), archived()) == ([True], [], False)
    operations.tell_case(agency=inside, actor=alice, case=case)
    assert (len(told(bob)), archived()) == (2, True)


def test_an_abrupt_exit_is_told_in_the_words_of_any_other(
    inside: Agency, bob: User, visit: Visit, joins: Make, held: Make, leaves: Make, ben: TeamMember
) -> None:
    joins(bob, Role.STAFF)
    held("Moab")
    page = visit(bob).get(at("handover", leaves(how="death", introducer=ben.worker).pk)).content.decode()
    assert ("Ben Stone introduces" in page, "access" in page.split("<main", 1)[1]) == (True, False)


def test_the_notice_of_a_check_counts_whom_its_reader_may_know(
    act: dict[str, Any],
    inside: Agency,
    bob: User,
    joins: Make,
    held: Make,
    unit: Unit,
    anna: Worker,
) -> None:
    joins(bob, Role.STAFF)
    held("Moab")
    other = ssu.add_unit(**act, code="U2", name="Delta", strategy=unit.strategy, kind="community", discretion="open")
    ssu.add_team_member(**act, unit=other, worker=anna, role="member", joined_on=inside.today() - DAY)
    appoint_holder(**act, partner=held("Boaz"), unit=other, worker=anna)
    left = inside.today() - 40 * DAY
    case = operations.open_case(agency=inside, actor=bob, worker=anna, leaves_on=left)
    close_unit(other)
    assert Passing.objects.seen_by(seat_for(inside, bob)).count() == 2
    operations.make_check(agency=inside, actor=None, case=case, after=30)
    assert "of 2 partner" in Notice.objects.get(user=bob, kind="handover_checked").text


def test_who_took_partners_over_is_asked_once_to_be_in_touch(
    act: dict[str, Any], inside: Agency, bob: User, joins: Make, held: Make, leaves: Make, ben: TeamMember
) -> None:
    ben.worker.membership = joins(bob)
    ben.worker.save(update_fields=["membership"])
    for name in ("Moab", "Boaz", "Slip"):
        held(name)
    case = leaves(leaves_on=inside.today() - 95 * DAY)
    acts = operations.pass_on(**act, case=case, passings=Passing.objects.all(), service=ben, due_on=inside.today())
    operations.take_back_act(**act, case=case, act=acts[-1])
    for _again in range(2):
        operations.make_check(agency=inside, actor=None, case=case, after=30)
    TeamMember.objects.filter(pk=ben.pk).update(left_on=inside.today() - DAY)
    operations.make_check(agency=inside, actor=None, case=case, after=90)
    asked = Notice.objects.filter(user=bob, kind="handover_in_touch")
    assert [each.text for each in asked] == ["30 days after an exit: be in touch with 2 partners whom you took over."]


def test_a_case_with_partners_of_a_closed_unit_says_that_others_still_have_to_pass_on(
    act: dict[str, Any], inside: Agency, bob: User, visit: Visit, joins: Make, held: Make, leaves: Make, unit: Unit
) -> None:
    joins(bob, Role.STAFF)
    held("Moab")
    case = leaves()
    close_unit(unit)
    page = visit(bob).get(at("handover", case.pk)).content.decode()
    assert ("Others still pass partners on" in page, "Close the hand-over" in page) == (True, False)
    operations.skip_passings(**act, case=case, passings=Passing.objects.all(), why="office")
    page = visit(bob).get(at("handover", case.pk)).content.decode()
    assert ("Others still pass partners on" in page, "Close the hand-over" in page) == (False, True)


def test_the_curve_is_of_several_exits_and_of_units_that_the_reader_may_know(
    act: dict[str, Any],
    inside: Agency,
    alice: User,
    bob: User,
    joins: Make,
    held: Make,
    give: Make,
    serves: Make,
    unit: Unit,
) -> None:
    joins(bob, Role.STAFF)
    left = inside.today() - 95 * DAY
    cases: list[Case] = []
    seats = seat_for(inside, alice, Role.ADMINISTRATOR), seat_for(inside, bob)
    for number in range(FEWEST_EXITS):
        worker = serves(f"{number} Leaver").worker
        give(held(f"Giver{number}", by=worker), 1000, left - 100 * DAY)
        assert survival(seats[0], cases) == {}
        cases.append(operations.open_case(**act, worker=worker, leaves_on=left))
    points = survival(seats[0], cases)["USD"]
    assert {each.exits for each in points} == {FEWEST_EXITS}
    close_unit(unit)
    assert [bool(survival(seat, cases)) for seat in seats] == [True, False]


def test_a_partner_of_two_exits_counts_once_in_the_curve_from_the_first(
    act: dict[str, Any], inside: Agency, alice: User, held: Make, give: Make, serves: Make, unit: Unit
) -> None:
    left, seat = inside.today() - 125 * DAY, seat_for(inside, alice, Role.ADMINISTRATOR)
    cases: list[Case] = []
    workers = [serves(f"{number} Leaver").worker for number in range(FEWEST_EXITS)]
    partners = [held(f"Giver{number}", by=worker) for number, worker in enumerate(workers)]
    for number, worker in enumerate(workers):
        give(partners[number], 1200, left - 100 * DAY)
        cases.append(operations.open_case(**act, worker=worker, leaves_on=left))
    again = serves("Late Leaver").worker
    appoint_holder(**act, partner=partners[0], unit=unit, worker=again)
    cases.append(operations.open_case(**act, worker=again, leaves_on=left + 40 * DAY))
    assert survival(seat, cases)["USD"][0].before == FEWEST_EXITS * 1200


def test_who_left_partners_behind_is_not_named_while_the_exit_is_not_told(
    act: dict[str, Any],
    inside: Agency,
    bob: User,
    joins: Make,
    held: Make,
    leaves: Make,
    anna: Worker,
    ben: TeamMember,
) -> None:
    joins(bob, Role.STAFF)
    held("Moab")
    seat = seat_for(inside, bob)
    TeamMember.objects.filter(worker=anna).update(left_on=inside.today() - DAY)
    assert overview(seat)["left_behind"] == ["Anna Fields"]
    leaves(how="dismissal", introducer=ben.worker, is_told=False)
    assert overview(seat)["left_behind"] == []
