"""The list of workspaces."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import spaces
from accounts.models import User
from accounts.spaces import Group, Space
from agencies import operations, scope
from agencies.models import Agency
from tests.cast import SECRET, make_agency


def member_of(agency: Agency, user: User, *roles: str) -> None:
    with scope.of_agency(agency.pk):
        operations.add_member(agency=agency, actor=None, user=user, roles=roles)


def test_single_workspace_is_entered_at_once(agency: Agency, dan: User, visit: Any) -> None:
    assert visit(dan).get(reverse("spaces"))["Location"] == reverse("home", args=["harbor"])


def test_several_are_listed_with_the_roles_held_there(agency: Agency, elsewhere: Agency, dan: User, visit: Any) -> None:
    member_of(elsewhere, dan, "staff", "finance")
    page = visit(dan).get(reverse("spaces"))
    assert page.context["groups"] == [
        Group(
            "Agencies",
            [
                Space(f"Elsewhere {SECRET}", "Staff, Finance", reverse("home", args=["elsewhere"])),
                Space("Harbor Light", "Board (read only)", reverse("home", args=["harbor"])),
            ],
        )
    ]


def test_none_is_explained(bob: User, visit: Any) -> None:
    page = visit(bob).get(reverse("spaces"))
    assert page.status_code == 200
    assert "You have no workspace yet" in page.content.decode()


def test_workspace_that_one_left_is_gone(agency: Agency, alice: User, dan: User, visit: Any) -> None:
    with scope.of_agency(agency.pk):
        place = operations.add_member(agency=agency, actor=alice, user=dan)
        operations.remove_member(agency=agency, actor=alice, membership=place, reason="over")
    assert "Harbor Light" not in visit(dan).get(reverse("spaces")).content.decode()


def test_other_kinds_of_workspaces_stand_below(
    agency: Agency, dan: User, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spaces, "_finders", {"agency": spaces._finders["agency"]})
    spaces.register("alliance", lambda user: [Space("Coast", f"Coordinator {user.name}", "/alliances/coast/")])
    groups = visit(dan).get(reverse("spaces")).context["groups"]
    assert [group.heading for group in groups] == ["Agencies", "Alliances"]
    assert groups[1].spaces == [Space("Coast", "Coordinator Dan", "/alliances/coast/")]


def test_every_further_workspace_costs_a_few_queries(agency: Agency, alice: User, dan: User, visit: Any) -> None:
    """Each agency is read in its own scope, so the number grows; it grows by the same for each."""
    browser, counts = visit(dan), []
    for number in range(3):
        member_of(make_agency(f"more{number}", alice), dan, "staff")
        with CaptureQueriesContext(connection) as captured:
            browser.get(reverse("spaces"))
        counts.append(len(captured))
    assert counts[1] - counts[0] == counts[2] - counts[1] <= 7
