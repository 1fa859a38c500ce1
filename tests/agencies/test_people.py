"""The people of an agency: who sees them, who changes them, and what always holds."""

import time
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies import operations, scope
from agencies.access import space_mark
from agencies.models import Agency, AuditEntry, Membership, RoleGrant
from agencies.operations import people
from agencies.queries import open_invitations, people_without_second_factor, waiting_invitations
from tests.cast import PASSWORD, SECRET, Visitor, make_agency, person

QUERIES = 18
"""Ten of them open the door and draw the frame; one more since an administrator may invite."""
LAST = people.LastAdministrator.message


def place_of(agency: Agency, user: User) -> Membership:
    with scope.of_agency(agency.pk):
        return Membership.objects.get(user=user)


def roles_of(agency: Agency, user: User) -> set[str]:
    with scope.of_agency(agency.pk):
        return set(RoleGrant.objects.filter(membership__user=user, ended_at=None).values_list("role", flat=True))


def test_list_shows_people_with_roles_and_second_factor(agency: Agency, alice: User, visit: Any) -> None:
    page = visit(alice).get(reverse("people", args=["harbor"])).content.decode()
    for words in ("Alice", "alice@example.org", "Administrator", "Dan", "Board (read only)"):
        assert words in page
    assert SECRET not in page
    assert "mallory" not in page


def test_search_narrows_the_list(agency: Agency, alice: User, visit: Any) -> None:
    page = visit(alice).get(reverse("people", args=["harbor"]), {"q": "dan@"}).content.decode()
    assert "dan@example.org" in page
    assert "alice@example.org" not in page


def test_list_takes_the_same_queries_for_1_3_and_50_people(alice: User, visit: Any, joins: Any) -> None:
    small, browser, counts = make_agency("small", alice), visit(alice), []
    for size in (1, 3, 50):
        with scope.of_agency(small.pk):
            missing = size - Membership.objects.count()
        for number in range(missing):
            joins(person(f"Worker{size}x{number}"), "staff", to=small)
        with CaptureQueriesContext(connection) as captured:
            page = browser.get(reverse("people", args=["small"]))
        assert len(page.context["colleagues"]) == size
        counts.append(len(captured))
    assert counts == [QUERIES] * 3


def test_missing_second_factor_is_shown_where_a_role_asks_for_it(
    agency: Agency, alice: User, visit: Any, joins: Any, bob: User, carol: User
) -> None:
    Authenticator.objects.filter(user=bob).delete()
    Authenticator.objects.filter(user=carol).delete()
    joins(bob, "finance")
    joins(carol, "staff")
    with scope.of_agency(agency.pk):
        assert [place.user for place in people_without_second_factor()] == [bob]
    assert visit(alice).get(reverse("people", args=["harbor"])).content.decode().count("Missing") == 1


def test_role_is_given_and_ended_with_a_way_back(agency: Agency, alice: User, dan: User, confirmed: Any) -> None:
    browser: Visitor = confirmed(alice)
    pk = place_of(agency, dan).pk
    assert browser.post(reverse("role_give", args=["harbor", pk]), {"role": "staff"}).status_code == 302
    assert roles_of(agency, dan) == {"staff", "board"}
    ended = browser.post(reverse("role_end", args=["harbor", pk, "staff"]), {"reason": "moved"}, follow=True)
    assert roles_of(agency, dan) == {"board"}
    assert reverse("role_restore", args=["harbor", pk, "staff"]) in ended.content.decode()
    browser.post(reverse("role_restore", args=["harbor", pk, "staff"]))
    assert roles_of(agency, dan) == {"staff", "board"}
    with scope.of_agency(agency.pk):
        last = AuditEntry.objects.filter(verb="end role").get()
    assert (last.actor, last.label, last.changes, last.reason) == (alice, "Dan", {"role": "staff"}, "moved")


@pytest.mark.parametrize("role", ["leader", "king", "member"])
def test_role_of_a_unit_or_of_nothing_is_refused(
    agency: Agency, alice: User, dan: User, confirmed: Any, role: str
) -> None:
    browser: Visitor = confirmed(alice)
    pk = place_of(agency, dan).pk
    assert browser.post(reverse("role_give", args=["harbor", pk]), {"role": role}).status_code == 422
    assert browser.post(reverse("role_restore", args=["harbor", pk, role])).status_code == 409
    assert roles_of(agency, dan) == {"board"}


def test_last_administrator_stays(agency: Agency, alice: User, confirmed: Any) -> None:
    browser: Visitor = confirmed(alice)
    pk = place_of(agency, alice).pk
    refused = browser.post(reverse("role_end", args=["harbor", pk, "administrator"]))
    assert refused.status_code == 422
    assert LAST in refused.content.decode()
    left = browser.post(reverse("person_end", args=["harbor", pk]), {"reason": "tired"})
    assert left.status_code == 422
    assert LAST in left.content.decode()
    assert roles_of(agency, alice) == {"administrator"}


def test_second_administrator_may_let_the_first_go(
    agency: Agency, alice: User, bob: User, confirmed: Any, joins: Any
) -> None:
    joins(bob, "administrator")
    pk = place_of(agency, alice).pk
    assert confirmed(bob).post(reverse("person_end", args=["harbor", pk]), {"reason": "moved"}).status_code == 302
    assert place_of(agency, alice).left_at is not None
    assert roles_of(agency, alice) == set()


def test_membership_ends_with_a_reason_and_units_hear_of_it(
    agency: Agency, alice: User, dan: User, confirmed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(people, "_enders", [lambda **of: ended.append(of["membership"].pk)])
    browser: Visitor = confirmed(alice)
    place = place_of(agency, dan)
    path = reverse("person_end", args=["harbor", place.pk])
    assert browser.post(path, {"reason": ""}).status_code == 422
    assert place_of(agency, dan).left_at is None
    assert browser.post(path, {"reason": "term is over"}).status_code == 302
    assert place_of(agency, dan).left_at is not None
    assert ended == [place.pk]
    with scope.of_agency(agency.pk):
        assert AuditEntry.objects.get(verb="remove member").reason == "term is over"
    assert browser.post(path, {"reason": "again"}).status_code == 404


def test_who_left_finds_nothing_with_a_live_session(agency: Agency, alice: User, dan: User, visit: Any) -> None:
    browser: Visitor = visit(dan)
    assert browser.get(reverse("search", args=["harbor"])).status_code == 200
    with scope.of_agency(agency.pk):
        operations.remove_member(agency=agency, actor=alice, membership=place_of(agency, dan), reason="term is over")
    assert browser.get(reverse("search", args=["harbor"])).status_code == 404


def test_password_is_asked_again_and_the_form_goes_through(agency: Agency, alice: User, dan: User, visit: Any) -> None:
    browser: Visitor = visit(alice)
    path = reverse("role_give", args=["harbor", place_of(agency, dan).pk])
    asked = browser.post(path, {"role": "staff"})
    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert roles_of(agency, dan) == {"board"}
    assert browser.post(asked["Location"], {"password": "wrong", "next": path}).status_code == 200
    assert roles_of(agency, dan) == {"board"}
    assert browser.post(asked["Location"], {"password": PASSWORD, "next": path}).status_code == 302
    assert roles_of(agency, dan) == {"staff", "board"}


@pytest.mark.parametrize(("age", "asked"), [(0, False), (299, False), (301, True)])
def test_who_has_just_signed_in_is_not_asked_again(
    agency: Agency, alice: User, dan: User, confirmed: Any, age: int, asked: bool
) -> None:
    browser: Visitor = confirmed(alice)
    session = browser.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() - age}]
    session.save()
    answer = browser.post(reverse("role_give", args=["harbor", place_of(agency, dan).pk]), {"role": "staff"})
    assert answer["Location"].startswith(reverse("account_reauthenticate")) == asked
    assert ("staff" in roles_of(agency, dan)) is not asked


POSTS = ("role_give", "role_end", "role_restore", "person_end", "invite", "invitation_resend")


@pytest.mark.parametrize("name", POSTS)
def test_every_change_of_people_asks_for_the_password_again(
    agency: Agency, alice: User, dan: User, visit: Any, name: str
) -> None:
    with scope.of_agency(agency.pk):
        operations.invite(agency=agency, actor=alice, email="erin@example.org", name="Erin", roles=["staff"])
        before = AuditEntry.objects.count()
    answer = visit(alice).post(path_of(agency, name, place_of(agency, dan)), {"role": "staff", "reason": "x"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    with scope.of_agency(agency.pk):
        assert AuditEntry.objects.count() == before


def path_of(agency: Agency, name: str, place: Membership) -> str:
    if name == "invite":
        return reverse(name, args=[agency.slug])
    if name.startswith("invitation"):
        with scope.of_agency(agency.pk):
            return reverse(name, args=[agency.slug, waiting_invitations().get().pk])
    return reverse(name, args=[agency.slug, place.pk, *(["board"] if name in {"role_end", "role_restore"} else [])])


PAGES = ("people", "person", "settings", "activity", "search", "invite")


@pytest.mark.parametrize("name", [*PAGES, *POSTS, "invitation_withdraw"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_outsider_gets_the_404_of_an_agency_that_does_not_exist(
    agency: Agency, alice: User, dan: User, mallory: User, confirmed: Any, name: str, method: str
) -> None:
    with scope.of_agency(agency.pk):
        operations.invite(agency=agency, actor=alice, email="erin@example.org", name="Erin", roles=["staff"])
        before = AuditEntry.objects.count()
    path = path_of(agency, name, place_of(agency, dan)) if name not in PAGES else page_of(agency, name, dan)
    browser: Visitor = confirmed(mallory)
    there = getattr(browser, method)(path)
    nowhere = getattr(browser, method)(path.replace("/harbor/", "/no-such-agency/"))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    with scope.of_agency(agency.pk):
        assert AuditEntry.objects.count() == before


def page_of(agency: Agency, name: str, user: User) -> str:
    return reverse(name, args=[agency.slug, *([place_of(agency, user).pk] if name == "person" else [])])


@pytest.mark.parametrize("name", ["role_give", "role_end", "role_restore", "person_end", "person"])
def test_membership_of_another_agency_does_not_exist(
    agency: Agency, elsewhere: Agency, alice: User, mallory: User, confirmed: Any, name: str
) -> None:
    theirs = place_of(elsewhere, mallory).pk
    browser: Visitor = confirmed(alice)
    method = browser.get if name == "person" else browser.post
    more = ["administrator"] if name in {"role_end", "role_restore"} else []
    assert method(reverse(name, args=["harbor", theirs, *more]), {"role": "staff", "reason": "x"}).status_code == 404
    assert method(reverse(name, args=["harbor", 10**12, *more]), {"role": "staff", "reason": "x"}).status_code == 404
    assert roles_of(elsewhere, mallory) == {"administrator"}


@pytest.mark.parametrize("name", ["invitation_resend", "invitation_withdraw"])
def test_invitation_of_another_agency_does_not_exist(
    agency: Agency, elsewhere: Agency, alice: User, mallory: User, confirmed: Any, name: str
) -> None:
    with scope.of_agency(elsewhere.pk):
        theirs = operations.invite(agency=elsewhere, actor=mallory, email="e@example.org", name="Eve", roles=["staff"])
    assert confirmed(alice).post(reverse(name, args=["harbor", theirs.pk])).status_code == 404
    with scope.of_agency(elsewhere.pk):
        assert [each.nonce for each in open_invitations()] == [theirs.nonce]


@pytest.mark.parametrize(("role", "allowed"), [("board", {"search"}), ("finance", {"search"}), ("staff", {"search"})])
def test_member_without_the_right_gets_403(
    agency: Agency, bob: User, dan: User, confirmed: Any, joins: Any, role: str, allowed: set[str]
) -> None:
    joins(bob, role)
    browser: Visitor = confirmed(bob)
    answers = {name: browser.get(page_of(agency, name, dan)).status_code for name in PAGES}
    assert answers == {name: 200 if name in allowed else 403 for name in PAGES}
    changes = {name: browser.post(path_of(agency, name, place_of(agency, dan))).status_code for name in POSTS[:5]}
    assert set(changes.values()) == {403}
    assert browser.post(reverse("settings", args=["harbor"])).status_code == 403


def test_form_of_another_workspace_is_refused(
    agency: Agency, elsewhere: Agency, alice: User, dan: User, confirmed: Any, joins: Any
) -> None:
    joins(alice, "administrator", to=elsewhere)
    browser: Visitor = confirmed(alice)
    path = reverse("role_give", args=["harbor", place_of(agency, dan).pk])
    for mark in (space_mark(elsewhere.pk, alice.pk), space_mark(agency.pk, dan.pk), "", "forged"):
        assert browser.post(path, {"role": "staff", "space": mark}).status_code == 409
    assert roles_of(agency, dan) == {"board"}
    assert browser.post(path, {"role": "staff"}).status_code == 302


def test_signed_out_visitor_is_sent_to_sign_in(agency: Agency, client: Any) -> None:
    answer = client.get(reverse("people", args=["harbor"]))
    assert (answer.status_code, answer["Location"].startswith(reverse("account_login"))) == (302, True)


def test_name_is_escaped(agency: Agency, alice: User, visit: Any, joins: Any) -> None:
    eve = person("eve")
    User.objects.filter(pk=eve.pk).update(name="<script>alert(1)</script>")
    joins(eve, "staff")
    assert "<script>alert(1)" not in visit(alice).get(reverse("people", args=["harbor"])).content.decode()
