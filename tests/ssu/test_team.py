"""Service in units: what it opens, how it ends, and how invitations and leaving use it."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Membership, Role
from agencies.operations.people import give_unit_role
from ssu import operations
from ssu.models import TeamMember, Unit, Worker
from ssu.operations import team
from tests.agencies.conftest import confirm
from tests.ssu.conftest import LONG_AGO, seat

Visit = Callable[[User], Any]


def roles(agency: Agency, user: User) -> dict[int, frozenset[str]]:
    return dict(seat(agency, user).unit_roles)


def test_service_gives_roles_from_the_day_of_joining_until_the_day_of_leaving(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    assert roles(inside, bob) == {led.open.pk: {"leader"}, led.closed.pk: {"leader"}}
    member = TeamMember.objects.get(unit=led.open, worker__membership__user=bob)
    tomorrow = inside.today() + timedelta(days=1)
    TeamMember.objects.create(unit=led.careful, worker=member.worker, role="leader", joined_on=tomorrow)
    assert roles(inside, bob) == {led.open.pk: {"leader"}, led.closed.pk: {"leader"}}
    TeamMember.objects.filter(pk=member.pk).update(left_on=tomorrow)
    assert roles(inside, bob) == {led.open.pk: {"leader"}, led.closed.pk: {"leader"}}
    TeamMember.objects.filter(pk=member.pk).update(left_on=inside.today())
    assert roles(inside, bob) == {led.closed.pk: {"leader"}}


def test_nobody_leaves_before_joining(inside: Agency, led: SimpleNamespace, alice: User) -> None:
    member = TeamMember.objects.filter(unit=led.open).first()
    assert member is not None
    too_early = LONG_AGO - timedelta(days=1)
    with pytest.raises(team.LeavesBeforeJoining, match="1 Jan 2020"):
        operations.end_service(agency=inside, actor=alice, member=member, left_on=too_early)
    with pytest.raises(DatabaseError, match="nobody_leaves_before_joining"), transaction.atomic():
        TeamMember.objects.filter(pk=member.pk).update(left_on=too_early)


def test_form_says_so_and_loses_nothing(inside: Agency, led: SimpleNamespace, alice: User, visit: Visit) -> None:
    member = TeamMember.objects.get(unit=led.open, role="leader")
    url = reverse("team_end", args=[inside.slug, led.open.pk, member.pk])
    page = visit(alice).post(url, {"left_on": "2019-12-31", "reason": "Moved to another field."})
    assert page.status_code == 422
    assert "cannot leave before that day" in page.content.decode()
    assert "Moved to another field." in page.content.decode()


def test_service_ends_once_and_begins_once(inside: Agency, led: SimpleNamespace, alice: User) -> None:
    member = TeamMember.objects.get(unit=led.open, role="leader")
    with pytest.raises(team.AlreadyServing):
        operations.add_team_member(
            agency=inside, actor=alice, unit=led.open, worker=member.worker, role="leader", joined_on=LONG_AGO
        )
    operations.end_service(agency=inside, actor=alice, member=member, left_on=inside.today())
    with pytest.raises(team.ServiceEnded):
        operations.end_service(agency=inside, actor=alice, member=member, left_on=inside.today())


def test_a_planned_end_may_come_sooner_but_not_later(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, visit: Visit
) -> None:
    member = TeamMember.objects.get(unit=led.open, role="leader")
    planned = inside.today() + timedelta(days=40)
    operations.end_service(agency=inside, actor=alice, member=member, left_on=planned)
    assert led.open.pk in roles(inside, bob)
    for later in (planned, planned + timedelta(days=1)):
        with pytest.raises(team.NotShortened):
            operations.end_service(agency=inside, actor=alice, member=member, left_on=later)
    url = reverse("team_end", args=[inside.slug, led.open.pk, member.pk])
    browser = visit(alice)
    assert url in browser.get(reverse("team", args=[inside.slug, led.open.pk])).content.decode()
    refused = browser.post(url, {"left_on": str(planned + timedelta(days=1))})
    assert (refused.status_code, "ends on" in refused.content.decode()) == (422, True)
    assert browser.post(url, {"left_on": str(inside.today())}).status_code == 302
    assert led.open.pk not in roles(inside, bob)
    with pytest.raises(team.ServiceEnded):
        operations.end_service(agency=inside, actor=alice, member=member, left_on=inside.today())
    assert url not in browser.get(reverse("team", args=[inside.slug, led.open.pk])).content.decode()


def test_leaving_the_agency_ends_service_whose_end_was_planned_for_later(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    today = inside.today()
    rows = TeamMember.objects.filter(worker__membership__user=bob)
    later = today + timedelta(days=40)
    rows.filter(unit=led.open).update(left_on=later)
    planned = {"role": "leader", "joined_on": later, "left_on": later + timedelta(days=40)}
    TeamMember.objects.create(unit=led.careful, worker=Worker.objects.get(membership__user=bob), **planned)
    people.remove_member(agency=inside, actor=alice, membership=Membership.objects.get(user=bob))
    ended = {led.open.pk: today, led.closed.pk: today, led.careful.pk: later}
    assert dict(rows.values_list("unit", "left_on")) == ended
    people.add_member(agency=inside, actor=alice, user=bob)
    assert roles(inside, bob) == {}
    again = Membership.objects.get(user=bob)
    people.remove_member(agency=inside, actor=alice, membership=again)
    assert dict(rows.values_list("unit", "left_on")) == ended


def test_invitation_gives_a_role_in_a_unit(inside: Agency, units: SimpleNamespace, bob: User, alice: User) -> None:
    membership = people.add_member(agency=inside, actor=alice, user=bob)
    for unit_id in (units.open.pk, units.open.pk, 10**9):
        give_unit_role(agency=inside, actor=alice, membership=membership, unit_id=unit_id, role=Role.COACH)
    assert roles(inside, bob) == {units.open.pk: {"coach"}}
    assert TeamMember.objects.count() == 1


def test_leaving_the_agency_ends_all_service(inside: Agency, led: SimpleNamespace, bob: User, alice: User) -> None:
    membership = Membership.objects.get(user=bob)
    people.remove_member(agency=inside, actor=alice, membership=membership)
    people.add_member(agency=inside, actor=alice, user=bob)
    assert roles(inside, bob) == {}


def test_spouses_are_each_other_s_and_one_at_a_time(inside: Agency, alice: User) -> None:
    one, two, three = (operations.add_worker(agency=inside, actor=alice, name=name) for name in "ABC")
    operations.marry(agency=inside, actor=alice, one=one, other=two)
    operations.marry(agency=inside, actor=alice, one=two, other=three)
    assert dict(Worker.objects.values_list("name", "spouse__name")) == {"A": None, "B": "C", "C": "B"}
    with pytest.raises(team.OwnSpouse):
        operations.marry(agency=inside, actor=alice, one=one, other=one)


def test_team_by_form(inside: Agency, make_unit: Callable[..., Unit], alice: User, dan: User, visit: Visit) -> None:
    unit, browser = make_unit("U1", "Riverbend"), visit(alice)
    url = reverse("team_add", args=[inside.slug, unit.pk])
    member = Membership.objects.get(user=dan)
    asked = browser.post(url, {"role": "coach", "joined_on": "2026-01-05", "person": f"member:{member.pk}"})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    confirm(browser)
    neither = browser.post(url, {"role": "member", "joined_on": "2026-01-05"})
    assert neither.status_code == 422
    assert (
        browser.post(url, {"role": "coach", "joined_on": "2026-01-05", "person": f"member:{member.pk}"}).status_code
        == 302
    )
    assert browser.post(url, {"role": "member", "joined_on": "2026-01-05", "name": "Naomi"}).status_code == 302
    page = browser.get(reverse("team", args=[inside.slug, unit.pk]))
    assert [(row.name, row.role, row.sign_in) for row in page.context["rows"]] == [
        ("Dan", "Coach", "yes"),
        ("Naomi", "Team member", "no"),
    ]


def test_person_of_another_agency_is_no_choice(
    inside: Agency, make_unit: Callable[..., Unit], elsewhere: Agency, alice: User, mallory: User, visit: Visit
) -> None:
    from agencies import scope

    with scope.of_agency(elsewhere.pk):
        theirs = Membership.objects.get(user=mallory)
    url = reverse("team_add", args=[inside.slug, make_unit("U1", "Riverbend").pk])
    given = {"role": "member", "joined_on": "2026-01-05"}
    answers = [confirm(visit(alice)).post(url, {**given, "person": f"member:{pk}"}) for pk in (theirs.pk, 10**9)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert [answer.context["member_form"].errors["person"][0][:23] for answer in answers] == [
        "Select a valid choice. "
    ] * 2


def test_person_becomes_closed_by_form_and_is_not_opened_again(
    inside: Agency, alice: User, dan: User, visit: Visit
) -> None:
    worker = operations.add_worker(agency=inside, actor=alice, name="Naomi Nakagawari", last_name="Nakagawari")
    url = reverse("worker_edit", args=[inside.slug, worker.pk])
    given = {"name": worker.name, "last_name": worker.last_name, "discretion": "closed"}
    told = visit(alice).post(url, {**given, "alias": "Ms Nakagawari"})
    assert told.status_code == 422
    assert visit(alice).post(url, {**given, "alias": "Ruth"}).status_code == 302
    assert Worker.objects.seen_by(seat(inside, dan)).get(pk=worker.pk).shown_name == "Ruth"
    assert visit(alice).post(url, {**given, "alias": "Ruth", "discretion": "open"}).status_code == 422
    with pytest.raises(team.NotLowered):
        operations.edit_worker(
            agency=inside, actor=alice, worker=worker, name="N", last_name="", alias="Ruth", discretion="open"
        )
