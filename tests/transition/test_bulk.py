"""What is noted for many at once asks as much for many as for one; bad input changes nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.days import day_in_words
from agencies.models import Agency
from core.errors import Refused
from partners.models import Commitment
from partners.operations import end_commitment
from transition import operations
from transition.models import Kind, Plan, Shift, ShiftAct, Wave
from transition.operations.acts import AlreadyOver, BeforeTheLast
from transition.operations.moves import BeforeTheNotice
from transition.operations.waves import InAnotherWave

DAY = timedelta(days=1)
Opened = Callable[..., list[Shift]]
Promise = Callable[..., Commitment]


def test_bulk_acts_ask_as_much_for_many_as_for_one(
    act: dict[str, Any], inside: Agency, plan: Plan, guaranteed: None, promise: Promise
) -> None:
    today, counts = inside.today(), []
    for size in (1, 12):
        wave = operations.add_wave(**act, plan=plan, name=f"Of {size}", reply_by=today - DAY)
        promises = [promise(f"Giver {size} {number}", 100) for number in range(size)]
        operations.add_to_wave(**act, wave=wave, commitments=promises)
        operations.open_wave(**act, wave=wave, on=today - 40 * DAY)
        with CaptureQueriesContext(connection) as told:
            assert len(operations.tell_all(**act, wave=wave, on=today - 30 * DAY, how="letter")) == size
        with CaptureQueriesContext(connection) as silent:
            assert len(operations.note_silences(**act, wave=wave, on=today)) == size
        counts.append((len(told), len(silent)))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12


def standing() -> tuple[int, list[tuple[int, str, date | None]]]:
    """All that a refusal must leave as it is."""
    promises = Commitment.objects.order_by("pk").values_list("amount", "designation__code", "ends_on")
    return ShiftAct.objects.count(), list(promises)


def test_an_effective_date_before_the_notice_changes_nothing(
    act: dict[str, Any], inside: Agency, opened: Opened, promise: Promise
) -> None:
    today = inside.today()
    [shift] = opened(promise("Moab", 5000), on=today - 20 * DAY)
    operations.give_notice(**act, shift=shift, on=today - 10 * DAY, how="spoken")
    operations.agree(**act, shift=shift, on=today - 5 * DAY, how="spoken")
    before = standing()
    with pytest.raises(BeforeTheNotice, match=day_in_words(inside, today - 10 * DAY)):
        operations.move(**act, shift=shift, on=today, effective_on=today - 11 * DAY)
    with pytest.raises(BeforeTheLast, match=day_in_words(inside, today - 5 * DAY)):
        operations.move(**act, shift=shift, on=today - 6 * DAY, effective_on=today)
    assert standing() == before


def test_moving_a_commitment_that_is_over_changes_nothing(
    act: dict[str, Any], inside: Agency, opened: Opened, promise: Promise
) -> None:
    today = inside.today()
    [shift] = opened(promise("Moab", 5000), on=today - 20 * DAY)
    operations.give_notice(**act, shift=shift, on=today - 10 * DAY, how="spoken")
    operations.agree(**act, shift=shift, on=today - 5 * DAY, how="spoken")
    end_commitment(**act, commitment=shift.commitment, on=today - DAY)
    before = standing()
    with pytest.raises(AlreadyOver, match="does not run on that day"):
        operations.move(**act, shift=shift, on=today, effective_on=today)
    assert standing() == before


def test_overlapping_waves_change_nothing(
    act: dict[str, Any], inside: Agency, plan: Plan, opened: Opened, promise: Promise
) -> None:
    first = promise("Moab", 5000)
    opened(first)
    second = operations.add_wave(**act, plan=plan, name="All others", reply_by=inside.today())
    with pytest.raises(InAnotherWave, match=r"in a wave already: 1\. Friends of Anna"):
        operations.add_to_wave(**act, wave=second, commitments=[promise("Fine", 100), first])
    assert not Shift.objects.filter(wave=second).exists()


def test_one_who_may_not_be_told_yet_keeps_all_untold(
    act: dict[str, Any], inside: Agency, opened: Opened, promise: Promise
) -> None:
    today = inside.today()
    shifts = opened(promise("Moab", 5000), promise("Boaz", 100), on=today - 20 * DAY)
    with pytest.raises(Refused):
        operations.tell_all(**act, wave=shifts[0].wave, on=today - 21 * DAY, how="letter")
    with pytest.raises(Refused):
        operations.tell_all(**act, wave=shifts[0].wave, on=today + DAY, how="letter")
    assert not ShiftAct.objects.filter(kind=Kind.NOTICED).exists()
    assert Wave.objects.get().state == Wave.State.OPEN
