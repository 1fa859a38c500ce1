"""People of outside organizations come by a link that works once, and sign in like everybody else."""

from collections.abc import Callable
from io import StringIO
from typing import Any
from urllib.parse import unquote

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agencies import scope
from alliances import operations
from alliances.demo import Built
from alliances.invitation_links import SIGNER, token_of
from alliances.lookups import alliance_by_slug, seats_of
from alliances.models import MemberState, Representative, SeatInvitation
from alliances.operations import invitation as invitations
from tests.agencies.conftest import confirm
from tests.alliances.conftest import AllianceVisitor
from tests.cast import PASSWORD, person

Enter = Callable[[User], AllianceVisitor]


@pytest.fixture
def invited(founded: Built) -> SeatInvitation:
    """A person who is to report for the third member."""
    with scope.within(founded.scope()):
        return operations.invite_person(
            alliance=founded.alliance,
            actor=founded.coordinator,
            member=founded.members[2],
            email="New@Example.org",
            name="New Person",
            capacities=("may_report",),
        )


def link(invitation: SeatInvitation) -> str:
    return f"/alliance-invitations/{token_of(invitation)}/"


def test_a_new_person_joins_by_the_link_once(founded: Built, invited: SeatInvitation) -> None:
    browser = Client()
    assert browser.get(link(invited)).status_code == 200
    assert browser.get(link(invited)).status_code == 200  # a mail scanner leaves it valid
    joined = browser.post(link(invited), {"name": "New Person", "password": PASSWORD})
    assert (joined.status_code, unquote(joined.headers["Location"])) == (302, f"/accounts/login/?next={link(invited)}")
    user = User.objects.get(email="new@example.org")
    assert user.check_password(PASSWORD)
    assert [(seat.alliance_id, seat.member_id) for seat in seats_of(user.pk)] == [
        (founded.alliance.pk, founded.members[2].pk)
    ]
    with scope.within(founded.scope()):
        place = Representative.objects.get(user=user)
    assert (place.may_report, place.may_sign, place.may_coordinate) == (True, False, False)
    assert Client().post(link(invited), {"name": "x", "password": PASSWORD}).status_code == 410


def test_the_mail_carries_the_link(founded: Built, invited: SeatInvitation) -> None:
    from delivery.models import OutgoingMessage

    sent = [message.body for message in mail.outbox] or [each.text for each in OutgoingMessage.objects.all()]
    assert [link(invited) in text for text in sent] == [True]


def test_somebody_with_an_account_joins_with_one_button_for_the_invited_address_only(
    founded: Built, invited: SeatInvitation, dan: User, enter: Enter
) -> None:
    other = enter(dan)
    assert b"went to another address" in other.get(link(invited)).content
    assert Client.post(other, link(invited)).status_code == 403
    User.objects.filter(pk=dan.pk).update(email="new@example.org")
    EmailAddress.objects.filter(user=dan).update(email="new@example.org")
    joined = Client.post(enter(User.objects.get(pk=dan.pk)), link(invited))
    assert (joined.status_code, joined.headers["Location"]) == (302, "/alliances/river/")


def test_a_new_person_cannot_take_over_an_account(founded: Built, invited: SeatInvitation) -> None:
    known = person("New")
    assert known.email == "new@example.org"
    answer = Client().post(link(invited), {"name": "Thief", "password": "another long password"})
    assert answer.status_code == 302
    known.refresh_from_db()
    assert (known.name, known.check_password(PASSWORD), seats_of(known.pk)) == ("New", True, [])


@pytest.mark.parametrize("end", ["withdrawn_at", "expires_at"])
def test_a_link_that_ended_is_closed(founded: Built, invited: SeatInvitation, end: str) -> None:
    with scope.within(founded.scope()):
        SeatInvitation.objects.update(**{end: timezone.now()})
    assert Client().get(link(invited)).status_code == 410
    assert Client().post(link(invited), {"name": "x", "password": PASSWORD}).status_code == 410


def test_a_forged_link_is_not_found(founded: Built, invited: SeatInvitation) -> None:
    assert Client().get("/alliance-invitations/forged/").status_code == 404
    absent = SIGNER.sign_object([founded.alliance.pk, "absent"])
    assert Client().get(f"/alliance-invitations/{absent}/").status_code == 404


def test_the_page_behind_the_link_tells_nothing_of_the_alliance_but_its_name(
    founded: Built, invited: SeatInvitation
) -> None:
    text = Client().get(link(invited)).content.decode()
    assert ("River Outreach" in text, "Harbor Light" in text, "Grace Trust" in text) == (True, False, False)


def test_one_invitation_waits_per_address(founded: Built, invited: SeatInvitation) -> None:
    again: dict[str, Any] = {"alliance": founded.alliance, "actor": founded.coordinator, "member": None, "name": "x"}
    with scope.within(founded.scope()):
        with pytest.raises(invitations.AlreadyInvited):
            operations.invite_person(**again, email="new@example.org")
        with pytest.raises(invitations.AlreadySeated):
            operations.invite_person(**again, email=founded.coordinator.sign_in)
        operations.withdraw_seat(alliance=founded.alliance, actor=founded.coordinator, invitation=invited)
        operations.invite_person(**again, email="new@example.org")


def test_invitations_are_the_backbones(founded: Built, invited: SeatInvitation) -> None:
    for member in founded.members:
        with scope.within(founded.scope(member)):
            assert not SeatInvitation.objects.exists()


def test_the_coordinator_invites_on_the_page(founded: Built, enter: Enter) -> None:
    carol, member = confirm(enter(founded.coordinator)), founded.members[3]
    path = f"/alliances/river/backbone/members/{member.pk}/"
    sent = carol.post(path + "invite/", {"name": "Vera", "email": "vera@example.org", "capacities": ["may_sign"]})
    assert sent.status_code == 302
    assert "vera@example.org" in carol.get(path).content.decode()
    wrong = carol.post(path + "invite/", {"name": "W", "email": "w@example.org", "capacities": ["may_coordinate"]})
    assert wrong.status_code == 422


@pytest.mark.parametrize("act", ["staff_invite", "representative_invite", "representative_end"])
def test_who_invites_or_ends_a_place_types_the_password_again(founded: Built, enter: Enter, act: str) -> None:
    """As on the pages of an agency (trust rule T13); the form that was sent goes through afterwards."""
    with scope.within(founded.scope()):
        place = Representative.objects.filter(member=founded.members[1], ended_at=None).first()
    assert place is not None
    args = {"staff_invite": [], "representative_invite": [founded.members[1].pk], "representative_end": [place.pk]}[act]
    path = reverse(act, args=["river", *args])
    asked = enter(founded.coordinator).post(path, {"name": "Vera", "email": "vera@example.org", "capacities": []})
    assert (asked.status_code, asked["Location"].partition("?")[0]) == (302, reverse("account_reauthenticate"))
    with scope.within(founded.scope()):
        assert not SeatInvitation.objects.filter(email="vera@example.org").exists()
        assert Representative.objects.filter(pk=place.pk, ended_at=None).exists()


def test_the_command_begins_an_alliance(db: None) -> None:
    out = StringIO()
    given = {"slug": "begun", "name": "Begun", "backbone": "Bridge", "email": "c@example.org"}
    call_command("create_alliance", **given, stdout=out)
    path = "/alliance-invitations/" + out.getvalue().split("/alliance-invitations/")[1].strip()
    Client().post(path, {"name": "Coordinator", "password": PASSWORD})
    user = User.objects.get(email="c@example.org")
    assert [seat.alliance_id for seat in seats_of(user.pk)] == [alliance_by_slug("begun")]
    with pytest.raises(CommandError, match="This address is taken"):
        call_command("create_alliance", **given, stdout=out)


def test_invitations_end_with_the_seat_of_who_sent_them(founded: Built, invited: SeatInvitation) -> None:
    alliance, other = founded.alliance, person("Vera")
    with scope.within(founded.scope()):
        coordinator = operations.add_representative(
            alliance=alliance, actor=None, user=other, member=None, capacities=("may_coordinate",)
        )
        theirs = operations.invite_person(
            alliance=alliance, actor=other, member=None, email="late@example.org", name="Late"
        )
        operations.end_representative(alliance=alliance, actor=founded.coordinator, representative=coordinator)
        assert [each.pk for each in SeatInvitation.objects.exclude(withdrawn_at=None)] == [theirs.pk]
    assert Client().post(link(theirs), {"name": "x", "password": PASSWORD}).status_code == 410
    assert Client().get(link(invited)).status_code == 200


def test_who_leaves_the_alliance_takes_its_open_invitations_along(founded: Built, invited: SeatInvitation) -> None:
    with scope.within(founded.scope()):
        operations.move_member(
            alliance=founded.alliance, actor=founded.coordinator, member=founded.members[2], state=MemberState.LEFT
        )
        assert SeatInvitation.objects.get().withdrawn_at is not None
    assert Client().post(link(invited), {"name": "x", "password": PASSWORD}).status_code == 410
