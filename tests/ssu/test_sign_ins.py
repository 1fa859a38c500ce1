"""Asking in who serves: as that very person, with the roles of the service and none of the agency."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agencies import scope
from agencies.invitation_links import token_of
from agencies.models import Agency, Invitation, Membership, RoleGrant
from agencies.operations.invitations import AlreadyInvited
from agencies.queries.invitations import held_invitations, open_invitations
from ssu import operations
from ssu.models import TeamMember, Unit, Worker
from ssu.operations import sign_ins
from ssu.queries.people import unit_roles
from tests.agencies.conftest import confirm
from tests.ssu.conftest import LONG_AGO

Visit = Callable[[User], Any]
PASSWORD = "walk the second mile"
LENA = {"name": "Lena", "role": "leader", "joined_on": "2026-01-05", "email": "Lena@example.org"}


@pytest.fixture
def lena(inside: Agency, alice: User, units: SimpleNamespace) -> Worker:
    """A leader of the open unit who signs on paper."""
    worker = operations.add_worker(agency=inside, actor=alice, name="Lena")
    serve(inside, alice, worker, units.open, "leader")
    return worker


def serve(agency: Agency, actor: User, worker: Worker, unit: Unit, role: str) -> TeamMember:
    return operations.add_team_member(
        agency=agency, actor=actor, unit=unit, worker=worker, role=role, joined_on=LONG_AGO
    )


def ask(agency: Agency, actor: User, worker: Worker, email: str = "lena@example.org", **how: bool) -> Invitation:
    return operations.invite_worker(agency=agency, actor=actor, worker=worker, email=email, **how)


def take(agency: Agency, invitation: Invitation) -> int:
    """The link is opened by somebody new."""
    link = reverse("invitation", args=[token_of(invitation)])
    return Client().post(link, {"name": "Lena", "password": PASSWORD}).status_code


def test_a_leader_is_added_and_asked_in_at_once_and_joins_as_that_person(
    inside: Agency, units: SimpleNamespace, alice: User, visit: Visit
) -> None:
    browser = confirm(visit(alice))
    page = browser.post(reverse("team_add", args=[inside.slug, units.open.pk]), LENA, follow=True)
    assert "An invitation went to Lena@example.org." in page.content.decode()
    assert "invited" in page.content.decode()
    worker, invitation = Worker.objects.get(name="Lena"), open_invitations().get()
    assert (worker.invitation_id, invitation.roles) == (invitation.pk, [])
    assert invitation.unit_roles == [[units.open.pk, "leader"]]
    take(inside, invitation)
    with scope.of_agency(inside.pk):
        worker.refresh_from_db()
        membership = Membership.objects.get(user__email="lena@example.org")
        assert (worker.membership_id, Worker.objects.count(), TeamMember.objects.count()) == (membership.pk, 1, 1)
        assert unit_roles(membership) == {units.open.pk: frozenset({"leader"})}
        assert list(RoleGrant.objects.filter(membership=membership)) == []


def test_what_is_refused_leaves_nothing_behind(
    inside: Agency, units: SimpleNamespace, alice: User, dan: User, visit: Visit
) -> None:
    url = reverse("team_add", args=[inside.slug, units.open.pk])
    page = confirm(visit(alice)).post(url, {**LENA, "email": dan.email})
    assert page.status_code == 422
    assert page.context["member_form"].errors["email"] == [sign_ins.AddressSignsIn.message]
    assert (Worker.objects.count(), Invitation.objects.count()) == (0, 0)


def test_somebody_who_serves_is_asked_in_from_their_page_and_the_team_leads_there(
    inside: Agency, units: SimpleNamespace, lena: Worker, alice: User, visit: Visit
) -> None:
    browser, here = visit(alice), reverse("worker_edit", args=[inside.slug, lena.pk])
    team = reverse("team", args=[inside.slug, units.open.pk])
    assert f'{here}#sign-in">Invite' in browser.get(team).content.decode()
    invite = reverse("worker_invite", args=[inside.slug, lena.pk])
    given = {"email": "lena@example.org", "held": "on"}
    assert browser.post(invite, given)["Location"].startswith(reverse("account_reauthenticate"))
    confirm(browser)
    held = browser.post(invite, given, follow=True).content.decode()
    assert "The invitation to lena@example.org is held" in held
    listed = browser.get(team).content.decode()
    assert ("invitation held" in listed, "#sign-in" in listed) == (True, False)
    send = reverse("worker_invitation_send", args=[inside.slug, lena.pk])
    assert "The link works until" in browser.post(send, follow=True).content.decode()
    old = open_invitations().get()
    browser.post(send)
    assert take(inside, old) == 404  # the link of before is nobody’s
    with scope.of_agency(inside.pk):
        assert open_invitations().count() == 1
    browser.post(reverse("worker_invitation_withdraw", args=[inside.slug, lena.pk]))
    assert browser.post(invite, {"email": "other@example.org"}).status_code == 302
    with scope.of_agency(inside.pk):
        assert list(open_invitations().values_list("email", flat=True)) == ["other@example.org"]
        assert (Worker.objects.count(), TeamMember.objects.count()) == (1, 1)


@pytest.mark.parametrize("act", ["worker_invite", "worker_invitation_send", "worker_invitation_withdraw"])
def test_a_leader_asks_nobody_in(
    inside: Agency, led: SimpleNamespace, lena: Worker, bob: User, visit: Visit, act: str
) -> None:
    url = reverse(act, args=[inside.slug, lena.pk])
    assert confirm(visit(bob)).post(url, {"email": "lena@example.org"}).status_code == 403


def test_each_person_is_asked_once_and_with_something_to_see(
    inside: Agency, led: SimpleNamespace, lena: Worker, alice: User, bob: User
) -> None:
    with pytest.raises(sign_ins.SignsInAlready):
        ask(inside, alice, Worker.objects.get(membership__user=bob))
    with pytest.raises(sign_ins.ServesNowhere):
        ask(inside, alice, operations.add_worker(agency=inside, actor=alice, name="Naomi"))
    with pytest.raises(sign_ins.NoInvitation):
        operations.send_invitation_of(agency=inside, actor=alice, worker=lena)
    invitation = ask(inside, alice, lena)
    lena.refresh_from_db()
    with pytest.raises(sign_ins.PersonInvited):
        ask(inside, alice, lena, "other@example.org")
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=lena.created_at)
    with pytest.raises(sign_ins.PersonInvited):
        ask(inside, alice, lena, "other@example.org")
    operations.withdraw_invitation_of(agency=inside, actor=alice, worker=lena)
    with pytest.raises(sign_ins.NoInvitation):
        operations.withdraw_invitation_of(agency=inside, actor=alice, worker=lena)


@pytest.mark.parametrize("married", [True, False])
def test_spouses_share_an_address_as_in_a_file(
    inside: Agency, units: SimpleNamespace, lena: Worker, alice: User, married: bool
) -> None:
    otto = operations.add_worker(agency=inside, actor=alice, name="Otto")
    serve(inside, alice, otto, units.closed, "coach")
    ask(inside, alice, lena)
    if not married:
        with pytest.raises(AlreadyInvited, match="is waiting"):
            ask(inside, alice, otto)
    else:
        operations.marry(agency=inside, actor=alice, one=lena, other=otto)
        otto.refresh_from_db()
        his = ask(inside, alice, otto)
        assert his.sign_in_name.startswith("otto.")


def test_an_invitation_gives_back_no_service_that_ended(inside: Agency, lena: Worker, alice: User) -> None:
    invitation = ask(inside, alice, lena)
    member = TeamMember.objects.get(worker=lena)
    operations.end_service(agency=inside, actor=alice, member=member, left_on=inside.today())
    assert take(inside, invitation) == 410
    with scope.of_agency(inside.pk):
        assert (Membership.objects.filter(user__name="Lena").count(), TeamMember.objects.count()) == (0, 1)


def test_nor_one_whose_end_was_planned_meanwhile(inside: Agency, lena: Worker, alice: User) -> None:
    invitation = ask(inside, alice, lena)
    member = TeamMember.objects.get(worker=lena)
    tomorrow = inside.today() + timedelta(days=1)
    operations.end_service(agency=inside, actor=alice, member=member, left_on=tomorrow)
    TeamMember.objects.filter(pk=member.pk).update(left_on=inside.today())  # tomorrow has come
    take(inside, Invitation.objects.get(pk=invitation.pk))
    with scope.of_agency(inside.pk):
        lena.refresh_from_db()
        assert lena.membership is not None
        assert (unit_roles(lena.membership), TeamMember.objects.count()) == ({}, 1)


def test_a_corrected_role_is_what_the_invitation_gives(
    inside: Agency, units: SimpleNamespace, lena: Worker, alice: User
) -> None:
    invitation = ask(inside, alice, lena)
    member = TeamMember.objects.get(worker=lena)
    operations.correct_service(agency=inside, actor=alice, member=member, role="member", joined_on=LONG_AGO)
    invitation.refresh_from_db()
    assert invitation.unit_roles == [[units.open.pk, "member"]]
    take(inside, invitation)
    with scope.of_agency(inside.pk):
        lena.refresh_from_db()
        assert lena.membership is not None
        assert unit_roles(lena.membership) == {units.open.pk: frozenset({"member"})}


def test_lists_of_invitations_name_the_unit_and_the_link_does_not(
    inside: Agency, units: SimpleNamespace, lena: Worker, alice: User, visit: Visit
) -> None:
    otto = operations.add_worker(agency=inside, actor=alice, name="Otto")
    serve(inside, alice, otto, units.closed, "coach")
    sent, _held = ask(inside, alice, otto, "otto@example.org"), ask(inside, alice, lena, held=True)
    browser = visit(alice)
    held = browser.get(reverse("invitations_held", args=[inside.slug])).content.decode()
    assert "Team leader (Riverbend)" in held
    waiting = browser.get(reverse("people", args=[inside.slug])).content.decode()
    assert "Coach (Tamrin People)" in waiting
    preview = reverse("invitation_preview", args=[inside.slug, held_invitations().get().pk])
    assert "Team leader (Riverbend)" in browser.get(preview).content.decode()
    opened = Client().get(reverse("invitation", args=[token_of(sent)])).content.decode()
    assert ("Coach" in opened, "Tamrin" in opened, "Cedar" in opened) == (True, False, False)
