"""A letter that goes out by itself, at a moment that somebody chose."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from communications.models import Letter
from communications.notice_kinds import HELD
from communications.operations.locking import lock
from communications.operations.sending import NotApproved, refuse_to_send, send_letter
from communications.operations.waiting import forget_time, lock_with_job
from core.errors import Refused
from delivery.naming import NAME
from delivery.operations import Named, notify
from jobs import operations as jobs
from jobs.models import Job
from ssu.notice_kinds import UNIT
from ssu.operations import need_at_work
from ssu.queries.people import holders_of

KIND: Final = "letters.at_a_time"
FARTHEST: Final = timedelta(days=366)


class MomentOver(Refused):
    """What is over cannot be waited for."""

    code = "letter_moment_over"
    field = "day"
    message = "This moment is over. Choose one that is still to come, or send the letter now."


class MomentTooFar(Refused):
    """Nobody reads a letter today for a day in two years."""

    code = "letter_moment_too_far"
    field = "day"
    message = "This is more than a year ahead. Choose a day within a year."


class NoTimeChosen(Refused):
    """There is nothing to take back."""

    code = "letter_has_no_time"
    message = "This letter waits for no time: it was changed, sent or taken back meanwhile. Look at its page again."


class MayNotSendAnyMore(Refused):
    """Rights are those of the moment in which something happens."""

    code = "letter_sender_may_not"
    message = "Who chose the time may not send letters of this unit any more. Somebody who may sends it."


@transaction.atomic
def schedule_letter(*, agency: Agency, actor: User, letter: Letter, at: datetime) -> Letter:
    """Let an approved letter go out by itself at a moment, or at another one than was chosen before. What holds back a
    letter that is sent now holds back this one, now and then.

    Raises UnitArchived, NotApproved, MomentOver, MomentTooFar, and what `refuse_to_send` raises.
    """
    need_at_work(letter.unit_id)
    row = lock_with_job(letter)
    if row.state != Letter.State.APPROVED:
        raise NotApproved
    now = timezone.now()
    if at <= now:
        raise MomentOver
    if at > now + FARTHEST:
        raise MomentTooFar
    refuse_to_send(agency, row)
    forget_time(row, actor)
    job = jobs.start(kind=KIND, actor=actor, title=_("Letter to partners"), arguments={"letter": row.pk}, not_before=at)
    row.send_at, row.job_id = at, job.pk
    row.save(update_fields=["send_at", "job_id"])
    audit.record(actor=actor, verb="set time of letter", of=row, label=row.unit.public_name)
    return row


@transaction.atomic
def take_time_back(*, agency: Agency, actor: User, letter: Letter) -> Letter:
    """The letter waits for somebody to send it again. Raises NoTimeChosen."""
    row = lock_with_job(letter)
    if row.send_at is None:
        raise NoTimeChosen
    forget_time(row, actor)
    audit.record(actor=actor, verb="take back time of letter", of=row, label=row.unit.public_name)
    return row


@transaction.atomic
def lose_time(*, letter_id: int, job_id: int) -> None:
    """The job that waited was cancelled or failed: the letter waits for no time any more."""
    Letter.objects.filter(pk=letter_id, job=job_id, send_at__isnull=False).update(send_at=None, job=None)


@transaction.atomic
def send_at_its_time(*, agency: Agency, letter_id: int, job: Job) -> str:
    """Send the letter for which this job waited, in the name of who chose the time and with that person's rights of
    now. Return why it did not go out, "" if it did or if the letter waits for this job no more; then who may send it is
    told.
    """
    letter = Letter.objects.get(pk=letter_id)
    try:
        with transaction.atomic():
            need_at_work(letter.unit_id)  # the unit is held before its letters, as by whoever changes one
            if (row := waiting_for(job, letter)) is not None:
                send_letter(agency=agency, actor=sender_by_now(row, job), letter=row)
    except Refused as refusal:
        if (row := waiting_for(job, letter)) is None:
            return ""
        tell(agency, row, job, refusal)
        return str(refusal)
    return ""


def waiting_for(job: Job, letter: Letter) -> Letter | None:
    """The letter, locked and waiting for no time any more; None where it waits for this job no more."""
    row = lock(letter)
    if row.send_at is None or row.job_id != job.pk:
        return None
    row.send_at = row.job_id = None
    row.save(update_fields=["send_at", "job_id"])
    return row


def sender_by_now(letter: Letter, job: Job) -> User:
    """Who chose the time, if they may send letters of the unit still. Raises MayNotSendAnyMore."""
    found: User | None = holders_of(HELD.right, letter.unit).filter(pk=job.actor_id or 0).first()
    if found is None:
        raise MayNotSendAnyMore
    return found


def tell(agency: Agency, letter: Letter, job: Job, refusal: Refused) -> None:
    """Tell who chose the time that the letter did not go out; who else may send it, where that person may not."""
    may = holders_of(HELD.right, letter.unit)
    notify(
        agency=agency,
        users=may.filter(pk=job.actor_id or 0) or may,
        kind=HELD.name,
        text=_("%(unit)s: a letter did not go out at its time. %(why)s") % {"unit": NAME, "why": refusal},
        url=reverse("letter", args=[agency.slug, letter.pk]),
        named=Named(UNIT, letter.unit_id),
        key=f"letter held {job.pk}",
    )
