"""Invitations: a link by mail that works once, for the address it went to, and tells nobody who has an account."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agencies import invitation_mail, operations, scope
from agencies.invitation_links import SIGNER, address_of, token_of
from agencies.models import Agency, AuditEntry, Invitation, Membership, RoleGrant
from agencies.operations import people
from agencies.operations.held import NothingHeld
from agencies.operations.withdrawals import InvitationClosed
from tests.cast import PASSWORD, Visitor

NEW_PASSWORD = "seventeen quiet herons"
Ask = Callable[[Callable[[], Any]], Any]


@pytest.fixture
def invitation(agency: Agency, alice: User) -> Invitation:
    """Alice invites Erin, who has no account, as staff."""
    return invited(agency, alice, "erin@example.org", "Erin")


def invited(agency: Agency, by: User, email: str, name: str, roles: tuple[str, ...] = ("staff",)) -> Invitation:
    with scope.of_agency(agency.pk):
        return operations.invite(agency=agency, actor=by, email=email, name=name, roles=roles)


def link(invitation: Invitation) -> str:
    return reverse("invitation", args=[token_of(invitation)])


def roles_of(agency: Agency, user: User) -> set[str]:
    with scope.of_agency(agency.pk):
        return set(RoleGrant.objects.filter(membership__user=user, ended_at=None).values_list("role", flat=True))


def join(path: str, name: str = "Erin") -> Any:
    return Client().post(path, {"name": name, "password": NEW_PASSWORD})


def test_administrator_invites_and_the_mail_carries_the_link(agency: Agency, alice: User, confirmed: Any) -> None:
    form = {"name": "Erin", "email": "Erin@Example.org", "roles": ["staff", "board"]}
    answer = confirmed(alice).post(reverse("invite", args=["harbor"]), form)
    assert (answer.status_code, answer["Location"]) == (302, reverse("people", args=["harbor"]))
    assert [message.to for message in mail.outbox] == [["erin@example.org"]]
    with scope.of_agency(agency.pk):
        made = Invitation.objects.get()
    assert (made.name, made.roles, made.invited_by_id) == ("Erin", ["staff", "board"], alice.pk)
    assert address_of(made) in mail.outbox[0].body


def test_new_person_joins_with_verified_address(agency: Agency, invitation: Invitation) -> None:
    answer = join(link(invitation))
    assert answer.status_code == 302
    erin = User.objects.get(email="erin@example.org")
    assert authenticate(None, email=erin.email, password=NEW_PASSWORD) == erin
    assert list(EmailAddress.objects.filter(user=erin).values_list("email", "verified", "primary")) == [
        (erin.email, True, True)
    ]
    assert roles_of(agency, erin) == {"staff"}


def test_reading_the_page_leaves_the_link_valid_and_joining_uses_it_up(invitation: Invitation) -> None:
    for _ in range(3):
        assert Client().get(link(invitation)).status_code == 200
        assert Client().head(link(invitation)).status_code == 200
    assert join(link(invitation)).status_code == 302
    assert Client().get(link(invitation)).status_code == 410
    assert join(link(invitation), "Somebody else").status_code == 410
    assert User.objects.get(email="erin@example.org").name == "Erin"


def test_page_says_what_the_person_will_be_able_to_do(invitation: Invitation) -> None:
    page = Client().get(link(invitation)).content.decode()
    assert "send letters to partners" in page
    assert "change the settings of the agency" not in page


def test_answers_are_the_same_for_known_and_unknown_address(
    agency: Agency, alice: User, bob: User, confirmed: Any, invitation: Invitation
) -> None:
    known = invited(agency, alice, bob.sign_in, "Erin")
    pages = [Client().get(link(each)).content.decode() for each in (invitation, known)]
    assert len({neutral(page, each) for page, each in zip(pages, (invitation, known), strict=True)}) == 1
    answers = [join(link(each)) for each in (invitation, known)]
    assert [answer.status_code for answer in answers] == [302, 302]
    targets = {neutral(answer["Location"], each) for answer, each in zip(answers, (invitation, known), strict=True)}
    assert len(targets) == 1
    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)
    assert roles_of(agency, bob) == set()


def neutral(page: str, invitation: Invitation) -> str:
    """The page without what differs between any two invitations."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    for differs in (token_of(invitation), quote(token_of(invitation)), invitation.email):
        page = page.replace(differs, "")
    return page


def test_inviting_says_the_same_for_known_and_unknown_address(
    agency: Agency, alice: User, bob: User, confirmed: Any
) -> None:
    browser = confirmed(alice)
    answers = [
        browser.post(reverse("invite", args=["harbor"]), {"name": "X", "email": email, "roles": ["staff"]})
        for email in (bob.email, "nobody-yet@example.org")
    ]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, reverse("people", args=["harbor"]))
    ] * 2
    bodies = [re.sub(r"http\S+", "", str(message.body)) for message in mail.outbox]
    assert bodies[0] == bodies[1]


def test_signed_in_person_joins_with_one_click(agency: Agency, alice: User, bob: User, visit: Any) -> None:
    path = link(invited(agency, alice, bob.sign_in, "Bob"))
    browser: Visitor = visit(bob)
    assert f"Join {agency.name}" in browser.get(path).content.decode()
    answer = browser.post(path)
    assert (answer.status_code, answer["Location"]) == (302, reverse("home", args=["harbor"]))
    assert roles_of(agency, bob) == {"staff"}
    assert browser.get(path)["Location"] == reverse("home", args=["harbor"])


def test_link_of_another_address_joins_nobody(agency: Agency, bob: User, invitation: Invitation, visit: Any) -> None:
    browser: Visitor = visit(bob)
    page = browser.get(link(invitation)).content.decode()
    assert "This invitation went to another address" in page
    assert browser.post(link(invitation)).status_code == 403
    assert roles_of(agency, bob) == set()
    with scope.of_agency(agency.pk):
        assert Invitation.objects.get().is_open


def test_unverified_address_does_not_match(agency: Agency, bob: User, invitation: Invitation, visit: Any) -> None:
    EmailAddress.objects.create(user=bob, email="erin@example.org", verified=False, primary=False)
    assert visit(bob).post(link(invitation)).status_code == 403
    assert join(link(invitation)).status_code == 302
    assert roles_of(agency, User.objects.get(email="erin@example.org")) == {"staff"}


def test_withdrawn_expired_and_replaced_links_are_closed(
    agency: Agency, alice: User, invitation: Invitation, confirmed: Any
) -> None:
    old = link(invitation)
    browser = confirmed(alice)
    browser.post(reverse("invitation_resend", args=["harbor", invitation.pk]))
    with scope.of_agency(agency.pk):
        renewed = Invitation.objects.get()
    assert Client().get(old).status_code == 404
    assert Client().get(link(renewed)).status_code == 200
    with scope.of_agency(agency.pk):
        Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert [Client().get(link(renewed)).status_code, join(link(renewed)).status_code] == [410, 410]
    with scope.of_agency(agency.pk):
        Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    browser.post(reverse("invitation_withdraw", args=["harbor", invitation.pk]))
    assert [Client().get(link(renewed)).status_code, join(link(renewed)).status_code] == [410, 410]
    assert not User.objects.filter(email="erin@example.org").exists()


def test_link_lasts_fourteen_days(invitation: Invitation) -> None:
    lasts = invitation.expires_at - invitation.invited_at
    assert timedelta(days=14) - timedelta(seconds=5) < lasts <= timedelta(days=14) + timedelta(seconds=5)


@pytest.mark.parametrize(("token", "status"), [("x", 404), ("eyJh:1:2", 404), ("WzEsIngiXQ:forged", 404), ("%00", 400)])
def test_forged_address_opens_nothing(db: None, token: str, status: int) -> None:
    assert Client().get(f"/invitations/{token}/").status_code == status


def test_nonce_is_found_in_its_own_agency_only(agency: Agency, elsewhere: Agency, invitation: Invitation) -> None:
    moved = SIGNER.sign_object([elsewhere.pk, invitation.nonce])
    assert Client().get(reverse("invitation", args=[moved])).status_code == 404
    nowhere = SIGNER.sign_object([10**9, invitation.nonce])
    assert Client().get(reverse("invitation", args=[nowhere])).status_code == 404


def test_weak_password_is_refused_on_the_page(invitation: Invitation) -> None:
    answer = Client().post(link(invitation), {"name": "Erin", "password": "erin@example"})
    assert answer.status_code == 422
    assert not User.objects.filter(email="erin@example.org").exists()


def test_roles_in_units_are_given_through_the_app_that_knows_units(
    agency: Agency, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[int, str]] = []
    monkeypatch.setattr(people, "_givers", [lambda **to: given.append((to["unit_id"], to["role"]))])
    with scope.of_agency(agency.pk):
        made = operations.invite(
            agency=agency, actor=alice, email="lee@example.org", name="Lee", unit_roles=[(7, "leader")]
        )
    join(link(made), "Lee")
    assert given == [(7, "leader")]


def test_mail_is_in_no_agency_so_that_colleagues_cannot_read_the_link(
    agency: Agency, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[scope.Scope] = []
    monkeypatch.setattr(invitation_mail, "send_mail", lambda *args: seen.append(scope.current()))
    invited(agency, alice, "erin@example.org", "Erin")
    assert seen == [scope.NOBODY]


@pytest.mark.parametrize(
    ("roles", "refusal"), [((), operations.invitations.NoRole), (("leader",), people.NotAnAgencyRole)]
)
def test_role_must_be_one_of_the_agency(agency: Agency, alice: User, roles: Any, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        invited(agency, alice, "erin@example.org", "Erin", roles)


def test_member_and_invited_address_are_refused_on_the_form(
    agency: Agency, alice: User, dan: User, invitation: Invitation, confirmed: Any
) -> None:
    browser = confirmed(alice)
    for email, words in ((dan.email, "is in the agency already"), (invitation.email, "is waiting")):
        answer = browser.post(reverse("invite", args=["harbor"]), {"name": "X", "email": email, "roles": ["staff"]})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert len(mail.outbox) == 1


def test_who_left_comes_back_by_a_new_invitation(agency: Agency, alice: User, dan: User) -> None:
    with scope.of_agency(agency.pk):
        place = Membership.objects.get(user=dan)
        operations.remove_member(agency=agency, actor=alice, membership=place, reason="moved")
        made = operations.invite(agency=agency, actor=alice, email=dan.sign_in, name="Dan", roles=["staff"])
        again = operations.accept_invitation(agency=agency, actor=dan, nonce=made.nonce)
    assert (again.pk, again.left_at) == (place.pk, None)
    assert roles_of(agency, dan) == {"staff"}


def test_every_step_is_written_down_with_the_address_masked(agency: Agency, invitation: Invitation) -> None:
    join(link(invitation))
    with scope.of_agency(agency.pk):
        found = list(
            AuditEntry.objects.filter(kind="agencies.invitation").order_by("pk").values_list("verb", "changes")
        )
    told = {"email": "e…@example.org", "roles": "staff"}
    assert found == [("invite", told), ("accept invitation", told)]


@pytest.mark.parametrize("way", ["member", "role"])
def test_invitations_end_with_the_power_of_who_sent_them(
    agency: Agency, invitation: Invitation, alice: User, bob: User, joins: Any, way: str
) -> None:
    place = joins(bob, "administrator", "staff")
    theirs = invited(agency, bob, "frank@example.org", "Frank", roles=("administrator",))
    used = invited(agency, bob, "gina@example.org", "Gina")
    assert join(link(used), "Gina").status_code == 302
    with scope.of_agency(agency.pk):
        operations.end_role(agency=agency, actor=alice, membership=place, role="staff")
        assert Invitation.objects.get(pk=theirs.pk).is_open
        if way == "member":
            operations.remove_member(agency=agency, actor=alice, membership=place, reason="moved")
        else:
            operations.end_role(agency=agency, actor=alice, membership=place, role="administrator", reason="moved")
        ended = Invitation.objects.exclude(withdrawn_at=None)
        assert [each.pk for each in ended] == [theirs.pk]
        (entry,) = AuditEntry.objects.filter(verb="withdraw invitation")
        assert (entry.actor, entry.label, entry.reason) == (alice, "Frank", "moved")
    assert join(link(theirs), "Frank").status_code == 410
    assert not User.objects.filter(email="frank@example.org").exists()
    assert join(link(invitation)).status_code == 302


@pytest.mark.parametrize("way", ["member", "role"])
@pytest.mark.parametrize("waits", ["held", "too old"])
def test_what_could_still_be_sent_ends_with_the_power_of_who_wrote_it(
    agency: Agency, alice: User, bob: User, joins: Any, way: str, waits: str
) -> None:
    place = joins(bob, "administrator")
    with scope.of_agency(agency.pk):
        given: dict[str, Any] = {"email": "evil@example.org", "name": "Evil", "roles": ["administrator"]}
        theirs = operations.invite(agency=agency, actor=bob, held=waits == "held", **given)
        if waits == "too old":
            Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
        if way == "member":
            operations.remove_member(agency=agency, actor=alice, membership=place, reason="dismissed")
        else:
            operations.end_role(agency=agency, actor=alice, membership=place, role="administrator", reason="dismissed")
        with pytest.raises(NothingHeld):
            operations.send_held(agency=agency, actor=alice)
        with pytest.raises(InvitationClosed):
            operations.resend_invitation(agency=agency, actor=alice, invitation=theirs)
        (entry,) = AuditEntry.objects.filter(verb="withdraw invitation")
        assert (entry.actor, entry.label, entry.reason) == (alice, "Evil", "dismissed")


@pytest.mark.parametrize("way", ["held", "again"])
def test_whoever_sends_an_invitation_answers_for_it(
    agency: Agency, alice: User, bob: User, carol: User, joins: Any, way: str
) -> None:
    """Their name stands in it and in the trail, and their power ends it; who wrote it may go."""
    writer, sender = joins(bob, "administrator"), joins(carol, "administrator")
    with scope.of_agency(agency.pk):
        for name in ("Frank", "Gina"):
            given: dict[str, Any] = {"email": f"{name.lower()}@example.org", "name": name, "roles": ["staff"]}
            made = operations.invite(agency=agency, actor=bob, held=way == "held", **given)
            if way == "again":
                operations.resend_invitation(agency=agency, actor=carol, invitation=made)
        if way == "held":
            operations.send_held(agency=agency, actor=carol)
        frank, gina = Invitation.objects.order_by("name")
        operations.remove_member(agency=agency, actor=alice, membership=writer)
        assert (frank.invited_by, Invitation.objects.get(pk=frank.pk).is_open) == (carol, True)
    assert join(link(frank), "Frank").status_code == 302
    with scope.of_agency(agency.pk):
        assert RoleGrant.objects.get(membership__user__email="frank@example.org").granted_by == carol
        operations.remove_member(agency=agency, actor=alice, membership=sender)
    assert join(link(gina), "Gina").status_code == 410
