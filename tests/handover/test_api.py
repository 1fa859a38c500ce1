"""The hand-over by program: the same operations, rights and masking as the pages, once per key."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, AuditEntry, Membership, Role
from handover.models import Case, Passing
from ssu.models import TeamMember, Unit, Worker
from tests.cast import Visitor

DAY = timedelta(days=1)
NOWHERE = 2**40
Visit = Callable[[User], Visitor]
Make = Callable[..., Any]


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def send(browser: Visitor, path: str, data: dict[str, Any], key: str = "", verb: str = "post") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return getattr(browser, verb)(path, data, content_type="application/json", headers=headers)


def test_from_the_exit_to_the_introduction(
    inside: Agency, alice: User, visit: Visit, held: Make, give: Make, anna: Worker, ben: TeamMember
) -> None:
    browser, today = visit(alice), inside.today()
    give(held("Moab"), 5000, today)
    held("Boaz")
    said = {"worker": anna.pk, "leaves_on": str(today), "reason": "Secret word"}
    first, again = (send(browser, at("api_handovers"), said, "k1") for _ in range(2))
    assert (first.status_code, first.json(), Case.objects.count()) == (201, again.json(), 1)
    case = first.json()["id"]
    rows = browser.get(at("api_handover_passings", case)).json()
    assert [(row["partner_name"], row["support"], row["state"]) for row in rows] == [
        ("Ruth Moab", [{"amount": "50.00", "currency": "USD"}], "open"),
        ("Ruth Boaz", [], "open"),
    ]
    given = {"passings": [rows[0]["id"]], "service": ben.pk, "due_on": str(today + DAY)}
    path = at("api_handover_pass", case)
    assert send(browser, path, {**given, "service": NOWHERE}).status_code == 400
    assert [send(browser, path, given, "k2").json() for _ in range(2)] == [{"noted": 1}] * 2
    assert send(browser, path, given).json()["code"] == "passing_settled"
    assert send(browser, at("api_handover_close", case), {}).json()["code"] == "handover_unfinished"
    step = browser.get(at("api_handover_passings", case)).json()[0]["last_act"]
    assert send(browser, at("api_passing_step", rows[0]["id"], step), {}, verb="delete").json() == {"noted": 1}
    send(browser, path, given)
    assert send(browser, at("api_passing_introduced", rows[0]["id"]), {"on": str(today)}).json() == {"noted": 1}
    left = {"passings": [rows[1]["id"]], "why": "office"}
    assert send(browser, at("api_handover_skip", case), left).json() == {"noted": 1}
    assert send(browser, at("api_handover_close", case), {}).json()["closed_at"] is not None
    told = [browser.get(path).content.decode() for path in (at("api_handovers"), at("api_handover", case))]
    assert ["Anna Fields" in each for each in told] == [True, True]
    assert "Secret word" not in "".join(told)


def test_who_may_know_before_it_is_told(
    inside: Agency, alice: User, bob: User, visit: Visit, joins: Make, held: Make, anna: Worker
) -> None:
    joins(bob, Role.STAFF)
    held("Moab")
    said: dict[str, Any] = {"worker": anna.pk, "leaves_on": str(inside.today()), "is_told": False}
    assert send(visit(alice), at("api_handovers"), {**said, "readers": [NOWHERE]}).status_code == 400
    case = send(visit(alice), at("api_handovers"), said).json()["id"]
    for name in ("api_handover", "api_handover_passings"):
        assert visit(bob).get(at(name, case)).status_code == 404
    assert visit(bob).get(at("api_handovers")).json()["results"] == []
    assert send(visit(alice), at("api_handover_tell", case), {}).json()["told_at"] is not None
    assert visit(bob).get(at("api_handover", case)).status_code == 200


def test_access_ends_only_by_who_edits_people(
    inside: Agency, bob: User, visit: Visit, joins: Make, held: Make, anna: Worker, ben: TeamMember
) -> None:
    joins(bob, Role.STAFF)
    held("Moab")
    said = {"worker": anna.pk, "leaves_on": str(inside.today()), "how": "death", "introducer": None}
    assert send(visit(bob), at("api_handovers"), said).status_code == 403
    assert Case.objects.count() == 0


def test_what_rests_on_one_person(
    inside: Agency, alice: User, bob: User, visit: Visit, joins: Make, held: Make, give: Make, unit: Unit, anna: Worker
) -> None:
    give(held("Moab"), 5000, inside.today())
    assert visit(alice).get(at("api_unit_risk", unit.pk)).json() == [
        {"currency": "USD", "single": 100, "unheld": 0, "bus_factor": 1}
    ]
    [lost] = send(visit(alice), at("api_handover_foresee"), {"worker": anna.pk}).json()
    assert (lost["unit"], lost["held"], lost["alone"], lost["currency"], lost["partners"]) == (
        unit.pk,
        "50.00",
        "50.00",
        "USD",
        1,
    )
    assert AuditEntry.objects.filter(verb="foresee leaving").count() == 1
    joins(bob, Role.STAFF)
    assert send(visit(bob), at("api_handover_foresee"), {"worker": anna.pk}).status_code == 403


def test_why_somebody_leaves_a_closed_unit_is_for_who_may_know_the_unit(
    inside: Agency, alice: User, bob: User, visit: Visit, joins: Make, held: Make, leaves: Make, unit: Unit
) -> None:
    joins(bob, Role.STAFF)
    held("Moab")
    case, page = leaves(reason="The valley burned"), "handover"
    assert "The valley burned" in visit(bob).get(at(page, case.pk)).content.decode()
    Unit.objects.filter(pk=unit.pk).update(discretion="closed", alias="Birch")
    assert "The valley burned" not in visit(bob).get(at(page, case.pk)).content.decode()
    assert "The valley burned" in visit(alice).get(at(page, case.pk)).content.decode()
    assert Passing.objects.filter(case=case).count() == Membership.objects.filter(user=bob).count() == 1
