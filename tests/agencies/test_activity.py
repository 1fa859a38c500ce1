"""The audit trail as people read it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies import audit, operations, scope
from agencies.models import Agency, AuditEntry, Membership
from agencies.queries.activity import Change, acts, change
from agencies.seats import Seat, seat_of
from tests.cast import SECRET


def at(agency: Agency, moment: datetime, verb: str, actor: User | None = None) -> None:
    with scope.of_agency(agency.pk):
        AuditEntry.objects.create(at=moment, verb=verb, actor=actor)


def verbs(page: Any) -> list[str]:
    """The last words of the acts on a page, in its order."""
    return [entry.sentence.rpartition(" ")[2] for day in page.context["days"] for entry in day.entries]


def test_page_shows_who_what_when_and_why(agency: Agency, alice: User, dan: User, visit: Any) -> None:
    with scope.of_agency(agency.pk):
        audit.record(
            actor=alice, verb="rename unit", label="Blue", changes={"name": ["Red", "Blue"]}, reason="asked by the team"
        )
    page = visit(alice).get(reverse("activity", args=["harbor"]))
    text = page.content.decode()
    for words in ("Alice renamed unit: Blue", "asked by the team", "<del>Red</del>", "<ins>Blue</ins>"):
        assert words in text
    assert SECRET not in text
    assert "Mallory" not in text


def test_page_is_filtered_by_person(agency: Agency, alice: User, dan: User, visit: Any) -> None:
    at(agency, datetime.now(UTC), "act of alice", alice)
    at(agency, datetime.now(UTC), "act of dan", dan)
    assert verbs(visit(alice).get(reverse("activity", args=["harbor"]), {"person": dan.pk})) == ["dan"]


def test_person_of_another_agency_is_no_choice(agency: Agency, alice: User, mallory: User, visit: Any) -> None:
    browser = visit(alice)
    foreign = browser.get(reverse("activity", args=["harbor"]), {"person": mallory.pk})
    missing = browser.get(reverse("activity", args=["harbor"]), {"person": 10**12})
    assert (foreign.status_code, missing.status_code) == (422, 422)
    assert foreign.context["form"].errors == missing.context["form"].errors
    assert verbs(foreign) == []


@pytest.mark.parametrize(
    ("zone", "shown"), [("UTC", ["b", "a"]), ("Pacific/Kiritimati", ["a"]), ("Pacific/Pago_Pago", ["c", "b"])]
)
def test_days_are_those_of_the_agency(agency: Agency, alice: User, visit: Any, zone: str, shown: list[str]) -> None:
    with scope.of_agency(agency.pk):
        operations.update_agency(agency=agency, actor=alice, time_zone=zone)
    at(agency, datetime(2026, 3, 3, 0, 30, tzinfo=UTC), "act a")
    at(agency, datetime(2026, 3, 3, 23, 30, tzinfo=UTC), "act b")
    at(agency, datetime(2026, 3, 4, 5, 0, tzinfo=UTC), "act c")
    day = {"first": "2026-03-03", "last": "2026-03-03"}
    assert verbs(visit(alice).get(reverse("activity", args=["harbor"]), day)) == shown


def test_days_in_the_wrong_order_are_refused(agency: Agency, alice: User, visit: Any) -> None:
    page = visit(alice).get(reverse("activity", args=["harbor"]), {"first": "2026-03-04", "last": "2026-03-03"})
    assert page.status_code == 422
    assert "The last day comes before the first." in page.content.decode()


def test_first_day_alone_is_open_to_the_right(agency: Agency, alice: User) -> None:
    at(agency, datetime(2026, 3, 3, 12, tzinfo=UTC), "before")
    at(agency, datetime(2026, 3, 4, 12, tzinfo=UTC), "after")
    with scope.of_agency(agency.pk):
        found = acts(seat_for(agency, alice), first=date(2026, 3, 4)).filter(verb__in=("before", "after"))
        assert [entry.verb for entry in found] == ["after"]


def test_page_takes_the_same_queries_for_1_3_and_60_acts(agency: Agency, alice: User, visit: Any) -> None:
    browser = visit(alice)
    counts = []
    for more in (1, 2, 57):
        for number in range(more):
            at(agency, datetime(2026, 3, 3, 12, number % 60, tzinfo=UTC), "act", alice)
        with CaptureQueriesContext(connection) as captured:
            page = browser.get(reverse("activity", args=["harbor"]), {"first": "2026-03-03", "last": "2026-03-03"})
        counts.append(len(captured))
    assert len(verbs(page)) == 50
    assert len(set(counts)) == 1, counts
    assert len(verbs(browser.get(reverse("activity", args=["harbor"]), {"page": 2}))) >= 10


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("staff", Change("role given", "", "staff")),
        ([None, "x"], Change("role given", "", "x")),
        (["a", ["b", 3]], Change("role given", "a", "b, 3")),
        ([1, 2, 3], Change("role given", "", "1, 2, 3")),
    ],
)
def test_kept_changes_become_words(kept: Any, shown: Change) -> None:
    assert change("role_given", kept) == shown


def seat_for(agency: Agency, user: User) -> Seat:
    """The seat of an administrator."""
    return seat_of(agency, Membership.objects.get(user=user))


def plan_of(rows: Any) -> str:
    """How the server would find these rows, were the table long."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return str(rows[:50].explain())


def test_a_long_trail_is_read_by_its_index(inside: Agency, alice: User) -> None:
    """The policy of shared rows has alternatives, which no index serves; the control is the same list without the
    name of its scope.
    """
    plans = [plan_of(rows) for rows in (acts(seat_for(inside, alice)), AuditEntry.objects.order_by("-at", "-pk"))]
    assert ["BitmapOr" in plan for plan in plans] == [False, True]
    assert "Index Cond: (agency_id = " in plans[0]
