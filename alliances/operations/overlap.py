"""Settling what two members both counted."""

from decimal import Decimal

from django.db import transaction

from accounts.models import User
from agencies import audit
from alliances.arithmetic import Resolution
from alliances.models import Alliance, Member, Obligation, Overlap, OverlapStance, Period
from core.errors import Refused


class NotAPair(Refused):
    """An overlap is between two members that report for the period."""

    code = "not_a_pair"
    field = "other"
    message = "Choose two different members that both report for this period."


class AskedAlready(Refused):
    """One question per pair and period."""

    code = "asked_already"
    field = "other"
    message = "These two members have been asked about this period already."


class NotInvolved(Refused):
    """The two members settle it; nobody else has a say."""

    code = "not_involved"
    message = "This overlap is between two other members."


class JointMissing(Refused):
    """A number together has to be told."""

    code = "joint_missing"
    field = "joint"
    message = "Enter your number together."


@transaction.atomic
def open_overlap(
    *, alliance: Alliance, actor: User, period: Period, one: Member, other: Member, question: str
) -> Overlap:
    """Ask two members whether they counted the same. Raises NotAPair, AskedAlready."""
    first, second = sorted((one, other), key=lambda member: member.pk)
    asked = Obligation.objects.filter(period=period, member__in=[first, second]).count()
    if first.pk == second.pk or asked != 2:
        raise NotAPair
    if Overlap.objects.filter(period=period, one=first, other=second).exists():
        raise AskedAlready
    overlap: Overlap = Overlap.objects.create(
        period=period, one=first, other=second, question=question, opened_by=actor
    )
    audit.record(actor=actor, verb="open overlap", of=overlap, label=f"{first.organization}, {second.organization}")
    return overlap


@transaction.atomic
def take_stance(
    *,
    alliance: Alliance,
    actor: User,
    member: Member,
    overlap: Overlap,
    resolution: str,
    joint: Decimal | None = None,
) -> OverlapStance:
    """One of the two says how it sees it, in its own scope; when the last word of both is the same, the overlap is
    settled.

    Raises NotInvolved, JointMissing.
    """
    if member.pk not in (overlap.one_id, overlap.other_id):
        raise NotInvolved
    if resolution == Resolution.CUSTOM and joint is None:
        raise JointMissing
    kept = joint if resolution == Resolution.CUSTOM else None
    stance: OverlapStance = OverlapStance.objects.create(
        overlap=overlap, member=member, resolution=resolution, joint=kept, said_by=actor
    )
    audit.record(actor=actor, verb="settle overlap", of=overlap, label=member.organization)
    return stance
