"""One commitment on its way: notice, reply, move, the way back, and what is a slip."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from partners.models import Commitment, GiftLine
from partners.operations import change_commitment, end_commitment, take_back_change
from partners.operations.commitment_changes import MovedElsewhere
from transition import operations
from transition.models import Kind, Shift, ShiftAct
from transition.operations.acts import (
    ActAhead,
    AlreadyOver,
    BeforeTheLast,
    ChangedSince,
    KeyDonorsAnswer,
    NothingToTakeBack,
    NotNow,
    TimeToAnswer,
)
from transition.operations.moves import BeforeTheNotice, NotAfterTheMove
from transition.queries.chains import last_of

DAY = timedelta(days=1)


@pytest.fixture
def shift(opened: Callable[..., list[Shift]], promise: Callable[..., Commitment], inside: Agency) -> Shift:
    """$50 a month, in a wave that was opened sixty days ago."""
    [made] = opened(promise("Moab", 5000), on=inside.today() - 60 * DAY)
    return made


@pytest.fixture
def agreed(act: dict[str, Any], shift: Shift, inside: Agency) -> Shift:
    """Told fifty days ago, agreed forty days ago."""
    operations.give_notice(**act, shift=shift, on=inside.today() - 50 * DAY, how="spoken")
    operations.agree(**act, shift=shift, on=inside.today() - 40 * DAY, how="spoken", words="Gladly")
    return shift


def terms(commitment: Commitment) -> tuple[str, int, date, date | None]:
    commitment.refresh_from_db()
    return commitment.designation.code, commitment.amount, commitment.starts_on, commitment.ends_on


def test_what_is_agreed_moves_and_no_gift_is_touched(
    act: dict[str, Any], agreed: Shift, give: Callable[..., Any], places: SimpleNamespace, inside: Agency
) -> None:
    today, old = inside.today(), agreed.commitment
    give(old, places.account, 5000, today - 70 * DAY)
    before = list(GiftLine.objects.values_list("designation_id", "amount"))
    operations.move(**act, shift=agreed, on=today, effective_on=today - 30 * DAY)
    made = last_of(old)
    assert terms(old)[3] == today - 31 * DAY
    assert terms(made) == ("0100", 5000, today - 30 * DAY, None)
    assert list(GiftLine.objects.values_list("designation_id", "amount")) == before
    with pytest.raises(MovedElsewhere):
        take_back_change(**act, commitment=made)


def test_the_way_back_is_dated_and_a_slip_is_struck_out(act: dict[str, Any], agreed: Shift, inside: Agency) -> None:
    today, old = inside.today(), agreed.commitment
    begun = terms(old)
    moved = operations.move(
        **act, shift=agreed, on=today, effective_on=today - 30 * DAY, amount=Money(6000, "USD"), frequency="monthly"
    )
    with pytest.raises(NotAfterTheMove):
        operations.roll_back(**act, shift=agreed, on=today, effective_on=today - 30 * DAY, words="Too early")
    back = operations.roll_back(
        **act, shift=agreed, on=today, effective_on=today - 10 * DAY, words="They thought again"
    )
    assert terms(last_of(old)) == ("0777", 6000, today - 10 * DAY, None)
    with pytest.raises(NothingToTakeBack):
        operations.take_back_act(**act, act=moved)
    operations.take_back_act(**act, act=back, reason="Another family")
    assert terms(last_of(old)) == ("0100", 6000, today - 30 * DAY, None)
    operations.take_back_act(**act, act=moved)
    assert (terms(old), last_of(old)) == (begun, old)
    struck = ShiftAct.objects.exclude(taken_back_at=None).order_by("pk")
    assert list(struck.values_list("kind", flat=True)) == ["moved", "rolled_back"]


def test_a_change_since_keeps_the_move(act: dict[str, Any], agreed: Shift, inside: Agency) -> None:
    today = inside.today()
    moved = operations.move(**act, shift=agreed, on=today, effective_on=today - 30 * DAY)
    more: dict[str, Any] = {"amount": Money(9000, "USD"), "frequency": "monthly", "starts_on": today}
    made = change_commitment(**act, commitment=last_of(agreed.commitment), **more)
    with pytest.raises(ChangedSince):
        operations.take_back_act(**act, act=moved)
    take_back_change(**act, commitment=made)
    operations.take_back_act(**act, act=moved)


def test_who_asks_to_stop_stops_and_a_planned_end_comes_back(
    act: dict[str, Any], agreed: Shift, inside: Agency
) -> None:
    today = inside.today()
    end_commitment(**act, commitment=agreed.commitment, on=today + 100 * DAY)
    with pytest.raises(AlreadyOver):
        operations.stop(**act, shift=agreed, on=today, last_day=today + 101 * DAY, how="letter")
    stopped = operations.stop(**act, shift=agreed, on=today, last_day=today, how="letter", words="Retired")
    assert terms(agreed.commitment)[3] == today
    operations.take_back_act(**act, act=stopped)
    assert terms(agreed.commitment)[3] == today + 100 * DAY


def test_nothing_moves_before_the_notice_and_nothing_that_is_over(
    act: dict[str, Any], agreed: Shift, inside: Agency
) -> None:
    today = inside.today()
    with pytest.raises(BeforeTheNotice):
        operations.move(**act, shift=agreed, on=today, effective_on=today - 51 * DAY)
    end_commitment(**act, commitment=agreed.commitment, on=today - 20 * DAY)
    with pytest.raises(AlreadyOver):
        operations.move(**act, shift=agreed, on=today, effective_on=today - 19 * DAY)
    assert Commitment.objects.count() == 1


def test_silence_has_its_day_and_key_donors_answer(act: dict[str, Any], shift: Shift, inside: Agency) -> None:
    told = shift.wave.reply_by
    operations.give_notice(**act, shift=shift, on=told, how="letter")
    with pytest.raises(TimeToAnswer):
        operations.note_silence(**act, shift=shift, on=told)
    Shift.objects.filter(pk=shift.pk).update(is_key=True)
    with pytest.raises(KeyDonorsAnswer):
        operations.note_silence(**act, shift=shift, on=told + DAY)
    Shift.objects.filter(pk=shift.pk).update(is_key=False)
    operations.note_silence(**act, shift=shift, on=told + DAY)
    operations.agree(**act, shift=shift, on=told + 2 * DAY, how="letter")


def test_the_way_is_told_in_order(act: dict[str, Any], shift: Shift, inside: Agency) -> None:
    today = inside.today()
    spoken: dict[str, Any] = {"shift": shift, "how": "spoken"}
    with pytest.raises(NotNow, match="not told yet"):
        operations.agree(**act, on=today, **spoken)
    with pytest.raises(ActAhead):
        operations.give_notice(**act, on=today + DAY, **spoken)
    with pytest.raises(BeforeTheLast):
        operations.give_notice(**act, on=today - 61 * DAY, **spoken)
    operations.give_notice(**act, on=today - 5 * DAY, **spoken)
    with pytest.raises(BeforeTheLast):
        operations.agree(**act, on=today - 6 * DAY, **spoken)
    with pytest.raises(NotNow, match="Notice given"):
        operations.move(**act, shift=shift, on=today, effective_on=today)


NEXT: dict[str, dict[str, Any]] = {
    "noticed": {"how": "spoken"},
    "agreed": {"how": "spoken"},
    "silent": {},
    "declined": {"how": "letter"},
    "left": {"words": "Ill"},
}
NAMES: dict[str, Callable[..., ShiftAct]] = {
    "noticed": operations.give_notice,
    "agreed": operations.agree,
    "silent": operations.note_silence,
    "declined": operations.decline,
    "left": operations.leave,
}


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ([], {"agreed", "silent", "declined"}),
        (["noticed"], set()),
        (["noticed", "agreed"], {"noticed", "agreed", "silent"}),
        (["noticed", "declined"], {"silent", "declined", "left"}),
        (["noticed", "silent"], {"silent"}),
        (["left"], {"agreed", "silent", "declined", "left"}),
    ],
)
def test_each_thing_has_its_turn(
    act: dict[str, Any], shift: Shift, inside: Agency, path: list[str], refused: set[str]
) -> None:
    today = inside.today()
    for kind in path:
        on = today - DAY if kind == "noticed" else today
        NAMES[kind](**act, shift=shift, on=on, **NEXT[kind])
    found = set()
    for kind, note in NAMES.items():
        try:
            made = note(**act, shift=shift, on=today, **NEXT[kind])
        except NotNow:
            found.add(kind)
        else:
            operations.take_back_act(**act, act=made)
    assert found == refused
    assert Kind.MOVED not in path
    assert issubclass(NotNow, Refused)
