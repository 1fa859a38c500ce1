"""Logging a contact and taking what follows, by the forms of the pages."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Membership
from partners import operations
from partners.models import FollowUp, Holder, Partner
from partners.pages.partner import NEWEST_EVENTS
from ssu.models import TeamMember, Worker
from tests.cast import Visitor

Visit = Callable[[User], Visitor]


@pytest.fixture
def ruth(add: Any, giving: Any, places: SimpleNamespace) -> Partner:
    partner: Partner = add("Moab")
    giving(partner, (places.mine, 6000))
    return partner


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def test_a_call_leads_to_stage_and_task_by_one_tap_each(
    ruth: Partner, bob: User, led: SimpleNamespace, visit: Visit, inside: Agency
) -> None:
    browser = visit(bob)
    said = {"unit": led.open.pk, "channel": "call", "outcome": "appointment", "happened_on": inside.today(),
            "note": "Gladly", "note_for": "carers"}  # fmt: skip
    answer = browser.post(at("contact_log", ruth.pk), said)
    assert answer.status_code == 302
    page = browser.get(answer["Location"].partition("#")[0])
    proposal = page.context["proposal"]
    assert (proposal.stage, proposal.planned.startswith("Visit by")) == ("Appointment", True)
    assert [browser.post(url).status_code for url in (proposal.stage_url, proposal.next_url)] == [302, 302]
    page = browser.get(answer["Location"].partition("#")[0])
    assert (page.context["proposal"], [row.stage for row in page.context["stages"]]) == (None, ["Appointment"])
    assert [(row.how, row.who) for row in page.context["planned"]] == [("Visit", "me")]
    assert browser.post(proposal.stage_url).status_code == 409


def test_what_is_to_do_is_logged_from_its_row(ruth: Partner, alice: User, visit: Visit, inside: Agency) -> None:
    browser, me = visit(alice), Membership.objects.get(user=alice)
    given = {"channel": "visit", "text": "Thank her", "due_on": inside.today(), "member": me.pk}
    assert browser.post(at("follow_up_add", ruth.pk), given).status_code == 302
    row = browser.get(at("partner", ruth.pk)).context["planned"][0]
    form = browser.get(row.log_url).context["form"]
    assert form.initial["channel"] == "visit"
    said = {"channel": "visit", "outcome": "talked", "happened_on": inside.today(), "note_for": "carers",
            "settles": form.initial["settles"]}  # fmt: skip
    assert browser.post(row.log_url, said).status_code == 302
    todo = FollowUp.objects.get()
    assert (todo.end, todo.done_with.channel) == ("done", "visit")


def test_done_can_be_taken_back(ruth: Partner, alice: User, visit: Visit, inside: Agency) -> None:
    todo = operations.add_follow_up(
        agency=inside, actor=alice, partner=ruth, unit=None, channel="call", due_on=inside.today(), assignee=alice
    )
    browser = visit(alice)
    assert browser.post(at("follow_up_done", todo.pk)).status_code == 302
    assert browser.post(at("follow_up_done", todo.pk)).status_code == 409
    assert browser.post(at("follow_up_reopen", todo.pk)).status_code == 302
    todo.refresh_from_db()
    assert todo.ended_at is None


def test_a_follow_up_is_given_to_who_may_reach_the_partner(
    ruth: Partner, alice: User, carol: User, led: SimpleNamespace, visit: Visit, inside: Agency
) -> None:
    browser, of_carol = visit(alice), Membership.objects.get(user=carol)
    given = {"channel": "call", "due_on": inside.today(), "member": of_carol.pk}
    assert browser.post(at("follow_up_add", ruth.pk), given).status_code == 422
    worker = Worker.objects.get(membership=of_carol)
    operations.appoint_holder(agency=inside, actor=alice, partner=ruth, unit=led.open, worker=worker)
    assert browser.post(at("follow_up_add", ruth.pk), given).status_code == 302
    tasks = visit(carol).get(at("tasks")).content.decode()
    assert "Ruth Moab: be in touch by phone call." in tasks


def test_a_holder_is_named_and_ended(ruth: Partner, bob: User, carol: User, visit: Visit) -> None:
    browser = visit(bob)
    service = TeamMember.objects.get(worker__membership__user=carol)
    assert browser.post(at("holder_add", ruth.pk), {"service": service.pk, "is_primary": "on"}).status_code == 302
    row = browser.get(at("partner", ruth.pk)).context["holders"][0]
    assert (row.name, row.first) == ("Carol", True)
    assert browser.post(row.end_url, {"reason": "Moved"}).status_code == 302
    assert list(Holder.objects.standing()) == []


def test_another_units_service_cannot_be_named(
    ruth: Partner, bob: User, dan: User, led: SimpleNamespace, serve: Any, visit: Visit
) -> None:
    serve(dan, led.careful, "member")
    service = TeamMember.objects.get(worker__membership__user=dan)
    assert visit(bob).post(at("holder_add", ruth.pk), {"service": service.pk}).status_code == 422


@pytest.mark.parametrize("who", ["x", "9" * 40, "²", "-1", "0"])
def test_an_address_with_nonsense_proposes_nothing(who: str, ruth: Partner, alice: User, visit: Visit) -> None:
    browser = visit(alice)
    page = browser.get(at("partner", ruth.pk), {"contact": who})
    assert (page.status_code, page.context["proposal"]) == (200, None)
    assert browser.get(at("contact_log", ruth.pk), {"settles": who}).status_code == 200
    assert browser.get(at("stage_set", ruth.pk), {"unit": who}).status_code == 200


RECORD = 41
"""Statements of the record with rows of each kind in its newest days, as the administrator; ten belong to the frame.
Where one kind alone fills the newest days, the rows of the others are not fetched.
"""


@pytest.mark.parametrize("rows", [1, 3, 20])
def test_the_record_takes_the_same_queries_for_any_number_of_rows(
    rows: int, ruth: Partner, alice: User, led: SimpleNamespace, inside: Agency, visit: Visit, giving: Any,
    places: SimpleNamespace
) -> None:  # fmt: skip
    act: dict[str, Any] = {"agency": inside, "actor": alice}
    given: dict[str, Any] = {"partner": ruth, "unit": led.open, "channel": "call"}
    for _number in range(rows):
        operations.add_follow_up(**act, **given, due_on=inside.today(), assignee=alice)
        operations.log_contact(**act, **given, outcome="talked", happened_on=inside.today())
        giving(ruth, (places.mine, 100))
    browser, path = visit(alice), at("partner", ruth.pk)
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    assert len(queries) == (RECORD if rows < NEWEST_EVENTS // 2 else RECORD - 2)


def test_the_panel_opened_by_itself_is_the_whole_record(
    ruth: Partner, alice: User, visit: Visit, inside: Agency
) -> None:
    panel, record = (reverse(name, args=[inside.slug, ruth.pk]) for name in ("partner_panel", "partner"))
    assert visit(alice).get(panel)["Location"] == record
    beside = visit(alice).get(panel, headers={"HX-Request": "true"})
    assert (beside.status_code, "<html" in beside.content.decode()) == (200, False)
