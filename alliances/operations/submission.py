"""A report's way: prepared and approved inside the member, handed in, accepted or returned by the backbone.

The first three run in the scope of the member, the last two in that of the backbone. No audit entry repeats a value.
"""

from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from accounts.queries import mailbox_readers
from agencies import audit
from agencies.lookups import memberships_of
from alliances.models import (
    WITH_VALUE,
    Alliance,
    Member,
    Obligation,
    Observation,
    Period,
    Representative,
    Submission,
    SubmissionState,
)
from core.errors import Refused


class NotYours(Refused):
    """A member reports for itself."""

    code = "not_yours"
    message = "This report is owed by another member."


class HandedIn(Refused):
    """From handing in until it is answered a report stays as it is."""

    code = "handed_in"
    message = (
        "This report has been handed in. It can be changed only by a new revision, once the backbone has answered."
    )


class ValueMissing(Refused):
    """A blank is not a zero."""

    code = "value_missing"
    field = "value"
    message = "Enter the number. If you have none, choose the answer that says why. Zero is a number."


class ValueNotWanted(Refused):
    """Either a number, or the reason why there is none."""

    code = "value_not_wanted"
    field = "value"
    message = "You said that there is no number. Leave this empty, or choose “a number” or “an estimate”."


class NoteMissing(Refused):
    """What is not a plain number is explained."""

    code = "note_missing"
    field = "note"
    message = "Say in a sentence how you estimated it, or why there is no number."


class NotADraft(Refused):
    """Approving is for drafts."""

    code = "not_a_draft"
    message = "Only a draft can be approved."


class NotApproved(Refused):
    """Nothing leaves an organization that it has not approved."""

    code = "not_approved"
    message = "Somebody who may sign for your organization approves the report before it is handed in."


class NotHandedIn(Refused):
    """Only what was handed in is reviewed."""

    code = "not_handed_in"
    message = "This report is not waiting for review."


class OwnNumbers(Refused):
    """The reviewer is not of the submitting organization."""

    code = "own_numbers"
    message = "You belong to the organization that handed this in. Somebody else reviews it."


class PeriodLocked(Refused):
    """While a publication is prepared its numbers stand still."""

    code = "period_locked"
    message = (
        "The intake of this period is closed while its publication is prepared. Publish it, or open the intake again."
    )


class ReasonMissing(Refused):
    """A returned report tells what to do."""

    code = "reason_missing"
    field = "note"
    message = "Say what has to be looked at, so that the member knows what to do."


@transaction.atomic
def save_report(
    *,
    alliance: Alliance,
    actor: User,
    member: Member,
    obligation: Obligation,
    state: str,
    value: Decimal | None = None,
    note: str = "",
) -> Submission:
    """Write the draft of a report; after an answer of the backbone it is a new revision.
    An approved draft needs approval again.

    Raises NotYours, HandedIn, ValueMissing, ValueNotWanted, NoteMissing.
    """
    if obligation.member_id != member.pk:
        raise NotYours
    check_answer(state, value, note)
    submission = draft_of(obligation, member, actor)
    Observation.objects.update_or_create(
        submission=submission, cell="", defaults={"member": member, "state": state, "value": value, "note": note}
    )
    audit.record(actor=actor, verb="write report", of=submission, label=member.organization)
    return submission


def check_answer(state: str, value: Decimal | None, note: str) -> None:
    """A number where the answer says so, none elsewhere, and words for everything but a plain number."""
    if state in WITH_VALUE and value is None:
        raise ValueMissing
    if state not in WITH_VALUE and value is not None:
        raise ValueNotWanted
    if state != "reported" and not note.strip():
        raise NoteMissing


def draft_of(obligation: Obligation, member: Member, actor: User) -> Submission:
    """The draft to write in: the one on its way, or the next revision. Raises HandedIn while one waits for review."""
    mine = Submission.objects.select_for_update().filter(obligation=obligation)
    waiting = mine.filter(state=SubmissionState.SUBMITTED).exists()
    if waiting:
        raise HandedIn
    draft: Submission | None = mine.filter(state__in=[SubmissionState.DRAFT, SubmissionState.APPROVED]).first()
    if draft is None:
        top = Submission.objects.filter(obligation=obligation).aggregate(top=Max("revision"))["top"] or 0
        made: Submission = Submission.objects.create(
            obligation=obligation, member=member, revision=top + 1, prepared_by=actor
        )
        return made
    draft.state, draft.approved_by, draft.approved_at = SubmissionState.DRAFT, None, None
    draft.prepared_by, draft.prepared_at = actor, timezone.now()
    draft.save()
    return draft


@transaction.atomic
def approve_report(*, alliance: Alliance, actor: User, member: Member, submission: Submission) -> Submission:
    """The member's signatory stands by the draft. Raises NotYours, NotADraft."""
    locked = own(submission, member)
    if locked.state != SubmissionState.DRAFT:
        raise NotADraft
    locked.state, locked.approved_by, locked.approved_at = SubmissionState.APPROVED, actor, timezone.now()
    locked.save()
    audit.record(actor=actor, verb="approve report", of=locked, label=member.organization)
    return locked


@transaction.atomic
def hand_in_report(*, alliance: Alliance, actor: User, member: Member, submission: Submission) -> Submission:
    """Give an approved report to the backbone; nobody changes its values any more. Raises NotYours, NotApproved."""
    locked = own(submission, member)
    if locked.state != SubmissionState.APPROVED:
        raise NotApproved
    locked.state, locked.submitted_by, locked.submitted_at = SubmissionState.SUBMITTED, actor, timezone.now()
    locked.save()
    audit.record(actor=actor, verb="hand in report", of=locked, label=member.organization)
    return locked


def own(submission: Submission, member: Member) -> Submission:
    """The member's own submission, locked."""
    locked: Submission | None = Submission.objects.select_for_update().filter(pk=submission.pk, member=member).first()
    if locked is None:
        raise NotYours
    return locked


@transaction.atomic
def accept_report(*, alliance: Alliance, actor: User, submission: Submission, note: str = "") -> Submission:
    """Let a report count. After a publication it makes the next revision differ.
    Raises NotHandedIn, OwnNumbers, PeriodLocked.
    """
    locked = in_review(submission, actor)
    obligation = Obligation.objects.select_for_update().get(pk=locked.obligation_id)
    period = Period.objects.get(pk=obligation.period_id)
    if period.locked_at is not None and period.published_at is None:
        raise PeriodLocked
    answer(locked, actor, SubmissionState.ACCEPTED, note)
    if obligation.accepted_at is None:
        obligation.accepted_at, obligation.handed_in_at = locked.reviewed_at, locked.submitted_at
        obligation.save(update_fields=["accepted_at", "handed_in_at"])
    audit.record(actor=actor, verb="accept report", of=locked, label=locked.member.organization)
    return locked


@transaction.atomic
def return_report(*, alliance: Alliance, actor: User, submission: Submission, note: str) -> Submission:
    """Give a report back with a reason; the member answers with a new revision.
    Raises NotHandedIn, OwnNumbers, ReasonMissing.
    """
    if not note.strip():
        raise ReasonMissing
    locked = in_review(submission, actor)
    answer(locked, actor, SubmissionState.RETURNED, note)
    audit.record(actor=actor, verb="return report", of=locked, label=locked.member.organization, reason=note)
    return locked


def in_review(submission: Submission, reviewer: User) -> Submission:
    """A report that waits for review, locked, when this person may review it."""
    locked: Submission = (
        Submission.objects.select_for_update(of=("self",)).select_related("member").get(pk=submission.pk)
    )
    if locked.state != SubmissionState.SUBMITTED:
        raise NotHandedIn
    if is_of(reviewer, locked):
        raise OwnNumbers
    return locked


def is_of(reviewer: User, submission: Submission) -> bool:
    """Whether a person, or the spouse with whom they read one mailbox, belongs, or has belonged, to the organization
    that handed a report in, or had a hand in the report.
    """
    couple = mailbox_readers(reviewer.pk)
    hands = {submission.prepared_by_id, submission.approved_by_id, submission.submitted_by_id}
    if couple & hands or Representative.objects.filter(member=submission.member, user__in=couple).exists():
        return True
    agencies = {place.agency_id for person in couple for place in memberships_of(person)}
    return submission.member.agency_id in agencies


def answer(submission: Submission, actor: User, state: str, note: str) -> None:
    """Write the backbone's answer; PostgreSQL refuses any other change of a report that was handed in."""
    submission.state, submission.review_note = state, note
    submission.reviewed_by, submission.reviewed_at = actor, timezone.now()
    submission.save(update_fields=["state", "review_note", "reviewed_by", "reviewed_at"])
