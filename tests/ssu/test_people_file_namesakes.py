"""A row whose person serves in the unit already, without a sign-in, means that person."""

from types import SimpleNamespace

from accounts.models import User
from agencies.models import Agency
from agencies.queries.invitations import held_invitations
from ssu import operations
from ssu.models import TeamMember, Unit, Worker
from tests.ssu.conftest import LONG_AGO
from tests.ssu.test_people_file import brought, problems

LENA = {"name": "lena newleader", "email": "lena@example.org", "unit": "U1", "unit_role": "leader"}
ROW = {**LENA, "joined_on": "2020-01-01", "support_account": "0077"}


def lena(agency: Agency, actor: User, unit: Unit, code: str = "") -> Worker:
    worker = operations.add_worker(agency=agency, actor=actor, name="Lena Newleader", code=code)
    operations.add_team_member(agency=agency, actor=actor, unit=unit, worker=worker, role="leader", joined_on=LONG_AGO)
    return worker


def test_no_second_person_is_brought_in(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    there = lena(inside, alice, units.open)
    made = brought(inside, alice, ROW).counts()
    assert made == {"added": 0, "changed": 1, "services": 0, "couples": 0, "invitations": 1}
    there.refresh_from_db()
    assert (there.code, there.invitation_id) == ("0077", held_invitations().get().pk)
    assert (Worker.objects.count(), TeamMember.objects.count()) == (1, 1)
    assert set(brought(inside, alice, ROW).counts().values()) == {0}


def test_another_unit_or_account_is_another_person(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    lena(inside, alice, units.careful)
    assert brought(inside, alice, ROW).added == 1
    lena(inside, alice, units.open, code="0078")
    assert brought(inside, alice, {**ROW, "email": "l2@example.org", "support_account": "0079"}).added == 1


def test_who_signs_in_or_is_asked_in_is_not_meant(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    there = lena(inside, alice, units.open)
    operations.invite_worker(agency=inside, actor=alice, worker=there, email="first@example.org")
    assert brought(inside, alice, ROW).added == 1


def test_of_two_namesakes_the_one_who_joined_that_day_else_the_file_is_asked(
    inside: Agency, units: SimpleNamespace, alice: User
) -> None:
    lena(inside, alice, units.open)
    other = lena(inside, alice, units.open)
    assert problems(ROW) == [(2, "name")]
    TeamMember.objects.filter(worker=other).update(joined_on="2021-05-01")
    assert problems(ROW) == []
    brought(inside, alice, {**ROW, "joined_on": "2021-05-01"})
    other.refresh_from_db()
    assert other.invitation_id == held_invitations().get().pk


def test_two_rows_cannot_mean_one_person(inside: Agency, units: SimpleNamespace, alice: User) -> None:
    lena(inside, alice, units.open)
    rows = [{**ROW, "support_account": "", "email": f"lena{number}@example.org"} for number in (1, 2)]
    assert problems(*rows) == [(3, "name")]


def test_service_that_is_over_is_somebody_elses_unless_it_began_that_day(
    inside: Agency, units: SimpleNamespace, alice: User
) -> None:
    there = lena(inside, alice, units.open)
    TeamMember.objects.filter(worker=there).update(left_on="2021-01-01")
    assert brought(inside, alice, {**ROW, "joined_on": "2024-01-01"}).added == 1
    again = {**ROW, "email": "", "support_account": "", "left_on": "2021-01-01"}
    assert brought(inside, alice, again).counts()["added"] == 0
