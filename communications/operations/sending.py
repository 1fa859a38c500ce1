"""Sending a letter: begun by a person, done by a job in steps, each partner's row before their message."""

from email.utils import parseaddr
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from communications.documents import PURPOSE, Composer, composer_of
from communications.letter_check import refuse_unsafe
from communications.models import Letter, LetterMessage
from communications.operations.letters import refuse_at_the_gate, refuse_without_address
from communications.operations.locking import lock
from communications.operations.waiting import forget_time, lock_with_job
from communications.queries.audience import Verdict, judge, readers_of
from communications.queries.letters import REFERENCE
from communications.queries.readers import has_readers
from communications.series import series_named
from core.errors import Refused
from delivery import operations as outbox
from delivery.addresses import address_hash
from delivery.models import OutgoingMessage
from delivery.operations import Draft
from jobs import operations as jobs
from jobs.models import Job
from partners.models import Partner
from ssu.models import Worker
from ssu.models.discretion import Discretion, person_is_closed
from ssu.operations import need_at_work
from ssu.operations.archived import UnitArchived

State = Letter.State
CHUNK: Final = 500
"""Partners per transaction: what a worker that dies loses at most, and does again."""
KIND: Final = "letters.send"


class NotApproved(Refused):
    """Nothing goes out that nobody approved."""

    code = "letter_not_approved"
    message = "This letter is not approved, or it has gone out already. Look at its page again."


class NobodyToWriteTo(Refused):
    """A mailing to no one."""

    code = "letter_without_readers"
    message = (
        "Nobody would get this letter: this unit has no partners, or each of them stays out for a reason. "
        "Open the audience and read why."
    )


class NothingToStop(Refused):
    """All is said and done."""

    code = "letter_not_to_stop"
    message = "Nothing of this letter waits any more, so there is nothing to stop."


@transaction.atomic
def send_letter(*, agency: Agency, actor: User, letter: Letter) -> Job:
    """Begin to send an approved letter, or go on with one whose job ended before it was through.

    Raises UnitArchived, NotApproved, NoPostalAddress, AppealWaits, NobodyToWriteTo, WordBlocked, and what its series
    raises.
    """
    need_at_work(letter.unit_id)
    row = lock_with_job(letter)
    is_left_over = row.state == State.SENDING and not job_is_open(row)
    if row.state != State.APPROVED and not is_left_over:
        raise NotApproved
    refuse_to_send(agency, row, is_left_over=is_left_over)
    forget_time(row, actor)
    job = jobs.start(kind=KIND, actor=actor, title=_("Letter to partners"), arguments={"letter": row.pk})
    row.state, row.job_id = State.SENDING, job.pk
    row.save(update_fields=["state", "job_id"])
    audit.record(actor=actor, verb="send letter", of=row, label=row.unit.public_name)
    return job


def refuse_to_send(agency: Agency, letter: Letter, *, is_left_over: bool = False) -> None:
    """Raise what holds back an approved letter: NoPostalAddress, AppealWaits, WordBlocked, what its series raises, and
    NobodyToWriteTo unless a part of it went out before.
    """
    refuse_without_address(agency)
    refuse_at_the_gate(agency, letter)
    refuse_unsafe(letter)
    refuse_out_of_turn(letter)
    if not is_left_over and not has_readers(agency, letter):
        raise NobodyToWriteTo


def job_is_open(letter: Letter) -> bool:
    """Whether a job is at work on the letter or waits to be."""
    return bool(Job.objects.filter(pk=letter.job_id).exclude(state__in=Job.ENDED).exists())


def begin_sending(*, agency: Agency, letter_id: int) -> tuple[Composer, int]:
    """What the job needs: the words, made ready, and how many partners the unit has. The words are checked once more,
    since units and people may have become closed, and so are the unit and the gate of its appeals. Raises
    UnitArchived, AppealWaits, WordBlocked.
    """
    letter = Letter.objects.select_related("unit").get(pk=letter_id)
    need_at_work(letter.unit_id)
    refuse_to_send(agency, letter, is_left_over=True)
    return composer_of(agency, letter), readers_of(letter).count()


@transaction.atomic
def queue_chunk(*, agency: Agency, composer: Composer) -> int:
    """Write the rows of the next partners and put their messages into the outbox; return how many partners were dealt
    with, 0 when none is left or the letter was stopped.

    The letter's row is locked, so two runs take turns; a partner with a row is never taken again, and the unique keys
    of the rows and of the outbox hold where anything else fails. Raises UnitArchived for one that was put away since,
    AppealWaits where the gate has shut, and what its series raises by now.
    """
    letter = lock_with_series(composer.letter)
    if letter.state != State.SENDING:
        return 0
    if not letter.unit.is_at_work:
        raise UnitArchived
    partners = waiting_partners(letter)
    if not partners:
        letter.state, letter.sent_at = State.SENT, timezone.now()
        letter.save(update_fields=["state", "sent_at"])
        return 0
    refuse_at_the_gate(agency, letter)
    refuse_out_of_turn(letter)
    verdicts = judge(agency, letter, partners, taken=taken(letter))
    rows = LetterMessage.objects.bulk_create([row_of(agency, letter, verdict) for verdict in verdicts])
    hand_over(agency, composer, [pair for pair in zip(rows, verdicts, strict=True) if not pair[1].excluded])
    return len(rows)


def refuse_out_of_turn(letter: Letter) -> None:
    """Raise what the series of a letter has against its going out now."""
    if letter.series:
        series, numbers = series_named(letter.series)
        series.check(*numbers)


def lock_with_series(letter: Letter) -> Letter:
    """The letter as it stands now; letters of one series take turns, so that each sees who has another."""
    if letter.series:
        hold_series(letter.series)
    return lock(letter)


def hold_series(series: str) -> None:
    """No letter of the series goes out meanwhile. It is taken after any lock of what the series is about, as sending
    takes the unit before the letter.
    """
    list(Letter.objects.select_for_update(of=("self",)).filter(series=series).order_by("pk"))


def waiting_partners(letter: Letter) -> list[Partner]:
    """The next partners of the unit for whom nothing was decided yet."""
    decided = LetterMessage.objects.filter(letter=letter).values("partner_id")
    return list(readers_of(letter).exclude(pk__in=decided)[:CHUNK])


def taken(letter: Letter) -> frozenset[str]:
    """The hashes of addresses that have this letter, or another of its series."""
    same = Q(series=letter.series) if letter.series else Q(letter=letter)
    rows = LetterMessage.objects.filter(same).exclude(address_hash="")
    return frozenset(rows.values_list("address_hash", flat=True))


def row_of(agency: Agency, letter: Letter, verdict: Verdict) -> LetterMessage:
    """What the letter is for one partner, before there is a message."""
    if verdict.excluded:
        return LetterMessage(letter=letter, partner=verdict.partner, excluded=verdict.excluded, series=letter.series)
    return LetterMessage(
        letter=letter,
        partner=verdict.partner,
        address_hash=address_hash(agency.pk, verdict.address),
        basis=verdict.basis,
        included_anyway=verdict.included_anyway,
        series=letter.series,
    )


def hand_over(agency: Agency, composer: Composer, pairs: list[tuple[LetterMessage, Verdict]]) -> None:
    """Put the messages into the outbox and note their ids on the rows."""
    letter = composer.letter
    sender, reply_to = sender_of(agency), reply_to_of(letter)
    drafts = []
    for _row, verdict in pairs:
        made = composer.render(verdict.partner, verdict.address)
        drafts.append(
            Draft(
                to=verdict.address,
                subject=made.subject,
                text=made.text,
                html=made.html,
                headers=made.headers,
                purpose=PURPOSE,
                reference_kind=REFERENCE,
                reference_id=letter.pk,
                sender=sender,
                reply_to=reply_to,
                key=key_of(letter.pk, verdict.partner.pk),
            )
        )
    outbox.queue_many(drafts)
    ids = dict(OutgoingMessage.objects.filter(key__in=[each.key for each in drafts]).values_list("key", "pk"))
    for row, verdict in pairs:
        row.outgoing_id = ids[key_of(letter.pk, verdict.partner.pk)]
    LetterMessage.objects.bulk_update([row for row, _verdict in pairs], ["outgoing_id"])


def key_of(letter_id: int, partner_id: int) -> str:
    """The key under which the outbox takes one message only."""
    return f"letter:{letter_id}:{partner_id}"


def sender_of(agency: Agency) -> str:
    """The From line: the agency's name with the installation's address."""
    name = agency.name.replace("\\", "").replace('"', "'")
    return f'"{name}" <{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}>'


def reply_to_of(letter: Letter) -> str:
    """Where answers go: to the author, unless unit or author is guarded, for an address may tell a name."""
    if letter.author is None or letter.unit.discretion != Discretion.OPEN:
        return ""
    guarded = Worker.objects.filter(person_is_closed(""), membership__user=letter.author_id).exists()
    return "" if guarded else letter.author.mail_address


@transaction.atomic
def send_proof(*, agency: Agency, actor: User, letter: Letter, partner: Partner) -> OutgoingMessage:
    """Send the letter, as this partner would get it, to the actor. It carries no working links and counts nowhere.
    Raises UnitArchived.
    """
    need_at_work(letter.unit_id)
    refuse_unsafe(letter)
    made = composer_of(agency, letter).render(partner)
    return outbox.queue(
        to=actor.mail_address,
        subject=_("Proof: %(subject)s") % {"subject": made.subject},
        text=made.text,
        html=made.html,
        purpose=OutgoingMessage.Purpose.NOTICE,
        reference_kind="communications.proof",
        reference_id=letter.pk,
        sender=sender_of(agency),
    )


def cancel_letter(*, agency: Agency, actor: User, letter: Letter) -> None:
    """Stop a letter: a draft for good; one that is being queued after the step under way; of one that is queued,
    whatever still waits. Raises NothingToStop.
    """
    job = Job.objects.filter(pk=letter.job_id).first() if letter.state == State.SENDING else None
    if job is not None and not job.has_ended:
        jobs.request_cancel(actor=actor, job=job)  # its end stops the letter; no lock is held meanwhile
    else:
        called_back = give_up(letter, actor)
        if letter.state == State.SENT and not called_back:
            raise NothingToStop
    audit.record(actor=actor, verb="cancel letter", of=letter, label=letter.unit.public_name)


@transaction.atomic
def give_up(letter: Letter, actor: User) -> int:
    """What `stop_letter` does to one that no job is sending; the time for which it waits ends too."""
    forget_time(lock_with_job(letter), actor)
    return stop_letter(letter=letter)


@transaction.atomic
def stop_letter(*, letter: Letter) -> int:
    """Call back what waits in the outbox; return how many messages. A letter that was not yet sent is cancelled. Doing
    it twice changes nothing.
    """
    row = lock(letter)
    if row.state not in {State.SENT, State.CANCELLED}:
        row.state = State.CANCELLED
        row.save(update_fields=["state"])
    return outbox.cancel(reference_kind=REFERENCE, reference_id=row.pk)
