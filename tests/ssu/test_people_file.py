"""Many people at once: all that is wrong is said at once, nothing is half-written, nothing is sent by itself."""

from collections.abc import Callable, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.invitation_links import token_of
from agencies.models import Agency, Invitation, Membership, RoleGrant
from agencies.operations import send_held
from agencies.queries.invitations import held_invitations
from delivery.models import OutgoingMessage
from imports.reading.lists import Problem
from imports.reading.sheets import SheetRead, SheetRow
from ssu import operations
from ssu.imports.people import judge_people
from ssu.models import TeamMember, Worker
from ssu.operations import bring_people
from ssu.operations.people_file import Brought
from ssu.people_rows import COLUMNS
from ssu.queries.people import unit_roles
from ssu.queries.people_file import known_people

Visit = Callable[[User], Any]


def sheet(*rows: dict[str, str], columns: Sequence[str] = COLUMNS) -> SheetRead:
    """A file as read: its first row of people is row 2."""
    found = (SheetRow(number, tuple(row.get(name, "") for name in columns)) for number, row in enumerate(rows, start=2))
    return SheetRead(tuple(columns), tuple(found))


def problems(*rows: dict[str, str]) -> list[tuple[int, str]]:
    return [(each.row, each.column) for each in judge_people(sheet(*rows), known_people())[1]]


def brought(agency: Agency, actor: User, *rows: dict[str, str]) -> Brought:
    people, wrong = judge_people(sheet(*rows), known_people())
    assert wrong == []
    return bring_people(agency=agency, actor=actor, rows=people)


RUTH = {
    "name": "Ruth Moab",
    "email": "moab@example.org",
    "unit": "U1",
    "unit_role": "leader",
    "joined_on": "2024-02-01",
    "support_account": "0042",
}
BOAZ = {
    "name": "Boaz Field",
    "email": "moab@example.org",
    "agency_roles": "staff",
    "spouse": "moab@example.org",
    "discretion": "closed",
    "alias": "Oak",
}
NAOMI = {"name": "Naomi", "unit": "U2", "unit_role": "Member", "joined_on": "2020-01-01", "left_on": "2021-01-01"}


def test_people_service_spouses_and_held_invitations(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    made = brought(inside, alice, RUTH, BOAZ, NAOMI)
    assert made.counts() == {"added": 3, "changed": 0, "services": 2, "couples": 1, "invitations": 2}
    ruth, boaz = Worker.objects.get(code="0042"), Worker.objects.get(name="Boaz Field")
    assert (ruth.spouse_id, boaz.spouse_id, boaz.discretion, boaz.alias) == (boaz.pk, ruth.pk, "closed", "Oak")
    naomi = TeamMember.objects.get(worker__name="Naomi")
    assert (naomi.unit_id, naomi.joined_on, naomi.left_on) == (units.careful.pk, date(2020, 1, 1), date(2021, 1, 1))
    held = list(held_invitations().values_list("name", "email", "roles"))
    assert held == [("Boaz Field", "moab@example.org", ["staff"]), ("Ruth Moab", "moab@example.org", [])]


def test_nothing_is_sent_by_itself_and_held_links_do_not_work(
    inside: Agency, units: SimpleNamespace, alice: User
) -> None:
    brought(inside, alice, RUTH)
    assert (mail.outbox, OutgoingMessage.objects.count()) == ([], 0)
    assert Client().get(reverse("invitation", args=[token_of(Invitation.objects.get())])).status_code == 410


def test_same_file_twice_changes_nothing(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    brought(inside, alice, RUTH, BOAZ, NAOMI)
    again = brought(inside, alice, RUTH, BOAZ, NAOMI)
    assert set(again.counts().values()) == {0}
    assert (Worker.objects.count(), TeamMember.objects.count(), Invitation.objects.count()) == (3, 2, 2)


def test_changed_file_ends_service_and_invites_nobody_anew(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    brought(inside, alice, RUTH)
    again = brought(inside, alice, {**RUTH, "name": "Ruth Bethlehem", "left_on": "2025-01-01"})
    assert again.counts() == {"added": 0, "changed": 1, "services": 0, "couples": 0, "invitations": 0}
    member = TeamMember.objects.get()
    assert (member.worker.name, member.left_on) == ("Ruth Bethlehem", date(2025, 1, 1))


def test_who_signs_in_here_already_gets_the_role_at_once(
    inside: Agency, units: SimpleNamespace, alice: User, dan: User
) -> None:
    made = brought(inside, alice, {"name": "Dan", "email": "dan@example.org", "agency_roles": "finance; board"})
    assert made.invitations == 0
    roles = RoleGrant.objects.filter(membership__user=dan, ended_at=None).values_list("role", flat=True)
    assert sorted(roles) == ["board", "finance"]


def test_one_of_a_couple_does_not_take_the_roles_of_the_other(
    inside: Agency, units: SimpleNamespace, alice: User, visit: Visit
) -> None:
    """Paul leads one unit, Pia coaches a closed one; her mail is opened in his browser."""
    paul = {**RUTH, "name": "Paul Pair", "spouse": "3", "support_account": ""}
    pia = {**paul, "name": "Pia Pair", "unit": "U3", "unit_role": "coach", "spouse": ""}
    brought(inside, alice, paul, pia)
    send_held(agency=inside, actor=alice)
    his, hers = (token_of(Invitation.objects.get(name=each["name"])) for each in (paul, pia))
    Client().post(reverse("invitation", args=[his]), {"name": "Paul", "password": "walk the second mile"})
    user = User.objects.get(email=paul["email"])
    assert visit(user).post(reverse("invitation", args=[hers])).status_code == 403
    with scope.of_agency(inside.pk):
        assert unit_roles(Membership.objects.get(user=user)) == {units.open.pk: frozenset({"leader"})}
        assert Worker.objects.get(name="Pia Pair").membership is None
    Client().post(reverse("invitation", args=[hers]), {"name": "Pia", "password": "whither thou goest"})
    with scope.of_agency(inside.pk):
        hers_now = Membership.objects.get(user__mailbox=user)
        assert unit_roles(hers_now) == {units.closed.pk: frozenset({"coach"})}
        assert Worker.objects.get(name="Pia Pair").membership == hers_now


def test_an_invitation_of_somebody_who_serves_is_not_for_somebody_else_who_does(
    inside: Agency, units: SimpleNamespace, alice: User, bob: User, visit: Visit, serve: Any
) -> None:
    """Bob serves; an invitation to his second address was written for another person in the file."""
    serve(bob, units.open, "member")
    EmailAddress.objects.create(user=bob, email="moab@example.org", verified=True)
    brought(inside, alice, RUTH)
    send_held(agency=inside, actor=alice)
    assert visit(bob).post(reverse("invitation", args=[token_of(Invitation.objects.get())])).status_code == 403
    with scope.of_agency(inside.pk):
        assert unit_roles(Membership.objects.get(user=bob)) == {units.open.pk: frozenset({"member"})}


WRONG: list[tuple[dict[str, str], tuple[int, str]]] = [
    ({"name": ""}, (2, "name")),
    ({"email": "ruth at example"}, (2, "email")),
    ({"agency_roles": "king"}, (2, "agency_roles")),
    ({"agency_roles": "leader"}, (2, "agency_roles")),
    ({"unit": "U99"}, (2, "unit")),
    ({"unit_role": "boss"}, (2, "unit_role")),
    ({"unit_role": ""}, (2, "unit_role")),
    ({"joined_on": ""}, (2, "joined_on")),
    ({"joined_on": "01.02.2024"}, (2, "joined_on")),
    ({"joined_on": "1890-03-01"}, (2, "joined_on")),
    ({"joined_on": "2099-03-01"}, (2, "joined_on")),
    ({"left_on": "2023-01-01"}, (2, "left_on")),
    ({"spouse": "nobody@example.org"}, (2, "spouse")),
    ({"spouse": "2"}, (2, "spouse")),
    ({"discretion": "secret"}, (2, "discretion")),
    ({"alias": "Sister Ruth"}, (2, "alias")),
    ({"support_account": "0" * 21}, (2, "support_account")),
]


@pytest.mark.parametrize(("change", "expected"), WRONG)
def test_each_mistake_is_named_by_row_and_column(
    inside: Agency, units: SimpleNamespace, change: dict[str, str], expected: tuple[int, str]
) -> None:
    assert problems(RUTH) == []
    assert problems({**RUTH, **change}) == [expected]


def test_all_mistakes_are_told_at_once(inside: Agency, units: SimpleNamespace) -> None:
    found = problems({**RUTH, "unit": "X", "left_on": "2020-01-01"}, {**NAOMI, "name": "", "discretion": "x"})
    assert found == [(2, "unit"), (2, "left_on"), (3, "name"), (3, "discretion")]


def test_one_address_is_for_spouses_only(inside: Agency, units: SimpleNamespace) -> None:
    other = {"name": "Orpah", "email": "moab@example.org", "agency_roles": "staff"}
    assert problems(RUTH, other) == [(3, "email")]
    assert problems(RUTH, BOAZ, other) == [(4, "email")]
    assert problems(RUTH, {**other, "support_account": "0042"}) == [(3, "email"), (3, "support_account")]


def test_two_who_name_others_do_not_fit(inside: Agency, units: SimpleNamespace) -> None:
    rows = [{"name": f"Person {number}"} for number in range(3)]
    found = problems({**rows[0], "spouse": "3"}, {**rows[1], "spouse": "4"}, rows[2])
    assert found == [(3, "spouse")]


def test_level_is_never_lowered_by_a_file(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    brought(inside, alice, {**RUTH, "discretion": "closed"})
    assert problems({**RUTH, "discretion": "open"}) == [(2, "discretion")]
    assert brought(inside, alice, RUTH).changed == 0


def test_columns_that_nobody_knows_are_named(inside: Agency) -> None:
    found = judge_people(sheet({"name": "Ruth"}, columns=("name", "birthday")), known_people())[1]
    assert [(each.row, each.column) for each in found] == [(0, "birthday")]
    missing = judge_people(sheet({"email": "a@example.org"}, columns=("email",)), known_people())[1]
    assert [each.column for each in missing] == ["name"]


def test_days_of_a_workbook_are_numbers(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    brought(inside, alice, {**RUTH, "joined_on": "45323"})
    assert TeamMember.objects.get().joined_on == date(2024, 2, 1)


def test_who_accepts_is_the_person_who_served_before(agency: Agency, alice: User) -> None:
    """In the way people come: the link, a name and a password."""
    from agencies import scope
    from agencies.operations import send_held

    with scope.within(scope.Scope(agency_id=agency.pk)):
        strategy = operations.add_strategy(agency=agency, actor=alice, code="S", name="S")
        given: dict[str, Any] = {"strategy": strategy, "kind": "community", "discretion": "open"}
        operations.add_unit(agency=agency, actor=alice, code="U1", name="Riverbend", **given)
        brought(agency, alice, RUTH)
        send_held(agency=agency, actor=alice)
        link = reverse("invitation", args=[token_of(Invitation.objects.get())])
    Client().post(link, {"name": "Ruth Moab", "password": "walk the second mile"})
    with scope.within(scope.Scope(agency_id=agency.pk)):
        worker = Worker.objects.get()
        assert worker.membership == Membership.objects.get(user__email="moab@example.org")
        assert TeamMember.objects.count() == 1


def test_problem_is_sorted_by_row_and_column(inside: Agency) -> None:
    assert Problem(2, "a", "x") < Problem(3, "a", "x")
