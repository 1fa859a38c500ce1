"""Who is talked to in the same weeks."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from funds.models import Designation
from partners.models import Commitment
from ssu.models import TeamMember, Worker
from transition.models import Guarantee, Kind, Plan, Shift, Wave
from transition.operations.plans import held, note
from transition.queries.chains import every_link, followers
from transition.states import ANSWERED, runs_on, state_on


class NotPlanned(Refused):
    """An open wave is what it was opened as."""

    code = "wave_not_planned"
    message = "This wave is open, so its commitments and terms stay. Add another wave."


class NotOpen(Refused):
    """Talks are in open waves."""

    code = "wave_not_open"
    message = "This wave is not open. Open it before anybody is told."


class NoTimeToReply(Refused):
    """People need time to answer."""

    code = "wave_reply_by"
    field = "reply_by"
    message = "Partners may reply after the wave has opened. Choose a later day for replies."


class LessTime(Refused):
    """What people were told stands."""

    code = "wave_less_time"
    field = "reply_by"
    message = "Partners were given until then. Choose that day or a later one."


class KeyStays(Refused):
    """Who is to answer in words is not counted otherwise half-way."""

    code = "shift_key_stays"
    field = "is_key"
    message = "In an open wave a key donor stays one, with somebody who talks to them; who was silent becomes none."


class OpensAhead(Refused):
    """A wave is opened when its talks begin."""

    code = "wave_opens_ahead"
    field = "on"
    message = "This day is still to come. Open the wave when its talks begin."


class OnAnotherAccount(Refused):
    """Only what is promised to a worker of the unit moves to the unit."""

    code = "shift_account"
    field = "commitments"
    message = "Only commitments to accounts of this unit's workers move to the unit."


class CommitmentOver(Refused):
    """What is over, or has not begun, cannot move."""

    code = "shift_commitment_over"
    field = "commitments"
    message = "This commitment does not run today, so there is nothing to move."


class InAnotherWave(Refused):
    """Nobody is asked twice."""

    code = "shift_overlap"
    field = "commitments"
    message = "This commitment is in a wave already: {wave}. Nobody is asked twice."


class EmptyWave(Refused):
    """A wave is about somebody."""

    code = "wave_empty"
    message = "There is no commitment in this wave yet."


class PayNotGuaranteed(Refused):
    """No wave opens before those whose support it concerns know how they are paid."""

    code = "wave_guarantee"
    message = "Write down first how pay is guaranteed, and when the worker was told, for {accounts}."


class NobodyTalks(Refused):
    """A key donor is talked to by somebody."""

    code = "wave_talker"
    message = "Name who talks to each key donor first: {count} without anybody."


class SomeAreOver(Refused):
    """What ended meanwhile is taken out by a person."""

    code = "wave_ended"
    message = "{count} commitments of this wave have ended or moved meanwhile. Take them out first."


class NotAllAnswered(Refused):
    """A wave closes when all know where they stand."""

    code = "wave_unanswered"
    message = "{count} commitments of this wave are still on their way. Note their reply, move them, or leave them."


class NotOnTheTeam(Refused):
    """Who talks serves in the unit."""

    code = "shift_talker"
    field = "talker"
    message = "Choose somebody who serves in this unit today."


def planned(wave: Wave) -> Wave:
    """The wave and its plan, locked, while it is planned. Raises NotPlanned, PlanOver."""
    found = locked(wave)
    if found.state != Wave.State.PLANNED:
        raise NotPlanned
    return found


def opened(wave: Wave) -> Wave:
    """The wave and its plan, locked, while it is open. Raises NotOpen, PlanOver."""
    found = locked(wave)
    if found.state != Wave.State.OPEN:
        raise NotOpen
    return found


def begun(wave: Wave) -> Wave:
    """The wave and its plan, locked, once it was opened: replies may come late. Raises NotOpen, PlanOver."""
    found = locked(wave)
    if found.state == Wave.State.PLANNED:
        raise NotOpen
    return found


def locked(wave: Wave) -> Wave:
    """The wave as it is now, behind its plan. Raises PlanOver."""
    plan = held(wave.plan)
    found: Wave = Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    found.plan = plan
    return found


@transaction.atomic
def add_wave(*, agency: Agency, actor: User | None, plan: Plan, name: str, reply_by: date) -> Wave:
    """Plan the next wave. Raises PlanOver."""
    found = held(plan)
    last = Wave.objects.filter(plan=found).aggregate(last=Max("number"))["last"] or 0
    made: Wave = Wave.objects.create(
        agency=agency, plan=found, number=last + 1, name=name.strip()[:80], reply_by=reply_by, made_by=actor
    )
    note(actor, "plan wave", found, wave=made.number)
    return made


@transaction.atomic
def change_wave(
    *, agency: Agency, actor: User | None, wave: Wave, name: str | None = None, reply_by: date | None = None
) -> Wave:
    """Another name or another day for replies, None for as it is; of an open wave too: people may get more time, never
    less. Raises LessTime, NotOpen for a closed one.
    """
    found = locked(wave)
    name, reply_by = found.name if name is None else name, reply_by or found.reply_by
    if found.state == Wave.State.CLOSED:
        raise NotOpen
    if found.opened_on is not None and reply_by < found.reply_by:
        raise LessTime
    changes = {"wave": found.number, "reply_by": [str(found.reply_by), str(reply_by)]}
    found.name, found.reply_by = name.strip()[:80], reply_by
    found.save(update_fields=["name", "reply_by"])
    note(actor, "change wave", found.plan, **changes)
    return found


@transaction.atomic
def add_to_wave(
    *, agency: Agency, actor: User | None, wave: Wave, commitments: Iterable[Commitment], is_key: bool = False
) -> list[Shift]:
    """Put commitments into a planned wave, all or none. Raises OnAnotherAccount, CommitmentOver, InAnotherWave,
    NotPlanned.
    """
    found, today = planned(wave), agency.today()
    made: list[Shift] = []
    asked = Commitment.objects.select_for_update(of=("self",)).filter(pk__in=[row.pk for row in commitments])
    for each in asked.select_related("designation").order_by("pk"):
        if each.designation.kind != Designation.Kind.WORKER or each.designation.unit_id != found.plan.unit_id:
            raise OnAnotherAccount
        if not runs_on(each, today):
            raise CommitmentOver
        other = Shift.objects.select_related("wave").filter(commitment__in=every_link([each.pk])).first()
        if other is not None:
            raise InAnotherWave(InAnotherWave.message.format(wave=other.wave))
        made.append(Shift.objects.create(agency=agency, wave=found, commitment=each, is_key=is_key, added_by=actor))
    note(actor, "add to wave", found.plan, wave=found.number, commitments=[each.commitment_id for each in made])
    return made


@transaction.atomic
def remove_from_wave(*, agency: Agency, actor: User | None, shift: Shift) -> None:
    """Take a commitment out of a wave that is planned. Raises NotPlanned."""
    wave = planned(shift.wave)
    Shift.objects.filter(pk=shift.pk, wave=wave).delete()
    note(actor, "remove from wave", wave.plan, wave=wave.number, commitments=[shift.commitment_id])


@transaction.atomic
def set_shift(
    *,
    agency: Agency,
    actor: User | None,
    shift: Shift,
    is_key: bool | None = None,
    talker: Worker | Literal["as it is"] | None = "as it is",
) -> Shift:
    """Say whether the giver is a key donor and who talks to them, until the wave closes; what is not said stays as it
    is by then. Raises NotOnTheTeam, KeyStays, NotOpen for a closed wave.
    """
    wave = locked(shift.wave)
    if wave.state == Wave.State.CLOSED:
        raise NotOpen
    found: Shift = Shift.objects.select_related("talker").get(pk=shift.pk)
    is_key, talker = found.is_key if is_key is None else is_key, found.talker if isinstance(talker, str) else talker
    team = TeamMember.objects.serving().filter(unit=wave.plan.unit_id, worker=talker)
    if talker is not None and talker.pk != found.talker_id and not team.exists():
        raise NotOnTheTeam
    if wave.state == Wave.State.OPEN:
        need_key_stays(agency, found, is_key=is_key, talker=talker)
    found.is_key, found.talker = is_key, talker
    found.save(update_fields=["is_key", "talker"])
    note(actor, "set talk", wave.plan, wave=wave.number, shift=found.pk, key=is_key)
    return found


def need_key_stays(agency: Agency, shift: Shift, *, is_key: bool, talker: Worker | None) -> None:
    """Raises KeyStays for what would let a key donor end as silent."""
    stands = Shift.objects.prefetch_related("acts").get(pk=shift.pk)
    silent = state_on(stands.acts.all(), agency.today()) == Kind.SILENT
    if (stands.is_key and not is_key) or (is_key and (silent or talker is None)):
        raise KeyStays


@transaction.atomic
def open_wave(*, agency: Agency, actor: User | None, wave: Wave, on: date | None = None) -> Wave:
    """From this day, today where none is named, its givers are talked to; what they promised on it is what all later
    months are compared with. Raises EmptyWave, SomeAreOver, PayNotGuaranteed, NobodyTalks, NoTimeToReply, OpensAhead,
    NotPlanned.
    """
    found, day = planned(wave), on or agency.today()
    if day > agency.today():
        raise OpensAhead
    if found.reply_by < day:
        raise NoTimeToReply
    shifts = list(Shift.objects.filter(wave=found).select_related("commitment__designation"))
    if not shifts:
        raise EmptyWave
    need_guarantees(found, [each.commitment.designation for each in shifts], day, agency.today())
    silent = sum(1 for each in shifts if each.is_key and each.talker_id is None)
    if silent:
        raise NobodyTalks(NobodyTalks.message.format(count=silent))
    keep_terms(found, shifts, day)
    found.opened_on, found.opened_by = day, actor
    found.save(update_fields=["opened_on", "opened_by"])
    note(actor, "open wave", found.plan, wave=found.number, commitments=len(shifts))
    return found


def need_guarantees(wave: Wave, accounts: Iterable[Designation], day: date, today: date) -> None:
    """Raises PayNotGuaranteed with the accounts for whose workers nothing is written down that held on the day and
    holds today.
    """
    standing = Guarantee.objects.filter(plan=wave.plan_id, ended_at=None, until__gte=today, told_on__lte=day)
    known = set(standing.values_list("account_id", flat=True))
    missing = sorted({each.code for each in accounts if each.pk not in known})
    if missing:
        raise PayNotGuaranteed(PayNotGuaranteed.message.format(accounts=", ".join(missing)))


def keep_terms(wave: Wave, shifts: list[Shift], day: date) -> None:
    """Write down what was promised on the day. Raises SomeAreOver."""
    chains = followers(each.commitment_id for each in shifts)
    list(
        Commitment.objects.select_for_update(of=("self",)).filter(
            pk__in=[c.pk for each in chains.values() for c in each]
        )
    )
    over = 0
    for shift in shifts:
        now = next((each for each in chains[shift.commitment_id] if runs_on(each, day)), None)
        if now is None or now.designation_id != shift.commitment.designation_id:
            over += 1
            continue
        shift.commitment, shift.amount = now, now.amount
        shift.currency, shift.frequency = now.currency, now.frequency
    if over:
        raise SomeAreOver(SomeAreOver.message.format(count=over))
    Shift.objects.bulk_update(shifts, ["commitment", "amount", "currency", "frequency"])


@transaction.atomic
def close_wave(*, agency: Agency, actor: User | None, wave: Wave) -> Wave:
    """All have answered, and what was to move has moved. Raises NotAllAnswered, NotOpen."""
    found, today = opened(wave), agency.today()
    shifts = Shift.objects.filter(wave=found).prefetch_related("acts")
    waiting = sum(1 for each in shifts if state_on(each.acts.all(), today) not in ANSWERED)
    if waiting:
        raise NotAllAnswered(NotAllAnswered.message.format(count=waiting))
    found.closed_on, found.closed_by = today, actor
    found.save(update_fields=["closed_on", "closed_by"])
    note(actor, "close wave", found.plan, wave=found.number)
    return found
