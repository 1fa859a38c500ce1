"""The pages: who sees which case, and the way from the exit to the introduction."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry, Membership, Role
from agencies.seats import Seat
from handover.models import Case, Passing
from handover.pages.case import case_sheet
from ssu.models import TeamMember, Unit, Worker
from tests.cast import Visitor

DAY = timedelta(days=1)
Visit = Callable[[User], Visitor]
Make = Callable[..., Any]


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def test_from_the_exit_to_the_introduction(
    inside: Agency, alice: User, visit: Visit, held: Make, give: Make, anna: Worker, ben: TeamMember
) -> None:
    browser, today = visit(alice), inside.today()
    give(held("Moab"), 5000, today)
    held("Boaz")
    form = {"worker": anna.pk, "leaves_on": str(today), "how": "planned", "is_told": "on", "reason": "Secret word"}
    opened = browser.post(at("handover_add"), form)
    case = Case.objects.get()
    assert opened.url == at("handover", case.pk)
    page = browser.get(opened.url).content.decode()
    assert page.index("Moab") < page.index("Boaz")
    assert "$50.00" in page
    first, second = Passing.objects.order_by("pk")
    given = {"passing": [first.pk], "service": ben.pk, "due_on": str(today + DAY)}
    refused = browser.post(at("handover_pass", case.pk), {**given, "service": ""})
    assert (refused.status_code, refused.content.decode().count("checked")) == (422, 1), "what was ticked stays ticked"
    assert browser.post(at("handover_skip", case.pk), {"passing": second.pk}).status_code == 422, "nobody has died"
    assert browser.post(at("handover_pass", case.pk), given).status_code == 302
    assert "Ben Stone" in browser.get(at("passing", first.pk)).content.decode()
    assert browser.post(at("passing_introduced", first.pk), {"on": str(today)}).status_code == 302
    assert browser.post(at("handover_skip", case.pk), {"passing": second.pk, "why": "office"}).status_code == 302
    assert browser.post(at("handover_close", case.pk)).status_code == 302
    told = browser.get(at("handovers")).content.decode()
    assert ("Anna Fields" in told, "Secret word" in told) == (True, False)


def test_an_exit_that_is_not_told_is_seen_by_who_is_named(
    inside: Agency, alice: User, bob: User, visit: Visit, joins: Make, held: Make, leaves: Make
) -> None:
    joins(bob, Role.STAFF)
    held("Moab")
    case = leaves(is_told=False)
    assert visit(bob).get(at("handover", case.pk)).status_code == 404
    assert (
        "Anna" not in visit(bob).get(at("handovers")).content.decode().split("Hand-overs", 2)[-1].split("still hold")[0]
    )
    assert visit(alice).get(at("handover", case.pk)).status_code == 200
    assert visit(alice).post(at("handover_tell", case.pk)).status_code == 302
    assert visit(bob).get(at("handover", case.pk)).status_code == 200


def test_only_the_director_asks_and_each_time_is_written_down(
    inside: Agency, alice: User, bob: User, visit: Visit, joins: Make, held: Make, give: Make, anna: Worker
) -> None:
    joins(bob, Role.STAFF)
    give(held("Moab"), 5000, inside.today())
    assert visit(bob).get(at("handover_foresee")).status_code == 403
    page = visit(alice).post(at("handover_foresee"), {"worker": anna.pk})
    assert ("100%" in page.content.decode(), page.status_code) == (True, 200)
    [asked] = AuditEntry.objects.filter(verb="foresee leaving", object_id=anna.pk)
    assert asked.label == "Anna Fields"


def test_the_risk_of_a_unit_is_told_in_shares_alone(
    inside: Agency, alice: User, visit: Visit, unit: Unit, held: Make, give: Make
) -> None:
    give(held("Moab"), 5000, inside.today())
    page = visit(alice).get(at("unit_risk", unit.pk)).content.decode()
    assert ("100% of support" in page, "50.00" in page) == (True, False)


@pytest.mark.parametrize("more", [1, 3, 12])
def test_as_many_queries_for_any_number_of_partners(
    inside: Agency, alice: User, visit: Visit, held: Make, give: Make, leaves: Make, more: int
) -> None:
    for number in range(more):
        give(held(f"Moab{number}"), 5000, inside.today())
    case, browser = leaves(), visit(alice)
    browser.get(at("handover", case.pk))
    with CaptureQueriesContext(connection) as found:
        browser.get(at("handover", case.pk))
    assert len(found) <= QUERIES


QUERIES = 40


def test_the_file_tells_no_money_to_anybody(
    inside: Agency, alice: User, visit: Visit, held: Make, give: Make, leaves: Make
) -> None:
    give(held("Moab"), 5000, inside.today())
    case = leaves(reason="Secret word")
    member = Membership.objects.get(user=alice)
    sheet = case_sheet(Seat(inside, member, frozenset({"administrator"})), case)
    assert [word in f"{sheet.header} {sheet.rows}" for word in ("Moab", "50.00", "Secret word")] == [True, False, False]
