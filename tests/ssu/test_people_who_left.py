"""Somebody who has left gets nothing back by a file: an invitation is prepared, and it gives what it says."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from agencies.models import Agency, Invitation, Membership, RoleGrant
from agencies.operations import accept_invitation, grant_role, invite, remove_member
from agencies.operations.people import MembershipEnded
from agencies.queries.invitations import held_invitations
from core.export import csv_text
from jobs.models import Job
from jobs.testing import run_due
from ssu import operations
from ssu.models import TeamMember, Unit, Worker
from ssu.people_rows import COLUMNS
from tests.agencies.conftest import confirmed
from tests.cast import person
from tests.ssu.conftest import seat
from tests.ssu.test_people_file import brought
from tests.ssu.test_people_file_pages import cells, upload

__all__ = ["confirmed"]

BOB = {
    "name": "Bob",
    "email": "bob@example.org",
    "agency_roles": "finance",
    "unit": "U3",
    "unit_role": "leader",
    "joined_on": "2026-01-01",
}


@pytest.fixture
def gone(inside: Agency, led: SimpleNamespace, alice: User, bob: User) -> Membership:
    """Bob's membership, which has ended."""
    membership = Membership.objects.get(user=bob)
    remove_member(agency=inside, actor=alice, membership=membership, reason="left")
    membership.refresh_from_db()
    return membership


def open_roles(membership: Membership) -> list[str]:
    return list(RoleGrant.objects.filter(membership=membership, ended_at=None).values_list("role", flat=True))


def open_service(membership: Membership) -> list[tuple[str, str]]:
    serving = TeamMember.objects.unended().filter(worker__membership=membership)
    return list(serving.values_list("unit__code", "role"))


def test_file_invites_who_has_left_and_gives_nothing(inside: Agency, gone: Membership, alice: User) -> None:
    made = brought(inside, alice, BOB)
    assert (made.invitations, made.services, made.returning) == (1, 0, [2])
    assert (open_roles(gone), open_service(gone)) == ([], [])
    closed = Unit.objects.get(code="U3")
    assert list(held_invitations().values_list("email", "roles", "unit_roles")) == [
        ("bob@example.org", ["finance"], [[closed.pk, "leader"]])
    ]


def test_control_who_is_still_here_gets_it_at_once(
    inside: Agency, led: SimpleNamespace, alice: User, bob: User
) -> None:
    made = brought(inside, alice, BOB)
    membership = Membership.objects.get(user=bob)
    assert (made.invitations, made.returning, open_roles(membership)) == (0, [], ["finance"])


def test_narrower_invitation_gives_what_it_says_and_no_more(
    inside: Agency, gone: Membership, alice: User, bob: User
) -> None:
    brought(inside, alice, BOB)
    Invitation.objects.update(withdrawn_at="2026-01-01T00:00Z")
    asked = invite(agency=inside, actor=alice, email="bob@example.org", name="Bob", roles=["board"])
    accept_invitation(agency=inside, actor=bob, nonce=asked.nonce)
    assert (seat(inside, bob).roles, seat(inside, bob).unit_roles) == (frozenset({"board"}), {})


def test_accepted_the_prepared_invitation_gives_what_the_file_said(
    inside: Agency, gone: Membership, alice: User, bob: User
) -> None:
    brought(inside, alice, BOB)
    Invitation.objects.update(held_since=None)
    accept_invitation(agency=inside, actor=bob, nonce=Invitation.objects.get().nonce)
    assert (open_roles(gone), open_service(gone)) == (["finance"], [("U3", "leader")])
    assert Worker.objects.filter(name="Bob").count() == 1


def test_who_returns_with_another_account_stays_one_person(inside: Agency, gone: Membership, alice: User) -> None:
    Worker.objects.filter(membership=gone).update(code="0042")
    brought(inside, alice, {**BOB, "email": "new@example.org", "support_account": "0042"})
    Invitation.objects.update(held_since=None)
    again = person("New")
    accept_invitation(agency=inside, actor=again, nonce=Invitation.objects.get().nonce)
    assert Worker.objects.get(name="Bob").membership == Membership.objects.get(user=again)


def test_who_is_back_with_another_account_is_seated_by_the_file(inside: Agency, gone: Membership, alice: User) -> None:
    Worker.objects.filter(membership=gone).update(code="0042")
    again = person("New")
    asked = invite(agency=inside, actor=alice, email="new@example.org", name="Bob", roles=["board"])
    accept_invitation(agency=inside, actor=again, nonce=asked.nonce)
    brought(inside, alice, {**BOB, "email": "new@example.org", "support_account": "0042"})
    assert (Worker.objects.filter(name="Bob").count(), open_service(Membership.objects.get(user=again))) == (
        1,
        [("U3", "leader")],
    )


def test_service_of_the_past_is_kept(inside: Agency, gone: Membership, alice: User) -> None:
    past = {**BOB, "agency_roles": "", "unit": "U2", "joined_on": "2018-01-01", "left_on": "2019-01-01"}
    made = brought(inside, alice, past)
    assert (made.services, made.invitations, open_service(gone)) == (1, 0, [])
    assert TeamMember.objects.filter(worker__membership=gone, unit__code="U2").count() == 1


def test_same_file_twice_invites_once(inside: Agency, gone: Membership, alice: User) -> None:
    brought(inside, alice, BOB)
    assert set(brought(inside, alice, BOB).counts().values()) == {0}


def test_job_says_who_left_by_row(inside: Agency, gone: Membership, alice: User, confirmed: Any) -> None:
    """By row, not by name: the job's page is read by people who may not know it."""
    upload(confirmed(alice), inside, "people.csv", csv_text(COLUMNS, cells(BOB)).encode())
    run_due()
    assert [line.text for line in Job.objects.get().lines.all()] == [
        "Row 2: this person had left. Nothing is given back at once; a held invitation is prepared."
    ]


def test_no_role_for_who_has_left(inside: Agency, gone: Membership, alice: User) -> None:
    with pytest.raises(MembershipEnded):
        grant_role(agency=inside, actor=alice, membership=gone, role="finance")


def test_no_service_for_who_has_left(inside: Agency, gone: Membership, alice: User) -> None:
    worker = Worker.objects.get(membership=gone)
    with pytest.raises(MembershipEnded):
        operations.add_team_member(
            agency=inside,
            actor=alice,
            unit=Unit.objects.get(code="U1"),
            worker=worker,
            role="leader",
            joined_on=inside.today(),
        )


# The control stands below it: the same statement for somebody who is here.
GRANT = "INSERT INTO agencies_rolegrant (agency_id, membership_id, role, granted_at) VALUES (%s, %s, 'finance', now())"


def test_database_gives_no_role_to_who_has_left(inside: Agency, gone: Membership, dan: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(GRANT, [inside.pk, gone.pk])
    here = Membership.objects.get(user=dan)
    with connection.cursor() as cursor:
        cursor.execute(GRANT, [inside.pk, here.pk])
    assert "finance" in open_roles(here)
