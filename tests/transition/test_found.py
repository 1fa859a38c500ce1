"""What a hostile reader found: each stands here so that it does not come back."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from core.periods import month_start
from partners.models import Commitment, GivingUnit
from partners.operations import Part, add_commitment, change_commitment, record_gift, take_back_change
from partners.operations.commitment_changes import InUse
from ssu.models import Unit, Worker
from ssu.operations import add_team_member, worker_of
from tests.cast import Visitor
from tests.transition.test_pages import at
from transition import operations
from transition.models import Guarantee, Kind, Plan, Shift, Wave
from transition.operations.acts import TimeToAnswer
from transition.operations.moves import BeforeTheNotice, TooFarAhead
from transition.operations.waves import KeyStays, LessTime, PayNotGuaranteed
from transition.proofs import prove_transition
from transition.queries.lists import in_no_wave
from transition.queries.months import ledger
from transition.queries.old_accounts import still_on_old_accounts

DAY = timedelta(days=1)


@pytest.fixture
def shift(opened: Callable[..., list[Shift]], promise: Callable[..., Commitment], inside: Agency) -> Shift:
    [made] = opened(promise("Moab", 5000), on=inside.today() - 200 * DAY)
    return made


def moved(inside: Agency) -> int:
    return ledger(inside, Plan.objects.all())[month_start(inside.today())]["USD"].moved


def move(act: dict[str, Any], shift: Shift, told: int, start: int) -> None:
    """Told and agreed `told` days ago, to the unit since `start` days ago."""
    today = shift.wave.plan.agency.today()
    said: dict[str, Any] = {**act, "shift": shift, "on": today - told * DAY, "how": "spoken"}
    operations.give_notice(**said)
    operations.agree(**said)
    operations.move(**act, shift=shift, on=today - told * DAY, effective_on=today - start * DAY)


def test_whoever_gives_to_the_unit_without_a_name_is_not_named_in_the_field(
    act: dict[str, Any],
    inside: Agency,
    bob: User,
    unit: Unit,
    shift: Shift,
    places: SimpleNamespace,
    visit: Callable[[User], Visitor],
    joins: Callable[..., Any],
) -> None:
    member = joins(bob)
    add_team_member(**act, unit=unit, worker=worker_of(member), role="leader", joined_on=inside.today() - DAY)
    move(act, shift, 100, 90)
    browser, giver = visit(bob), shift.commitment.giving_unit
    assert "Ruth Moab" in browser.get(at("wave", shift.wave_id)).content.decode()
    part = Part(places.unit, Money(5000, "USD"))
    said: dict[str, Any] = {"shift": shift, "on": inside.today(), "last_day": inside.today() - DAY, "how": "spoken"}
    operations.stop(**act, **said, words="Old Moab is ill")
    words = [at("shift", shift.pk), at("api_shift_acts", shift.pk)]
    assert ["Old Moab" in browser.get(each).content.decode() for each in words] == [True, True]
    record_gift(**act, giving_unit=giver, on=inside.today() - DAY, parts=[part], key="unnamed", anonymous=True)
    today = inside.today()
    pages = (
        *words,
        at("wave", shift.wave_id),
        at("shift", shift.pk),
        at("transition_month", shift.wave.plan_id, today.year, today.month),
    )
    for address in pages:
        page = browser.get(address)
        assert (page.status_code, "Moab" in page.content.decode()) == (200, False)
    assert "/giving/commitments/" not in browser.get(at("shift", shift.pk)).content.decode(), "its page names the giver"
    assert browser.get(at("api_shift", shift.pk)).json()["commitment"] is None


def test_words_of_a_talk_stay_in_the_transition(act: dict[str, Any], inside: Agency, shift: Shift) -> None:
    said: dict[str, Any] = {**act, "shift": shift, "on": inside.today(), "how": "spoken"}
    operations.give_notice(**said)
    operations.stop(**said, last_day=inside.today(), words="Ill since spring")
    assert Commitment.objects.get().ended_reason == "Asked to stop"


def test_a_promise_in_a_wave_cannot_be_taken_back(
    act: dict[str, Any], inside: Agency, promise: Callable[..., Commitment], wave: Wave
) -> None:
    old, today = promise("Moab", 5000), inside.today()
    made = change_commitment(**act, commitment=old, amount=Money(6000, "USD"), frequency="monthly", starts_on=today)
    operations.add_to_wave(**act, wave=wave, commitments=[made])
    with pytest.raises(InUse):
        take_back_change(**act, commitment=made)
    operations.remove_from_wave(**act, shift=Shift.objects.get())
    take_back_change(**act, commitment=made)


def test_what_was_only_planned_is_free_when_the_transition_ends(
    act: dict[str, Any], unit: Unit, places: SimpleNamespace, promise: Callable[..., Commitment], wave: Wave
) -> None:
    ours = promise("Moab", 5000)
    operations.add_to_wave(**act, wave=wave, commitments=[ours])
    operations.end_plan(**act, plan=wave.plan)
    again = operations.start_plan(**act, unit=unit, designation=places.unit)
    assert list(in_no_wave(again)) == [ours]


def test_a_second_move_waits_for_a_gift_of_its_own(
    act: dict[str, Any], inside: Agency, shift: Shift, give: Callable[..., Any], places: SimpleNamespace
) -> None:
    today = inside.today()
    give(shift.commitment, places.unit, 700, today - 110 * DAY)
    move(act, shift, 100, 98)
    assert moved(inside) == 0
    give(shift.commitment, places.unit, 5000, today - 80 * DAY)
    assert moved(inside) == 5000
    back = today - 60 * DAY
    operations.roll_back(**act, shift=shift, on=back, effective_on=back, words="Asked")
    with pytest.raises(BeforeTheNotice):
        move(act, shift, 20, 40)
    operations.move(**act, shift=shift, on=today, effective_on=today - 20 * DAY)
    assert (moved(inside), prove_transition(inside).differences) == (0, [])
    give(shift.commitment, places.unit, 5000, today - 2 * DAY)
    assert (moved(inside), prove_transition(inside).differences) == (5000, [])
    operations.take_back_act(**act, act=shift.acts.order_by("-pk")[0])
    with pytest.raises(TooFarAhead):
        operations.move(**act, shift=shift, on=today, effective_on=today + 400 * DAY)


def test_a_key_donor_never_ends_as_silent(
    act: dict[str, Any],
    inside: Agency,
    opened: Callable[..., list[Shift]],
    promise: Callable[..., Commitment],
    anna: Worker,
) -> None:
    today = inside.today()
    key, other = opened(promise("A", 1), promise("B", 2), on=today - 40 * DAY)
    Shift.objects.filter(pk=key.pk).update(is_key=True, talker=anna)
    key.refresh_from_db()
    operations.tell_all(**act, wave=other.wave, on=today, how="letter")
    with pytest.raises(TimeToAnswer):
        operations.note_silence(**act, shift=other, on=today)
    with pytest.raises(LessTime):
        operations.change_wave(**act, wave=other.wave, name="Sooner", reply_by=other.wave.reply_by - DAY)
    for terms in ({"is_key": False, "talker": anna}, {"is_key": True, "talker": None}):
        with pytest.raises(KeyStays):
            operations.set_shift(**act, shift=key, **terms)
    operations.take_back_act(**act, act=other.acts.get())
    operations.give_notice(**act, shift=other, on=today - 3 * DAY, how="letter")
    operations.note_silence(**act, shift=other, on=today)
    with pytest.raises(KeyStays):
        operations.set_shift(**act, shift=other, is_key=True, talker=anna)
    assert [each.kind for each in other.acts.order_by("pk")][-1] == Kind.SILENT


def test_a_guarantee_that_has_run_out_opens_nothing(
    act: dict[str, Any],
    inside: Agency,
    wave: Wave,
    guaranteed: None,
    promise: Callable[..., Commitment],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    today = inside.today()
    operations.add_to_wave(**act, wave=wave, commitments=[promise("Moab", 5000)])
    Wave.objects.filter(pk=wave.pk).update(reply_by=today)
    past = Guarantee.objects.get()
    operations.guarantee(
        **act,
        plan=wave.plan,
        account=past.account,
        how="As now",
        given_by="The board",
        until=today,
        told_on=today - 60 * DAY,
    )
    assert operations.open_wave(**act, wave=wave, on=today - 30 * DAY).opened_on == today - 30 * DAY
    second = operations.add_wave(**act, plan=wave.plan, name="Late", reply_by=today)
    operations.add_to_wave(**act, wave=second, commitments=[promise("Elimelech", 5000)])
    monkeypatch.setattr(Agency, "today", lambda self: today + DAY)
    with pytest.raises(PayNotGuaranteed):
        operations.open_wave(**act, wave=second, on=today)


def test_what_was_moved_and_moved_back_is_in_a_wave(act: dict[str, Any], inside: Agency, shift: Shift) -> None:
    move(act, shift, 100, 90)
    back = inside.today() - 30 * DAY
    operations.roll_back(**act, shift=shift, on=back, effective_on=back, words="Asked")
    assert list(in_no_wave(shift.wave.plan)) == []


@pytest.mark.parametrize(
    "month", ["9999/12", "99999999999999999999/1", "2026/99999999999999999999", "2090/5", "2026/13"]
)
def test_months_that_are_none_are_not_there(
    month: str, alice: User, visit: Callable[[User], Visitor], shift: Shift
) -> None:
    address = at("transition_month", shift.wave.plan_id, 2026, 1).replace("2026/1", month)
    assert visit(alice).get(address).status_code == 404


def test_a_gift_for_another_promise_is_not_on_the_list(
    act: dict[str, Any], inside: Agency, shift: Shift, give: Callable[..., Any], places: SimpleNamespace
) -> None:
    move(act, shift, 100, 90)
    give(shift.commitment, places.account, 700, inside.today() - 30 * DAY)
    assert len(still_on_old_accounts(shift.wave.plan)) == 1
    add_commitment(
        **act,
        giving_unit=GivingUnit.objects.get(pk=shift.commitment.giving_unit_id),
        designation=places.account,
        amount=Money(700, "USD"),
        frequency="monthly",
        starts_on=inside.today() - 60 * DAY,
    )
    assert still_on_old_accounts(shift.wave.plan) == []


def test_a_late_reply_is_noted_after_the_wave_closed(act: dict[str, Any], inside: Agency, shift: Shift) -> None:
    today = inside.today()
    operations.give_notice(**act, shift=shift, on=today - DAY, how="letter")
    operations.note_silence(**act, shift=shift, on=today)
    operations.close_wave(**act, wave=shift.wave)
    operations.agree(**act, shift=shift, on=today, how="spoken")
    operations.move(**act, shift=shift, on=today, effective_on=today)
    operations.roll_back(**act, shift=shift, on=today, effective_on=today + DAY, words="Asked")
    assert [each.kind for each in shift.acts.order_by("pk")][-1] == Kind.ROLLED_BACK
