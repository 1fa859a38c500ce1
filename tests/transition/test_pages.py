"""The pages of the transition: what each shows to whom, and the way from a plan to the first gift."""

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
from partners.models import Commitment
from ssu.models import Unit, Worker
from tests.cast import Visitor
from transition import operations
from transition.models import Kind, Plan, Shift, ShiftAct, TalkedOver, Wave

DAY = timedelta(days=1)
Visit = Callable[[User], Visitor]


def at(name: str, *args: Any) -> str:
    return reverse(name, args=["harbor", *args])


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
    browser, today = visit(alice), inside.today()
    promise("Moab", 10000)
    page = browser.get(at("transition", unit.pk))
    assert "The transition has not begun" in page.content.decode()
    begun = browser.post(at("transition", unit.pk), {"designation": places.unit.pk})
    assert (begun.status_code, Plan.objects.get().designation) == (302, places.unit)
    plan = Plan.objects.get()
    assert "Pay not guaranteed" in browser.get(at("transition", unit.pk)).content.decode()
    word = {"how": "As now", "until": str(today + DAY), "given_by": "The board", "told_on": str(today)}
    browser.post(at("guarantee_add", plan.pk, places.account.pk), word)
    words = browser.get(at("transition", unit.pk)).content.decode()
    assert ("Pay not guaranteed" in words, "1 commitment in no wave" in words) == (False, True)
    made = browser.post(at("wave_add", plan.pk), {"name": "Friends", "reply_by": str(today + 30 * DAY)})
    wave = Wave.objects.get()
    assert made.url == at("wave_choose", wave.pk)
    commitment = Commitment.objects.get()
    assert browser.post(at("wave_choose", wave.pk), {}).status_code == 422
    browser.post(at("wave_choose", wave.pk), {"commitment": commitment.pk, "is_key": "1"})
    shift = Shift.objects.get()
    refused = browser.post(at("wave_open", wave.pk), {"on": str(today)})
    assert (refused.status_code, Wave.objects.get().opened_on) == (422, None)
    assert "Name who talks to each key donor first: 1 without anybody." in refused.content.decode()
    browser.post(at("shift_set", shift.pk), {"is_key": "on", "talker": anna.pk})
    browser.post(at("wave_open", wave.pk), {"on": str(today)})
    assert Wave.objects.get().opened_on == today
    said = {"on": str(today), "how": "spoken"}
    for act in ("notice", "agree"):
        assert browser.post(at("shift_act", shift.pk, act), said).status_code == 302
    moved = {"on": str(today), "effective_on": str(today), "amount": "60", "frequency": "monthly"}
    browser.post(at("shift_act", shift.pk, "move"), moved)
    give(commitment, places.unit, 6000, today)
    page = browser.get(at("transition", unit.pk))
    [glance] = page.context["glances"]
    assert [tile["value"] for tile in glance.tiles] == ["$100.00", "$60.00", "$0.00", "$40.00", "$0.00"]
    assert [tile["meta"] for tile in glance.tiles] == ["", "60%", "0%", "40%", "0%"]
    behind = browser.get(at("transition_month", plan.pk, today.year, today.month) + "?part=lost")
    [row] = behind.context["rows"]
    assert [cell.amount for cell in row.cells] == ["$100.00", "$60.00", "", "$40.00", "", ""]
    closed = browser.post(at("wave_close", wave.pk))
    assert (closed.status_code, Wave.objects.get().closed_on) == (302, today)
    exported = browser.get(at("transition", unit.pk) + "?export=csv")
    assert exported.status_code == 302


@pytest.fixture
def shift(opened: Callable[..., list[Shift]], promise: Callable[..., Commitment], inside: Agency) -> Shift:
    [made] = opened(promise("Moab", 10000), on=inside.today() - 60 * DAY)
    return made


def test_each_button_leads_to_what_can_be_noted(
    inside: Agency, alice: User, visit: Visit, shift: Shift, act: dict[str, Any]
) -> None:
    browser, today = visit(alice), inside.today()
    given = {
        "on": str(today),
        "how": "spoken",
        "words": "Words",
        "effective_on": str(today),
        "last_day": str(today),
        "amount": "100",
        "frequency": "monthly",
    }

    def buttons() -> list[str]:
        return [each.url.split("/")[-2] for each in browser.get(at("shift", shift.pk)).context["buttons"]]

    assert buttons() == ["notice", "leave"]
    for word, after in (
        ("notice", ["notice", "agree", "decline", "silence", "stop", "leave"]),
        ("agree", ["move", "decline", "stop", "leave"]),
        ("move", ["stop", "back"]),
    ):
        assert browser.post(at("shift_act", shift.pk, word), given).status_code == 302
        assert buttons() == after
    last = ShiftAct.objects.order_by("pk").last()
    assert last is not None
    browser.post(at("shift_take_back", shift.pk, last.pk), {"reason": "Another family"})
    page = browser.get(at("shift", shift.pk)).content.decode()
    assert ("Struck out: Another family" in page, buttons()) == (True, ["move", "decline", "stop", "leave"])


def test_a_form_says_what_is_wrong(inside: Agency, alice: User, visit: Visit, shift: Shift) -> None:
    browser, today = visit(alice), inside.today()
    ahead = browser.post(at("shift_act", shift.pk, "notice"), {"on": str(today + DAY), "how": "spoken"})
    assert (ahead.status_code, "still to come" in ahead.content.decode()) == (422, True)
    assert browser.get(at("shift_act", shift.pk, "dance")).status_code == 404


def test_all_are_told_and_all_are_silent_but_key_donors(
    inside: Agency,
    alice: User,
    visit: Visit,
    opened: Callable[..., list[Shift]],
    promise: Callable[..., Commitment],
) -> None:
    browser, told = visit(alice), inside.today() - 10 * DAY
    first, second, key = opened(promise("A", 1), promise("B", 2), promise("C", 3), on=inside.today() - 20 * DAY)
    Shift.objects.filter(pk=key.pk).update(is_key=True)
    browser.post(at("wave_tell", first.wave_id), {"on": str(told), "how": "letter"})
    assert set(ShiftAct.objects.values_list("shift", "kind")) == {(first.pk, "noticed"), (second.pk, "noticed")}
    browser.post(at("wave_silent", first.wave_id))
    kinds = ShiftAct.objects.filter(kind=Kind.SILENT).values_list("shift", flat=True)
    assert set(kinds) == {first.pk, second.pk}
    assert browser.post(at("wave_silent", first.wave_id)).status_code == 409


def test_a_gift_on_the_old_account_is_talked_over_and_stays(
    inside: Agency,
    alice: User,
    visit: Visit,
    shift: Shift,
    act: dict[str, Any],
    give: Callable[..., Any],
    places: SimpleNamespace,
) -> None:
    browser, today = visit(alice), inside.today()
    operations.give_notice(**act, shift=shift, on=today - 50 * DAY, how="spoken")
    operations.agree(**act, shift=shift, on=today - 50 * DAY, how="spoken")
    give(shift.commitment, places.account, 10000, today - 45 * DAY)
    operations.move(**act, shift=shift, on=today, effective_on=today - 40 * DAY)
    gift = give(shift.commitment, places.account, 10000, today - 3 * DAY)
    unit = shift.wave.plan.unit_id
    [row] = browser.get(at("transition", unit)).context["still"]
    line = gift.lines.get()
    assert row.url == at("transition_talk", shift.pk, line.pk)
    browser.post(row.url, {"on": str(today), "words": "She had forgotten"})
    assert browser.get(at("transition", unit)).context["still"] == []
    line.refresh_from_db()
    assert line.designation == places.account
    assert browser.post(row.url, {"on": str(today)}).status_code == 422
    browser.post(at("transition_talk_back", shift.pk, TalkedOver.objects.get().pk))
    assert len(browser.get(at("transition", unit)).context["still"]) == 1


@pytest.mark.parametrize(
    ("role", "figures", "commitments", "talks", "guarantees"),
    [
        (Role.STAFF, 200, 200, 200, 403),
        (Role.FINANCE, 200, 200, 403, 200),
        (Role.BOARD, 200, 403, 403, 403),
    ],
)
def test_who_may_what(
    inside: Agency,
    alice: User,
    bob: User,
    visit: Visit,
    shift: Shift,
    places: SimpleNamespace,
    role: str,
    figures: int,
    commitments: int,
    talks: int,
    guarantees: int,
) -> None:
    from agencies.operations import add_member

    add_member(agency=inside, actor=alice, user=bob, roles=(role,))
    browser, plan = visit(bob), shift.wave.plan
    answers = [
        browser.get(address).status_code
        for address in (
            at("transitions"),
            at("shift", shift.pk),
            at("shift_act", shift.pk, "notice"),
            at("guarantee_add", plan.pk, places.account.pk),
        )
    ]
    assert answers == [figures, commitments, talks, guarantees]


def test_mallory_learns_nothing(mallory: User, visit: Visit, shift: Shift) -> None:
    browser, plan = visit(mallory), shift.wave.plan
    for address in (
        at("transitions"),
        at("transition", plan.unit_id),
        at("wave", shift.wave_id),
        at("shift", shift.pk),
    ):
        assert browser.get(address).status_code == 404


@pytest.mark.parametrize("page", ["transitions", "transition", "wave", "shift", "month"])
def test_pages_ask_as_much_for_many_as_for_one(
    inside: Agency,
    alice: User,
    visit: Visit,
    act: dict[str, Any],
    opened: Callable[..., list[Shift]],
    promise: Callable[..., Commitment],
    page: str,
) -> None:
    browser, today = visit(alice), inside.today()
    *shifts, _waits = opened(*(promise(f"Giver {number}", 100) for number in range(5)), on=today - 40 * DAY)
    plan = shifts[0].wave.plan
    address = {
        "transitions": at("transitions"),
        "transition": at("transition", plan.unit_id),
        "wave": at("wave", shifts[0].wave_id),
        "shift": at("shift", shifts[0].pk),
        "month": at("transition_month", plan.pk, today.year, today.month),
    }[page]
    counts = []
    for each in shifts:
        operations.give_notice(**act, shift=each, on=today, how="spoken")
        operations.agree(**act, shift=each, on=today, how="spoken")
        operations.move(**act, shift=each, on=today, effective_on=today)
        browser.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        counts.append(len(seen))
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 40


def test_the_record_and_the_call_tell_of_the_shift(
    inside: Agency, alice: User, dan: User, visit: Visit, shift: Shift, act: dict[str, Any]
) -> None:
    browser, partner = visit(alice), shift.commitment.giving_unit.partner_id
    call, record = at("call", partner), at("partner", partner)
    assert "They were not told yet." in browser.get(call).content.decode()
    operations.give_notice(**act, shift=shift, on=inside.today(), how="spoken")
    assert "Anna Fields to Riverbend. Notice given," in browser.get(call).content.decode()
    assert "Anna Fields to Riverbend" in browser.get(record).content.decode()
    operations.leave(**act, shift=shift, on=inside.today(), words="Ill")
    operations.close_wave(**act, wave=shift.wave)
    operations.end_plan(**act, plan=shift.wave.plan)
    assert "Anna Fields to Riverbend" not in browser.get(record).content.decode()


def test_a_foreign_designation_is_as_one_that_is_not_there(
    inside: Agency, alice: User, mallory: User, elsewhere: Agency, visit: Visit, unit: Unit, places: SimpleNamespace
) -> None:
    from agencies import scope
    from funds.operations import open_designation

    with scope.within(scope.Scope(agency_id=elsewhere.pk)):
        foreign = open_designation(
            agency=elsewhere, actor=mallory, code="1", public_name="Theirs", kind="general", unit=None
        )
    browser = visit(alice)
    said = [
        browser.post(at("transition", unit.pk), {"designation": number}).context["form"].errors
        for number in (foreign.pk, 99_999_999)
    ]
    assert (said[0] == said[1], Plan.objects.count()) == (True, 0)


def test_a_transition_that_ended_stays_readable_beside_the_next(
    inside: Agency, alice: User, visit: Visit, shift: Shift, act: dict[str, Any], unit: Unit, places: SimpleNamespace
) -> None:
    browser, old = visit(alice), shift.wave.plan
    operations.leave(**act, shift=shift, on=inside.today(), words="Ill")
    operations.close_wave(**act, wave=shift.wave)
    operations.end_plan(**act, plan=old, reason="All were asked")
    assert browser.get(at("transition", unit.pk)).context["plan"] == old
    new = operations.start_plan(**act, unit=unit, designation=places.unit)
    page = browser.get(at("transition", unit.pk))
    assert (page.context["plan"], [each["why"] for each in page.context["others"]]) == (new, ["All were asked"])
    earlier = browser.get(page.context["others"][0]["url"])
    assert earlier.context["plan"] == old
    assert len(earlier.context["waves"]) == 1
    assert [each["words"] for each in earlier.context["others"]] == ["runs now"]
    assert ("form" in earlier.context, "may_plan" in earlier.context and earlier.context["may_plan"]) == (False, False)
    for wrong in ("0", "x", "9" * 30):
        assert browser.get(at("transition", unit.pk), {"plan": wrong}).status_code in (200, 404)


def test_what_comes_to_most_in_a_year_is_offered_first(
    inside: Agency,
    alice: User,
    visit: Visit,
    wave: Wave,
    promise: Callable[..., Commitment],
    opened: Callable[..., list[Shift]],
) -> None:
    promises = [
        promise("Yearly", 30000, frequency="yearly"),
        promise("Abroad", 24500, currency="CAD"),
        promise("Monthly", 20000),
    ]
    browser, today = visit(alice), inside.today()
    rows = browser.get(at("wave_choose", wave.pk)).context["rows"]
    assert [each.giver.split()[-1] for each in rows] == ["Abroad", "Monthly", "Yearly"]
    opened(*promises)
    month = browser.get(at("transition_month", wave.plan_id, today.year, today.month))
    assert month.context["currency"] == "USD", "the agency's own, not the first of the alphabet"
