"""What happens with one commitment on its way. Each act is dated and written once; a slip is taken back."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies.days import day_in_words
from agencies.models import Agency
from communications.models import CoreMessage, LetterMessage
from core.errors import Refused
from partners.operations import end_commitment, reopen_commitment, take_back_move
from transition.models import Kind, Shift, ShiftAct, Wave
from transition.operations.plans import note
from transition.operations.waves import begun
from transition.queries.chains import last_of
from transition.states import BEFORE, LISTED, acts_in_order, runs_on

STOPPED = "Asked to stop"
"""What the commitment says of its end: the words of the talk stay in the transition."""


class NotNow(Refused):
    """Each thing has its turn."""

    code = "shift_not_now"
    message = "This cannot be noted now: the last that stands here is “{last}”. Look at the page again."
    untold = "They were not told yet. Note first when and how they were told, then what came of it."


class ActAhead(Refused):
    """What is noted has happened."""

    code = "shift_act_ahead"
    field = "on"
    message = "This day is still to come. Note it when it has happened."


class BeforeTheLast(Refused):
    """The way is told in order."""

    code = "shift_act_order"
    field = "on"
    message = "This is before {day}, when the last thing that stands here happened. Correct the day."


class KeyDonorsAnswer(Refused):
    """A key donor is never counted as silent."""

    code = "shift_key_donor"
    message = "A key donor answers in words, spoken or written. Talk to them, or leave the commitment where it is."


class TimeToAnswer(Refused):
    """Nobody is silent before the day until which they may answer."""

    code = "shift_still_time"
    message = "There is time to answer until {day}. Note silence after that day."


class NotAgreedTo(Refused):
    """Partners hear words that somebody agreed to, of their own unit."""

    code = "shift_message"
    field = "message"
    message = "Choose a version of this unit's core messages that was agreed to."


class NothingToTakeBack(Refused):
    """Only the last act is taken back."""

    code = "shift_nothing_to_take_back"
    message = "Only what stands last is taken back. Look at the page again."


class ChangedSince(Refused):
    """What rests on a move keeps it."""

    code = "shift_changed_since"
    message = "The commitment was changed since. Take that change back first, or roll the move back from a day on."


class AlreadyOver(Refused):
    """What is over is not ended once more."""

    code = "shift_commitment_ended"
    message = "The commitment does not run on that day, so there is nothing to move or to end."


def turn(agency: Agency, shift: Shift, kind: Kind, on: date) -> Shift:
    """The shift, behind the lock of its plan, while this may happen to it on that day. Raises NotOpen, ActAhead,
    NotNow, BeforeTheLast.
    """
    wave = begun(shift.wave)
    found: Shift = Shift.objects.select_related("commitment").get(pk=shift.pk)
    found.wave = wave
    need_turn(agency, found, kind, on)
    return found


def need_turn(agency: Agency, shift: Shift, kind: Kind, on: date) -> None:
    """That this may happen to a shift of a wave that is locked. No query where the acts are fetched. Raises ActAhead,
    NotNow, BeforeTheLast.
    """
    for refusal in against(agency, shift, kind, on):
        raise refusal


def against(agency: Agency, shift: Shift, kind: Kind, on: date) -> list[Refused]:
    """All that speaks against it: ActAhead, NotNow, BeforeTheLast."""
    found: list[Refused] = [ActAhead()] if on > agency.today() else []
    before = acts_in_order(shift.acts.all())
    last = before[-1].kind if before else LISTED
    if last not in BEFORE[kind]:
        found.append(NotNow(NotNow.message.format(last=Kind(last).label) if before else NotNow.untold))
    since = before[-1].on if before else shift.wave.opened_on
    if since is not None and on < since:
        found.append(BeforeTheLast(BeforeTheLast.message.format(day=day_in_words(agency, since))))
    return found


def write(agency: Agency, actor: User | None, shift: Shift, kind: Kind, on: date, **fields: Any) -> ShiftAct:
    """Write an act down, and in the trail that there was one: its words stay with the row."""
    words = str(fields.pop("words", "")).strip()[:400]
    made: ShiftAct = ShiftAct.objects.create(
        agency=agency, shift=shift, kind=kind, on=on, words=words, by=actor, **fields
    )
    changes = {"shift": shift.pk, "commitment": shift.commitment_id, "on": str(on)}
    note(actor, f"note {kind.label.lower()}", shift.wave.plan, **changes)
    return made


def write_all(
    agency: Agency, actor: User | None, wave: Wave, kind: Kind, shifts: Iterable[Shift], on: date, **fields: Any
) -> list[ShiftAct]:
    """Write one act for each of these shifts, whose turn it is, and in the trail once that there were. Two queries."""
    words, chosen = str(fields.pop("words", "")).strip()[:400], list(shifts)
    acts = [ShiftAct(agency=agency, shift=each, kind=kind, on=on, words=words, by=actor, **fields) for each in chosen]
    made: list[ShiftAct] = ShiftAct.objects.bulk_create(acts)
    changes = {"wave": wave.number, "shifts": [each.pk for each in chosen], "on": str(on)}
    note(actor, f"note {kind.label.lower()}", wave.plan, **changes)
    return made


def need_agreed(wave: Wave, message: CoreMessage | None) -> None:
    """Raises NotAgreedTo for words of another unit, or that nobody agreed to."""
    if message is not None and (message.unit_id != wave.plan.unit_id or message.approved_at is None):
        raise NotAgreedTo


@transaction.atomic
def give_notice(
    *,
    agency: Agency,
    actor: User | None,
    shift: Shift,
    on: date,
    how: str,
    message: CoreMessage | None = None,
    words: str = "",
    letter: LetterMessage | None = None,
) -> ShiftAct:
    """The giver was told that the unit will be funded as one, how, and with which words of the unit; `letter` is the
    message that told it, where a mail server took it. Raises
    NotAgreedTo, ActAhead, NotNow, BeforeTheLast, NotOpen.
    """
    found = turn(agency, shift, Kind.NOTICED, on)
    need_agreed(found.wave, message)
    return write(agency, actor, found, Kind.NOTICED, on, how=how, message=message, words=words, letter=letter)


@transaction.atomic
def agree(*, agency: Agency, actor: User | None, shift: Shift, on: date, how: str, words: str = "") -> ShiftAct:
    """The giver agreed, spoken or written; the commitment moves by an act of its own. Raises ActAhead, NotNow,
    BeforeTheLast, NotOpen.
    """
    found = turn(agency, shift, Kind.AGREED, on)
    return write(agency, actor, found, Kind.AGREED, on, how=how, words=words)


@transaction.atomic
def decline(*, agency: Agency, actor: User | None, shift: Shift, on: date, how: str, words: str = "") -> ShiftAct:
    """The giver goes on as before. Raises ActAhead, NotNow, BeforeTheLast, NotOpen."""
    found = turn(agency, shift, Kind.DECLINED, on)
    return write(agency, actor, found, Kind.DECLINED, on, how=how, words=words)


@transaction.atomic
def note_silence(*, agency: Agency, actor: User | None, shift: Shift, on: date, words: str = "") -> ShiftAct:
    """No reply came by the day of the wave: the commitment stays on the worker's account and never counts as moved.
    Raises KeyDonorsAnswer, TimeToAnswer, ActAhead, NotNow, BeforeTheLast, NotOpen.
    """
    found = turn(agency, shift, Kind.SILENT, on)
    need_silence(found, on)
    return write(agency, actor, found, Kind.SILENT, on, words=words)


def need_silence(shift: Shift, on: date) -> None:
    """That the giver may be counted as silent on a day. Raises KeyDonorsAnswer, TimeToAnswer."""
    if shift.is_key:
        raise KeyDonorsAnswer
    told = (each.on for each in acts_in_order(shift.acts.all()) if each.kind == Kind.NOTICED)
    until = max(shift.wave.reply_by, *told)
    if on <= until:
        raise TimeToAnswer(TimeToAnswer.message.format(day=day_in_words(shift.agency, until)))


@transaction.atomic
def leave(*, agency: Agency, actor: User | None, shift: Shift, on: date, words: str) -> ShiftAct:
    """We do not ask (any more): the commitment stays on the worker's account. Raises ActAhead, NotNow, BeforeTheLast,
    NotOpen.
    """
    found = turn(agency, shift, Kind.LEFT, on)
    return write(agency, actor, found, Kind.LEFT, on, words=words)


@transaction.atomic
def stop(
    *, agency: Agency, actor: User | None, shift: Shift, on: date, last_day: date, how: str, words: str = ""
) -> ShiftAct:
    """The giver asked to stop: the commitment ends after its last day, and is lost from then on. Raises AlreadyOver,
    ActAhead, NotNow, BeforeTheLast, NotOpen.
    """
    found = turn(agency, shift, Kind.STOPPED, on)
    promise = last_of(found.commitment)
    if not runs_on(promise, last_day):
        raise AlreadyOver
    end_commitment(agency=agency, actor=actor, commitment=promise, on=last_day, reason=STOPPED)
    fields = {"effective_on": last_day, "how": how, "words": words, "end_before": promise.ends_on}
    return write(agency, actor, found, Kind.STOPPED, on, **fields)


@transaction.atomic
def take_back_act(*, agency: Agency, actor: User | None, act: ShiftAct, reason: str = "") -> ShiftAct:
    """The last act was a slip: it is struck out with the reason, and what it did to the commitment is undone. Raises
    NothingToTakeBack, ChangedSince, EventsRest, NotOpen for a planned wave.
    """
    shift = act.shift
    wave = begun(shift.wave)
    standing = acts_in_order(shift.acts.all())
    if not standing or standing[-1].pk != act.pk:
        raise NothingToTakeBack
    undo(agency, actor, shift, standing[-1])
    found = standing[-1]
    found.taken_back_at, found.taken_back_by, found.taken_back_reason = timezone.now(), actor, reason.strip()[:250]
    found.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
    note(actor, f"take back {Kind(found.kind).label.lower()}", wave.plan, shift=shift.pk)
    return found


def undo(agency: Agency, actor: User | None, shift: Shift, act: ShiftAct) -> None:
    """Let the commitment stand as it stood before the act. Raises ChangedSince, EventsRest."""
    if act.kind not in (Kind.MOVED, Kind.ROLLED_BACK, Kind.STOPPED):
        return
    now = last_of(shift.commitment)
    if act.kind == Kind.STOPPED:
        if now.ends_on != act.effective_on:
            raise ChangedSince
        reopen_commitment(agency=agency, actor=actor, commitment=now)
        if act.end_before is not None:
            end_commitment(agency=agency, actor=actor, commitment=now, on=act.end_before)
        return
    if now.starts_on != act.effective_on or now.follows is None or now.follows.designation_id == now.designation_id:
        raise ChangedSince
    take_back_move(agency=agency, actor=actor, commitment=now)
