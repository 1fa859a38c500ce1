"""What this app keeps of a person in rows that it may write itself, and what apps below keep of words and addresses."""

from typing import Final

from django.db.models import F, Q
from django.db.models.functions import Greatest

from accounts.models import User
from agencies.models import Agency
from agencies.operations.forgetting import forget_views
from delivery.models import Suppression
from delivery.operations import settle_tasks, suppress
from delivery.operations.forgetting import forget_messages, forget_notices
from jobs.operations.forgetting import drop_job_files, forget_arguments
from partners.erasing import Marks
from partners.job_kinds import LIST_JOB, REPORT_JOB
from partners.models import (
    Address,
    Commitment,
    DuplicateCandidate,
    EmailAddress,
    FollowUp,
    ImportMatch,
    MatchKey,
    Merge,
    MergeStep,
    Phone,
    ReviewItem,
    Tagging,
)

FILES: Final = (LIST_JOB, REPORT_JOB)
"""Jobs whose files name partners."""


def erase_told(*, agency: Agency, actor: User, marks: Marks, closing: bool) -> None:
    """What was sent, told and saved about a person. With `closing` their own addresses are closed, as hashes; one that
    somebody else has too is not.
    """
    forget_messages(addresses=marks.own_emails, words=marks.words)
    forget_notices(words=marks.words)
    forget_views(words=marks.words, phones=marks.phones)
    drop_job_files(kinds=FILES)
    forget_arguments(kinds=FILES, words=marks.words)
    if closing:
        close(actor, marks)


def close(actor: User, marks: Marks) -> None:
    """Write to these addresses no more."""
    for email in marks.own_emails:
        suppress(actor=actor, reason=Suppression.Reason.ASKED, address=email)


def erase_own(*, agency: Agency, marks: Marks) -> None:
    """Ways to reach, tags, what duplicates are found by, what files and merges said; promises end today."""
    of = {"partner__in": marks.partner_ids}
    settle_tasks(about=[each.matter for each in FollowUp.objects.filter(**of)])
    for model in (EmailAddress, Phone, Address, Tagging, MatchKey):
        model.objects.filter(**of).delete()
    either = Q(first__in=marks.partner_ids) | Q(second__in=marks.partner_ids)
    DuplicateCandidate.objects.filter(either).delete()
    matches = ImportMatch.objects.filter(**of)
    matches.filter(applied_at=None).delete()
    matches.update(told={}, before={})
    merges = Merge.objects.filter(Q(survivor__in=marks.partner_ids) | Q(loser__in=marks.partner_ids))
    MergeStep.objects.filter(merge__in=merges, what="partner").update(before={}, after={})
    promises = Commitment.objects.filter(giving_unit__in=marks.giving_unit_ids)
    today = agency.today()
    promises.filter(Q(ends_on=None) | Q(ends_on__gt=today)).update(ends_on=Greatest(F("starts_on"), today))
    promises.update(ended_reason="")
    ReviewItem.objects.filter(line__gift__giving_unit__in=marks.giving_unit_ids).update(outcome="")
