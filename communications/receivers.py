"""What happens to letters and consent when something happens below."""

from typing import Any

from django.dispatch import receiver

from agencies.models import Agency
from agencies.scope import current_agency_id
from communications.documents import partner_of
from communications.models import Letter, LetterMessage
from communications.operations import lose_time, note_objection, stop_letter, timing
from communications.operations.sending import KIND
from delivery.models import OutgoingMessage
from delivery.signals import message_ended, unsubscribed
from jobs.models import Job
from jobs.signals import job_ended
from partners.models import Partner


@receiver(unsubscribed, dispatch_uid="communications.unsubscribed")
def write_down_objection(sender: Any, reference: str, **kwargs: Any) -> None:
    """One click in a letter: the outbox has closed the address, the ledger says why."""
    number = partner_of(reference)
    partner = Partner.objects.filter(pk=number).first() if number is not None else None
    if partner is not None:
        object_for(partner, "Pressed the unsubscribe button of a letter.", "one-click unsubscribe")


@receiver(message_ended, dispatch_uid="communications.message_ended")
def write_down_complaint(sender: Any, message: OutgoingMessage, **kwargs: Any) -> None:
    """A letter reported as spam is an objection."""
    if message.state != OutgoingMessage.State.COMPLAINED or message.agency_id is None:
        return
    row = LetterMessage.objects.select_related("partner").filter(outgoing_id=message.pk).first()
    if row is not None:
        object_for(row.partner, "Reported a letter as spam.", "complaint to the mail provider")


@receiver(job_ended, dispatch_uid="communications.job_ended")
def stop_with_the_job(sender: Any, job: Job, **kwargs: Any) -> None:
    """Whoever cancels the job cancels the letter; one that waited for its time waits for a person then. After a failure
    the letter waits to be gone on with.
    """
    if job.kind == timing.KIND and job.state != Job.State.DONE:
        lose_time(letter_id=job.arguments["letter"], job_id=job.pk)
    if job.kind != KIND or job.state != Job.State.CANCELLED:
        return
    letter = Letter.objects.filter(pk=job.arguments["letter"]).first()
    if letter is not None:
        stop_letter(letter=letter)


def object_for(partner: Partner, wording: str, source: str) -> None:
    """Note the objection in the agency in scope."""
    agency = Agency.objects.get(pk=current_agency_id())
    note_objection(agency=agency, partner=partner, wording=wording, source=source)
