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
from agencies.models import Agency, AuditEntry, Membership, Role
from agencies.operations.people import give_unit_role
from core.periods import add_months
from ssu import operations
from ssu.models import TeamMember, Unit, Worker
from ssu.operations import team
from ssu.operations.joining import JoinsTooEarly
from ssu.operations.spouses import MarriedToAnother, NotMarried, OwnCouple, OwnSpouse
from tests.agencies.conftest import confirm
from tests.ssu.conftest import LONG_AGO, TRUE_NAME, seat

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


@pytest.fixture
def three(inside: Agency, alice: User) -> list[Worker]:
    return [operations.add_worker(agency=inside, actor=alice, name=name) for name in ("Ann", "Ben", "Cas")]


def spouses() -> dict[str, str | None]:
    return dict(Worker.objects.values_list("name", "spouse__name"))


def test_spouses_are_each_other_s_until_somebody_separates_them(
    inside: Agency, alice: User, three: list[Worker]
) -> None:
    ann, ben, cas = three
    given: dict[str, Any] = {"agency": inside, "actor": alice}
    for _again in range(2):
        operations.marry(**given, one=ann, other=ben)
    with pytest.raises(MarriedToAnother, match="Ben is written down as the spouse of Ann"):
        operations.marry(**given, one=cas, other=ben)
    assert spouses() == {"Ann": "Ben", "Ben": "Ann", "Cas": None}
    with pytest.raises(NotMarried):
        operations.separate(**given, one=ann, other=cas)
    operations.separate(**given, one=ben, other=ann)
    operations.marry(**given, one=cas, other=ben)
    assert spouses() == {"Ann": None, "Ben": "Cas", "Cas": "Ben"}
    with pytest.raises(OwnSpouse):
        operations.marry(**given, one=ann, other=ann)


def test_nobody_separates_their_own_couple(inside: Agency, alice: User, dan: User, three: list[Worker]) -> None:
    ann, ben, _cas = three
    Worker.objects.filter(pk=ann.pk).update(membership=Membership.objects.get(user=alice))
    operations.marry(agency=inside, actor=alice, one=ann, other=ben)
    with pytest.raises(OwnCouple):
        operations.separate(agency=inside, actor=alice, one=ben, other=ann)
    operations.separate(agency=inside, actor=dan, one=ben, other=ann)
    assert spouses()["Ann"] is None


def test_a_couple_stands_on_the_team_and_on_both_pages_and_is_separated_with_a_way_back(
    inside: Agency, units: SimpleNamespace, alice: User, three: list[Worker], visit: Visit
) -> None:
    ann, ben, cas = three
    for worker in (ann, cas):
        operations.add_team_member(
            agency=inside, actor=alice, unit=units.open, worker=worker, role="member", joined_on=LONG_AGO
        )
    browser, team_url = visit(alice), reverse("team", args=[inside.slug, units.open.pk])
    browser.post(reverse("team_spouses", args=[inside.slug, units.open.pk]), {"one": ann.pk, "other": ben.pk})
    page = browser.get(team_url)
    assert [couple.names for couple in page.context["couples"]] == ["Ann and Ben"]
    separate = page.context["couples"][0].separate_url
    assert page.content.decode().count(f'action="{separate}"') == 2  # in the list, and as Undo of the toast
    persons = [
        browser.get(reverse("worker_edit", args=[inside.slug, each.pk])).context["spouse"] for each in (ann, ben, cas)
    ]
    assert persons == [ben, ann, None]
    refused = browser.post(reverse("team_spouses", args=[inside.slug, units.open.pk]), {"one": cas.pk, "other": ann.pk})
    assert (refused.status_code, "Ann is written down as the spouse of Ben" in refused.content.decode()) == (422, True)
    back = browser.post(separate, headers={"referer": f"http://testserver{team_url}"})
    assert (back["Location"], spouses()["Ann"]) == (team_url, None)
    undo = reverse("spouse_join", args=[inside.slug, ann.pk, ben.pk])
    assert f'action="{undo}"' in browser.get(team_url).content.decode()
    browser.post(undo)
    assert spouses() == {"Ann": "Ben", "Ben": "Ann", "Cas": None}


def test_a_wrong_day_or_role_is_corrected_and_written_down(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, visit: Visit
) -> None:
    member = TeamMember.objects.get(unit=led.open, worker__membership__user=bob)
    url = reverse("team_correct", args=[inside.slug, led.open.pk, member.pk])
    browser = visit(alice)
    assert url in browser.get(reverse("team", args=[inside.slug, led.open.pk])).content.decode()
    assert browser.get(url).context["form"].initial == {"role": "leader", "joined_on": LONG_AGO}
    given = {"role": "coach", "joined_on": "2021-03-01", "reason": "typed from memory"}
    assert browser.post(url, given)["Location"].startswith(reverse("account_reauthenticate"))
    assert confirm(browser).post(url, given).status_code == 302
    assert roles(inside, bob)[led.open.pk] == frozenset({"coach"})
    entry = AuditEntry.objects.get(verb="correct service")
    assert (entry.changes, entry.reason) == (
        {"role": ["leader", "coach"], "from": ["2020-01-01", "2021-03-01"]},
        "typed from memory",
    )
    activity = browser.get(reverse("unit_activity", args=[inside.slug, led.open.pk])).content.decode()
    assert "corrected the service of Bob: Coach from 1 Mar 2021" in activity
    assert "added Bob as Team leader from 1 Jan 2020" in activity


def test_a_correction_keeps_days_in_order_and_one_open_service_per_role(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User
) -> None:
    member = TeamMember.objects.get(unit=led.open, worker__membership__user=bob)
    given: dict[str, Any] = {"agency": inside, "actor": alice}
    operations.add_team_member(**given, unit=led.open, worker=member.worker, role="coach", joined_on=LONG_AGO)
    with pytest.raises(team.AlreadyServing):
        operations.correct_service(**given, member=member, role="coach", joined_on=LONG_AGO)
    operations.end_service(**given, member=member, left_on=LONG_AGO + timedelta(days=5))
    with pytest.raises(team.LeavesBeforeJoining, match="6 Jan 2020"):
        operations.correct_service(**given, member=member, role="leader", joined_on=LONG_AGO + timedelta(days=6))
    before = AuditEntry.objects.count()
    operations.correct_service(**given, member=member, role="leader", joined_on=LONG_AGO)
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize(("years", "said"), [(-81, "Nobody serving today joined in"), (3, "more than two years ahead")])
def test_a_year_that_can_only_be_a_slip_is_refused(
    inside: Agency, units: SimpleNamespace, alice: User, visit: Visit, years: int, said: str
) -> None:
    day = inside.today().replace(day=1)
    url, browser = reverse("team_add", args=[inside.slug, units.open.pk]), confirm(visit(alice))
    given = {"role": "member", "name": "Naomi"}
    page = browser.post(url, {**given, "joined_on": day.replace(year=day.year + years).isoformat()})
    assert (page.status_code, said in page.content.decode()) == (422, True)
    nearer = add_months(inside.today(), 12 * (years + (1 if years < 0 else -1)))
    assert browser.post(url, {**given, "joined_on": nearer.isoformat()}).status_code == 302


def test_past_service_began_in_a_life_s_work_too(inside: Agency, led: SimpleNamespace, alice: User) -> None:
    worker, today = Worker.objects.get(membership__user__email="bob@example.org"), inside.today()
    given = {"agency": inside, "actor": alice, "unit": led.open, "worker": worker, "role": "member"}
    with pytest.raises(JoinsTooEarly):
        operations.add_past_service(**given, joined_on=today.replace(year=900, day=1), left_on=today)
    with pytest.raises(JoinsTooEarly):
        operations.add_past_service(**given, joined_on=add_months(today, -960) - timedelta(days=1), left_on=today)
    kept = operations.add_past_service(**given, joined_on=add_months(today, -960), left_on=today)
    assert kept.left_on == today


def test_leaders_first_then_members_then_coaches_and_who_left_below(
    inside: Agency, units: SimpleNamespace, alice: User, dan: User, visit: Visit
) -> None:
    today = inside.today()
    rows = [
        ("Zoe", "leader", LONG_AGO, None),
        ("Abe", "leader", LONG_AGO, today - timedelta(days=9)),
        ("Kim", "coach", LONG_AGO, None),
        ("Lea", "member", LONG_AGO, today + timedelta(days=40)),
        ("Max", "member", today + timedelta(days=40), None),
    ]
    for name, role, joined, left in rows:
        worker = operations.add_worker(agency=inside, actor=alice, name=name)
        TeamMember.objects.create(unit=units.open, worker=worker, role=role, joined_on=joined, left_on=left)
    page = visit(dan).get(reverse("team", args=[inside.slug, units.open.pk]))
    assert [(row.name, bool(row.begins), row.is_over) for row in page.context["rows"]] == [
        ("Zoe", False, False),
        ("Lea", False, False),
        ("Max", True, False),
        ("Kim", False, False),
        ("Abe", False, True),
    ]
    shown = page.content.decode()
    assert shown.index("Kim") < shown.index("Formerly") < shown.index("Abe")


def test_a_persons_page_says_what_closes_them_how_others_call_them_and_where_they_serve(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User, carol: User, visit: Visit
) -> None:
    browser = visit(alice)
    closed, free = (Worker.objects.get(membership__user=user) for user in (bob, carol))
    page = browser.get(reverse("worker_edit", args=[inside.slug, closed.pk]))
    shown = " ".join(page.content.decode().split())
    assert [(unit.label, unit.value) for unit in page.context["closed_by"]] == [("1 Jan 2020", TRUE_NAME)]
    assert f"Others read: Team member {closed.pk}" in shown
    assert sorted(fact.value for fact in page.context["services"]) == sorted(["Riverbend", TRUE_NAME])
    other = browser.get(reverse("worker_edit", args=[inside.slug, free.pk]))
    assert (other.context["closed_by"], "Others read" in other.content.decode()) == ([], False)


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
        ("Naomi", "Team member", "no"),
        ("Dan", "Coach", "yes"),
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
