"""The transition by program: the same operations, rights and masking as the pages, once per key."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency, Role
from agencies.operations import add_member
from partners.models import Commitment
from ssu.models import Unit, Worker
from tests.cast import Visitor
from transition import operations
from transition.models import Plan, Shift, ShiftAct, Wave

DAY = timedelta(days=1)
NOWHERE = 2**40
Visit = Callable[[User], Visitor]


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


def send(browser: Visitor, path: str, data: dict[str, Any], key: str = "", verb: str = "post") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return getattr(browser, verb)(path, data, content_type="application/json", headers=headers)


def test_from_a_plan_to_the_first_gift(
    inside: Agency,
    alice: User,
    visit: Visit,
    unit: Unit,
    anna: Worker,
    places: SimpleNamespace,
    promise: Callable[..., Commitment],
    give: Callable[..., Any],
) -> None:
    browser, today, commitment = visit(alice), inside.today(), promise("Moab", 10000)
    said: dict[str, Any] = {"unit": unit.pk, "designation": places.unit.pk}
    first, again = (send(browser, at("api_transitions"), said, "k1") for _ in range(2))
    assert (first.status_code, first.json(), Plan.objects.count()) == (201, again.json(), 1)
    assert send(browser, at("api_transitions"), said).json()["code"] == "transition_runs"
    plan = first.json()["id"]
    assert (first.json()["unit_name"], first.json()["ended_at"]) == ("Riverbend", None)
    made = send(browser, at("api_transition_waves", plan), {"name": "Friends", "reply_by": str(today + 30 * DAY)})
    wave = made.json()["id"]
    added = send(browser, at("api_wave_shifts", wave), {"commitments": [commitment.pk], "is_key": True})
    assert (added.status_code, added.json()["size"], added.json()["keys"]) == (201, 1, 1)
    assert send(browser, at("api_wave_open", wave), {}).json()["code"] == "wave_guarantee"
    word = {"how": "As now", "until": str(today + DAY), "given_by": "The board", "told_on": str(today)}
    kept = send(browser, at("api_transition_guarantees", plan), {"account": places.account.pk, **word})
    assert (kept.status_code, kept.json()["how"], kept.json()["account_name"]) == (201, "As now", "Anna Fields")
    [row] = browser.get(at("api_wave_shifts", wave)).json()["results"]
    assert (row["state"], row["amount"], row["talker"]) == ("listed", "100.00", None)
    assert send(browser, at("api_wave_open", wave), {}).json()["code"] == "wave_talker"
    named = send(browser, at("api_shift", row["id"]), {"talker": anna.pk}, verb="patch").json()
    assert (named["is_key"], named["talker"], named["talker_name"]) == (True, anna.pk, "Anna Fields")
    assert send(browser, at("api_wave_open", wave), {}).json()["state"] == "open"
    acts = at("api_shift_acts", row["id"])
    for kind in ("notice", "agree"):
        told = {"kind": kind, "on": str(today), "how": "spoken", "words": "Gladly"}
        assert {send(browser, acts, told, kind).status_code for _ in range(2)} == {201}
    moved = {"kind": "move", "on": str(today), "effective_on": str(today), "amount": "60"}
    assert send(browser, acts, moved).json()["effective_on"] == str(today)
    assert send(browser, acts, moved).json()["code"] == "shift_not_now"
    assert [each["kind"] for each in browser.get(acts).json()["results"]] == ["moved", "agreed", "noticed"]
    give(commitment, places.unit, 6000, today)
    [month] = browser.get(at("api_transition_months", plan)).json()["results"]
    figures = {"before": "100.00", "moved": "60.00", "stayed": "0.00", "lost": "40.00", "pending": "0.00"}
    assert month == {"month": f"{today:%Y-%m}", "currency": "USD", **figures, "new": "0.00"}
    assert send(browser, at("api_transition_end", plan), {}).json()["code"] == "transition_waves_run"
    assert send(browser, at("api_wave_close", wave), {}).json()["state"] == "closed"
    assert send(browser, at("api_transition_end", plan), {}).json()["ended_at"] is not None


@pytest.fixture
def shift(opened: Callable[..., list[Shift]], promise: Callable[..., Commitment], inside: Agency) -> Shift:
    [made] = opened(promise("Moab", 10000), on=inside.today() - 60 * DAY)
    return made


@pytest.mark.parametrize(
    ("kind", "lacks"),
    [
        ("notice", {"how"}),
        ("stop", {"how", "last_day"}),
        ("leave", {"words"}),
        ("move", {"effective_on"}),
        ("back", {"effective_on", "words"}),
    ],
)
def test_a_kind_without_its_fields_names_them(
    inside: Agency, alice: User, visit: Visit, shift: Shift, kind: str, lacks: set[str]
) -> None:
    answer = send(visit(alice), at("api_shift_acts", shift.pk), {"kind": kind, "on": str(inside.today())})
    assert answer.status_code == 400
    assert all(name in answer.content.decode() for name in lacks)
    assert not ShiftAct.objects.exists()


def test_a_slip_is_taken_back_and_stays_readable(inside: Agency, alice: User, visit: Visit, shift: Shift) -> None:
    browser = visit(alice)
    told = {"kind": "notice", "on": str(inside.today()), "how": "letter"}
    made = send(browser, at("api_shift_acts", shift.pk), told).json()
    path = at("api_shift_act", shift.pk, made["id"])
    gone = send(browser, path, {"reason": "Another family"}, verb="delete")
    assert (gone.status_code, gone.json()["taken_back_reason"]) == (200, "Another family")
    assert send(browser, path, {}, verb="delete").json()["code"] == "shift_nothing_to_take_back"
    assert browser.get(at("api_shift", shift.pk)).json()["state"] == "listed"
    assert send(browser, at("api_shift", shift.pk), {}, verb="delete").json()["code"] == "wave_not_planned"


def test_all_are_told_and_all_are_silent(inside: Agency, alice: User, visit: Visit, shift: Shift) -> None:
    browser, told = visit(alice), {"on": str(inside.today() - DAY), "how": "letter"}
    answers = [send(browser, at("api_wave_tell", shift.wave_id), told, "k").json() for _ in range(2)]
    assert answers == [{"noted": 1}, {"noted": 1}]
    assert send(browser, at("api_wave_silent", shift.wave_id), {}).json() == {"noted": 1}
    assert send(browser, at("api_wave_silent", shift.wave_id), {}).json()["code"] == "wave_nobody_left"


def test_a_gift_on_the_old_account_is_talked_over(
    inside: Agency,
    alice: User,
    visit: Visit,
    shift: Shift,
    act: dict[str, Any],
    give: Callable[..., Any],
    places: SimpleNamespace,
) -> None:
    browser, today = visit(alice), inside.today()
    for note in (operations.give_notice, operations.agree):
        note(**act, shift=shift, on=today - 50 * DAY, how="spoken")
    operations.move(**act, shift=shift, on=today, effective_on=today - 40 * DAY)
    line = give(shift.commitment, places.account, 10000, today).lines.get()
    still = at("api_transition_old_accounts", shift.wave.plan_id)
    [row] = browser.get(still).json()["results"]
    assert (row["shift"], row["gift_line"], row["amount"]) == (shift.pk, line.pk, "100.00")
    said = {"gift_line": line.pk, "on": str(today), "words": "Forgot"}
    first, again = (send(browser, at("api_shift_talks", shift.pk), said, "k") for _ in range(2))
    assert (first.status_code, first.json(), browser.get(still).json()["count"]) == (201, again.json(), 0)
    path = at("api_shift_talk", shift.pk, first.json()["id"])
    assert [browser.delete(path).status_code for _ in range(2)] == [200, 409]
    assert browser.get(still).json()["count"] == 1


def test_who_reads_figures_reads_no_commitments(
    inside: Agency, alice: User, bob: User, visit: Visit, shift: Shift
) -> None:
    add_member(agency=inside, actor=alice, user=bob, roles=(Role.BOARD,))
    browser, plan = visit(bob), shift.wave.plan_id
    paths = {
        at("api_transitions"): 200,
        at("api_transition_months", plan): 200,
        at("api_transition_guarantees", plan): 403,
        at("api_wave_shifts", shift.wave_id): 403,
        at("api_shift", shift.pk): 403,
        at("api_shift_acts", shift.pk): 403,
    }
    assert {path: browser.get(path).status_code for path in paths} == paths


def test_mallory_learns_nothing(mallory: User, visit: Visit, shift: Shift) -> None:
    browser, plan = visit(mallory), shift.wave.plan_id
    for path in (at("api_transitions"), at("api_transition_months", plan), at("api_shift", shift.pk)):
        assert browser.get(path).status_code == 404


def test_an_id_that_is_not_there_is_refused_beside_its_field(
    inside: Agency, alice: User, visit: Visit, shift: Shift, unit: Unit
) -> None:
    browser, today, plan = visit(alice), str(inside.today()), shift.wave.plan_id
    word = {"how": "As now", "until": today, "given_by": "The board", "told_on": today}
    tried: list[tuple[str, str, dict[str, Any], str]] = [
        ("post", at("api_transitions"), {"unit": NOWHERE, "designation": 1}, "unit"),
        ("post", at("api_transitions"), {"unit": unit.pk, "designation": NOWHERE}, "designation"),
        ("post", at("api_transition_guarantees", plan), {"account": NOWHERE, **word}, "account"),
        ("post", at("api_wave_shifts", shift.wave_id), {"commitments": [NOWHERE]}, "commitments"),
        ("patch", at("api_shift", shift.pk), {"talker": NOWHERE}, "talker"),
        ("post", at("api_wave_tell", shift.wave_id), {"on": today, "how": "letter", "message": NOWHERE}, "message"),
        ("post", at("api_shift_talks", shift.pk), {"on": today, "gift_line": NOWHERE}, "gift_line"),
    ]
    for verb, path, said, field in tried:
        answer = send(browser, path, said, verb=verb)
        assert (path, answer.status_code, field in answer.content.decode()) == (path, 400, True)


def test_words_of_a_closed_unit_are_kept_from_those_outside(
    inside: Agency, alice: User, bob: User, visit: Visit, shift: Shift, act: dict[str, Any]
) -> None:
    operations.give_notice(**act, shift=shift, on=inside.today(), how="spoken", words="Secret words")
    add_member(agency=inside, actor=alice, user=bob, roles=(Role.STAFF,))
    Unit.objects.filter(pk=shift.wave.plan.unit_id).update(discretion="closed", alias="Unit 7")
    browser, plan = visit(bob), shift.wave.plan_id
    said = [
        browser.get(path).content.decode()
        for path in (
            at("api_transitions"),
            at("api_transition_guarantees", plan),
            at("api_transition_waves", plan),
            at("api_wave_shifts", shift.wave_id),
            at("api_shift_acts", shift.pk),
        )
    ]
    for word in ("Riverbend", "Secret words", "general fund", "The board", "Friends of Anna"):
        assert not any(word in each for each in said), word
    change = send(browser, at("api_wave", shift.wave_id), {"name": "Other"}, verb="patch")
    assert (change.status_code, Wave.objects.get().name) == (403, "Friends of Anna")


@pytest.mark.parametrize("name", ["api_wave_shifts", "api_transition_waves", "api_shift_acts"])
def test_lists_ask_as_much_for_many_as_for_one(
    inside: Agency,
    alice: User,
    visit: Visit,
    act: dict[str, Any],
    shift: Shift,
    plan: Plan,
    promise: Callable[..., Commitment],
    name: str,
) -> None:
    browser, today, counts = visit(alice), inside.today(), []
    more = operations.add_wave(**act, plan=plan, name="More", reply_by=today)
    steps = (operations.give_notice, operations.agree, operations.decline, operations.agree)
    pk = {"api_wave_shifts": more.pk, "api_transition_waves": plan.pk, "api_shift_acts": shift.pk}[name]
    for number, step in enumerate(steps, 1):
        operations.add_to_wave(**act, wave=more, commitments=[promise(f"Giver {number}", 100)])
        operations.add_wave(**act, plan=plan, name=f"Wave {number}", reply_by=today)
        step(**act, shift=shift, on=today, how="spoken")
        if number in (1, 4):
            with CaptureQueriesContext(connection) as seen:
                rows = browser.get(at(name, pk)).json()["results"]
            counts.append((len(rows) > number - 1, len(seen)))
    assert (len(set(counts)), counts[0][0]) == (1, True), counts
