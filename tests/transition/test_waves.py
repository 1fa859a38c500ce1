"""Waves: who is in them, when they open and close, and what keeps them from it."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from agencies.models import Agency
from core.money import Money
from partners.models import Commitment
from partners.operations import change_commitment, end_commitment
from ssu.models import Unit, Worker
from transition import operations
from transition.models import Plan, Shift, Wave
from transition.operations.guarantees import HoldsNoMore, NotAWorkersAccount, ToldAhead
from transition.operations.plans import NotOfTheUnit, PlanOver, PlanRuns, WavesRun
from transition.operations.waves import (
    CommitmentOver,
    EmptyWave,
    InAnotherWave,
    NobodyTalks,
    NotAllAnswered,
    NoTimeToReply,
    NotOnTheTeam,
    NotOpen,
    NotPlanned,
    OnAnotherAccount,
    OpensAhead,
    PayNotGuaranteed,
    SomeAreOver,
)

DAY = timedelta(days=1)


def test_one_transition_of_a_unit_runs_and_goes_to_the_unit(
    act: dict[str, Any], unit: Unit, places: SimpleNamespace, plan: Plan
) -> None:
    with pytest.raises(PlanRuns):
        operations.start_plan(**act, unit=unit, designation=places.unit)
    for wrong in (places.account, places.general):
        with pytest.raises(NotOfTheUnit):
            operations.start_plan(**act, unit=unit, designation=wrong)
    operations.end_plan(**act, plan=plan, reason="Begun too early")
    with pytest.raises(PlanOver):
        operations.end_plan(**act, plan=plan)
    assert operations.start_plan(**act, unit=unit, designation=places.unit).pk != plan.pk


def test_a_wave_opens_when_pay_is_guaranteed_and_somebody_talks(
    act: dict[str, Any],
    wave: Wave,
    plan: Plan,
    places: SimpleNamespace,
    promise: Callable[..., Commitment],
    anna: Worker,
) -> None:
    with pytest.raises(EmptyWave):
        operations.open_wave(**act, wave=wave)
    [shift] = operations.add_to_wave(**act, wave=wave, commitments=[promise("Moab", 5000)], is_key=True)
    with pytest.raises(PayNotGuaranteed, match="0777"):
        operations.open_wave(**act, wave=wave)
    today = plan.agency.today()
    word = {**act, "plan": plan, "how": "As now", "given_by": "The board"}
    with pytest.raises(NotAWorkersAccount):
        operations.guarantee(**word, account=places.unit, until=today, told_on=today)
    with pytest.raises(ToldAhead):
        operations.guarantee(**word, account=places.account, until=today, told_on=today + DAY)
    with pytest.raises(HoldsNoMore):
        operations.guarantee(**word, account=places.account, until=today - DAY, told_on=today)
    first = operations.guarantee(**word, account=places.account, until=today, told_on=today)
    second = operations.guarantee(**word, account=places.account, until=today + DAY, told_on=today)
    first.refresh_from_db()
    assert (first.ended_at is None, second.ended_at) == (False, None)
    with pytest.raises(NobodyTalks, match="1 without"):
        operations.open_wave(**act, wave=wave)
    operations.set_shift(**act, shift=shift, is_key=True, talker=anna)
    assert operations.open_wave(**act, wave=wave).state == Wave.State.OPEN
    shift.refresh_from_db()
    assert (shift.amount, shift.currency, shift.frequency) == (5000, "USD", "monthly")
    with pytest.raises(NotPlanned):
        operations.remove_from_wave(**act, shift=shift)


def test_nobody_is_asked_twice(act: dict[str, Any], wave: Wave, plan: Plan, promise: Callable[..., Commitment]) -> None:
    ours = promise("Moab", 5000)
    operations.add_to_wave(**act, wave=wave, commitments=[ours])
    later = change_commitment(
        **act, commitment=ours, amount=Money(6000, "USD"), frequency="monthly", starts_on=plan.agency.today()
    )
    second = operations.add_wave(**act, plan=plan, name="All others", reply_by=plan.agency.today())
    for again in (ours, later):
        with pytest.raises((InAnotherWave, CommitmentOver)):
            operations.add_to_wave(**act, wave=second, commitments=[again])
    with pytest.raises(InAnotherWave, match=r"1\. Friends of Anna"):
        operations.add_to_wave(**act, wave=second, commitments=[later])


def test_only_what_runs_on_a_workers_account_is_in_a_wave(
    act: dict[str, Any], wave: Wave, places: SimpleNamespace, promise: Callable[..., Commitment], inside: Agency
) -> None:
    over, today = promise("Over", 5000), inside.today()
    end_commitment(**act, commitment=over, on=today - DAY)
    ahead = promise("Ahead", 5000, starts_on=today + DAY)
    for wrong in (over, ahead):
        with pytest.raises(CommitmentOver):
            operations.add_to_wave(**act, wave=wave, commitments=[promise("Fine", 1), wrong])
    for elsewhere in (places.unit, places.general):
        with pytest.raises(OnAnotherAccount):
            operations.add_to_wave(**act, wave=wave, commitments=[promise("Else", 5000, elsewhere)])
    assert not Shift.objects.exists()


def test_what_ended_meanwhile_is_taken_out_first(
    act: dict[str, Any], wave: Wave, guaranteed: None, promise: Callable[..., Commitment], inside: Agency
) -> None:
    stays, over = promise("Stays", 5000), promise("Over", 5000)
    shifts = operations.add_to_wave(**act, wave=wave, commitments=[stays, over])
    end_commitment(**act, commitment=over, on=inside.today() - DAY)
    with pytest.raises(SomeAreOver, match="1 commitments"):
        operations.open_wave(**act, wave=wave)
    operations.remove_from_wave(**act, shift=next(each for each in shifts if each.commitment_id == over.pk))
    assert operations.open_wave(**act, wave=wave).opened_on == inside.today()


def test_days_look_ahead_and_talkers_serve(
    act: dict[str, Any], wave: Wave, plan: Plan, promise: Callable[..., Commitment], anna: Worker, inside: Agency
) -> None:
    from ssu.operations import add_worker

    late = operations.add_wave(**act, plan=plan, name="Late", reply_by=inside.today() - DAY)
    with pytest.raises(NoTimeToReply):
        operations.open_wave(**act, wave=late)
    with pytest.raises(OpensAhead):
        operations.open_wave(**act, wave=wave, on=inside.today() + DAY)
    [shift] = operations.add_to_wave(**act, wave=wave, commitments=[promise("Moab", 5000)])
    with pytest.raises(NotOnTheTeam):
        operations.set_shift(**act, shift=shift, is_key=False, talker=add_worker(**act, name="Else", code="W9"))
    assert operations.set_shift(**act, shift=shift, is_key=False, talker=anna).talker == anna


def test_a_wave_closes_when_all_stand_somewhere(
    act: dict[str, Any], wave: Wave, plan: Plan, opened: Callable[..., list[Shift]], promise: Callable[..., Commitment]
) -> None:
    [shift] = opened(promise("Moab", 5000))
    with pytest.raises(WavesRun):
        operations.end_plan(**act, plan=plan)
    with pytest.raises(NotAllAnswered, match="1 commitments"):
        operations.close_wave(**act, wave=wave)
    operations.leave(**act, shift=shift, on=plan.agency.today(), words="She is ill")
    assert operations.close_wave(**act, wave=wave).state == Wave.State.CLOSED
    with pytest.raises(NotOpen):
        operations.change_wave(**act, wave=wave, name="Else", reply_by=plan.agency.today())
    operations.give_notice(**act, shift=shift, on=plan.agency.today(), how="spoken")


@pytest.mark.parametrize("change", [{"amount": 1}, {"currency": "EUR"}, {"frequency": "yearly"}])
def test_what_was_promised_at_the_opening_never_changes(
    opened: Callable[..., list[Shift]], promise: Callable[..., Commitment], change: dict[str, Any]
) -> None:
    [shift] = opened(promise("Moab", 5000))
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).update(**change)
    with pytest.raises(DatabaseError, match="was opened"), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).delete()


def test_what_is_not_said_stays_as_it_is_by_then(
    act: dict[str, Any], promise: Callable[..., Commitment], wave: Wave, anna: Worker
) -> None:
    """Two who read the same change each another thing: neither takes the other's back."""
    [shift] = operations.add_to_wave(**act, wave=wave, commitments=[promise("Moab", 5000)])
    read = Shift.objects.select_related("wave__plan").get(pk=shift.pk)
    operations.set_shift(**act, shift=shift, talker=anna)
    operations.set_shift(**act, shift=read, is_key=True)
    stands = Shift.objects.get()
    assert (stands.is_key, stands.talker) == (True, anna)
    later = wave.reply_by + timedelta(days=9)
    operations.change_wave(**act, wave=wave, reply_by=later)
    operations.change_wave(**act, wave=wave, name="Neighbors")
    assert (Wave.objects.get().name, Wave.objects.get().reply_by) == ("Neighbors", later)
