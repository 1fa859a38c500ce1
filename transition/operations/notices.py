"""Letters of a wave: written, printed, posted, and noted on each record once they went out."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies.days import day_in_words
from agencies.models import Agency
from communications.letter_check import NOBODY, Known
from communications.models import CoreMessage, Letter, LetterMessage, Purpose
from communications.operations import hold_series, write_letter
from core.errors import Refused
from jobs import operations as jobs
from jobs.models import Job
from transition.models import Kind, PostedNotice, Shift, ShiftAct, Wave
from transition.operations.acts import ActAhead, give_notice, need_agreed, need_turn, take_back_act, write_all
from transition.operations.plans import PlanOver, note
from transition.operations.waves import NotOpen, begun, locked, opened
from transition.queries.notices import GIVER, letters_of, listed, printed, series_of, to_print
from transition.states import acts_in_order

PRINT = "transition.print"
"""The job that makes the letters on paper."""


class LetterThere(Refused):
    """One letter per language: nobody gets two."""

    code = "wave_letter_there"
    field = "language"
    message = "This wave has a letter in this language already. Change that one, or cancel it first."


class NothingToPrint(Refused):
    """Paper is for those whom no e-mail reaches."""

    code = "wave_nothing_to_print"
    message = (
        "There is nobody to write to by post: a letter of this wave has to be approved, and paper is for givers whom "
        "no e-mail reaches, who have a postal address and did not object."
    )


class NothingPosted(Refused):
    """What is posted was printed."""

    code = "wave_nothing_posted"
    message = "No letter of this wave waits to be posted. Make the file to print first."


class BeforeThePrint(Refused):
    """Nothing is posted before the wave was opened."""

    code = "wave_posted_early"
    field = "on"
    message = "This is before the wave was opened, on {day}. Correct the day."


def check_open(wave_id: int) -> None:
    """Letters of a wave go out while it is open. It is asked before each step of sending, whose letters are held then,
    so it takes no lock: nothing of the unit is held after its letters. Raises NotOpen, PlanOver, Wave.DoesNotExist.
    """
    found = Wave.objects.select_related("plan").get(pk=wave_id)
    if found.plan.ended_at is not None:
        raise PlanOver
    if found.state != Wave.State.OPEN:
        raise NotOpen


@transaction.atomic
def write_notice(
    *,
    agency: Agency,
    actor: User | None,
    wave: Wave,
    subject: str,
    body: str,
    language: str,
    message: CoreMessage | None = None,
    unmasked: Known = NOBODY,
) -> Letter:
    """A letter to the givers of a wave in one language, by which they are told; it is approved and sent as every
    letter. `message` is the version of the unit's core messages whose words it says. Raises LetterThere, NotAgreedTo,
    NotOpen for a closed wave, PlanOver, UnitArchived, UnknownMergeField, WordBlocked.
    """
    found = locked(wave)
    if found.state == Wave.State.CLOSED:
        raise NotOpen
    need_agreed(found, message)
    if any(each.language == language for each in letters_of(found)):
        raise LetterThere
    made = write_letter(
        agency=agency,
        actor=actor,
        unit=found.plan.unit,
        subject=subject,
        body=body,
        purpose=Purpose.NEWS,
        language=language,
        unmasked=unmasked,
        series=series_of(found),
        core_message=message,
    )
    note(actor, "write letter of wave", found.plan, wave=found.number, letter=made.pk)
    return made


@transaction.atomic
def tell_by_letter(*, agency: Agency, message: LetterMessage, on: date) -> list[ShiftAct]:
    """A mail server took a partner's letter: each commitment of theirs in the wave of which nothing was told is told
    on that day, with the letter's version of the core messages. Doing it twice changes nothing. Raises NotOpen,
    PlanOver, UnitArchived.
    """
    wave_id = int(message.series.rpartition(":")[2])
    begun(Wave.objects.select_related("plan").get(pk=wave_id))
    if ShiftAct.objects.filter(letter=message).exists():
        return []
    given: dict[str, Any] = {"on": on, "how": ShiftAct.How.EMAIL, "message": message.letter.core_message}
    return [
        give_notice(agency=agency, actor=None, shift=each, letter=message, **given)
        for each in of_partner(wave_id, message.partner.merged_into_id or message.partner_id)
    ]


def of_partner(wave_id: int, partner_id: int) -> list[Shift]:
    """The commitments of a partner in a wave of which nothing was told."""
    mine = listed(wave_id).filter(**{GIVER: partner_id})
    return list(mine.select_related("wave__plan").order_by("pk"))


@transaction.atomic
def untell(*, agency: Agency, message: LetterMessage) -> list[ShiftAct]:
    """The e-mail came back: who was told by it was not, and is listed for a talk. What was noted since stays. Raises
    NotOpen, PlanOver, UnitArchived.
    """
    acts = ShiftAct.objects.filter(letter=message, taken_back_at=None).select_related("shift__wave__plan")
    undone = []
    for act in acts:
        standing = acts_in_order(act.shift.acts.all())
        if standing[-1].pk == act.pk and act.kind == Kind.NOTICED:
            undone.append(take_back_act(agency=agency, actor=None, act=act, reason=_("The e-mail came back")))
    return undone


@transaction.atomic
def print_notices(*, agency: Agency, actor: User, wave: Wave) -> Job:
    """Have the letters made for those whom no e-mail reaches; nobody of them gets an e-mail of the wave any more. What
    was printed and not posted yet is in the file again. Raises NothingToPrint, NotOpen, PlanOver, UnitArchived.
    """
    found = opened(wave)
    hold_series(series_of(found))
    pairs = to_print(agency, found)
    PostedNotice.objects.bulk_create(
        [PostedNotice(agency=agency, letter=letter, partner=partner, printed_by=actor) for letter, partner in pairs]
    )
    if not printed(found).exists():
        raise NothingToPrint
    note(actor, "print letters of wave", found.plan, wave=found.number, letters=len(pairs))
    return jobs.start(kind=PRINT, actor=actor, title=_("Letters of a wave, to print"), arguments={"wave": found.pk})


@transaction.atomic
def note_posted(*, agency: Agency, actor: User | None, wave: Wave, on: date) -> int:
    """The printed letters were posted on a day: each record says so. Returns for how many commitments. Raises
    NothingPosted, ActAhead, BeforeThePrint, NotOpen, PlanOver, UnitArchived.
    """
    found = begun(wave)
    if on > agency.today():
        raise ActAhead
    if found.opened_on is not None and on < found.opened_on:
        raise BeforeThePrint(BeforeThePrint.message.format(day=day_in_words(agency, found.opened_on)))
    waiting = list(printed(found).select_for_update(of=("self",)).select_related("letter__core_message").order_by("pk"))
    if not waiting:
        raise NothingPosted
    mine = listed(found.pk).select_related("wave", "commitment__giving_unit").prefetch_related("acts")
    told, shifts = 0, list(mine.order_by("pk"))
    for letter in {each.letter for each in waiting}:
        partners = {each.reader for each in waiting if each.letter_id == letter.pk}
        chosen = [each for each in shifts if each.commitment.giving_unit.partner_id in partners]
        for each in chosen:
            need_turn(agency, each, Kind.NOTICED, on)
        given: dict[str, Any] = {"how": ShiftAct.How.LETTER, "message": letter.core_message}
        told += len(write_all(agency, actor, found, Kind.NOTICED, chosen, on, **given))
    printed(found).filter(pk__in=[each.pk for each in waiting]).update(posted_on=on, posted_by=actor)
    note(actor, "post letters of wave", found.plan, wave=found.number, letters=len(waiting))
    return told
