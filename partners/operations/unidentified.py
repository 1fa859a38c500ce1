"""Saying who gave what came from a giver whom nobody knew, and taking that back.

A dated assignment, no correction: a correction says that what was posted was wrong, reverses it and posts it anew,
fifty times for fifty gifts of one number. Here nothing that was posted was wrong. Only the giver was not known, so the
gifts stay as they are, with their lines, postings, batches and matches, and are of somebody from a day on.
"""

from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.idempotency import once
from agencies.models import Agency
from core.errors import Refused
from partners.models import Gift, GiverAssignment, GivingUnit, ReviewItem
from partners.operations.corrections import ReasonMissing, stands_for
from partners.operations.partners import unidentified_giver
from partners.operations.telling import tell_changed
from partners.queries.unidentified import gifts_alike

UNKNOWN = ReviewItem.Reason.UNIDENTIFIED_DONOR


class GiverKnown(Refused):
    """A gift whose giver is known is corrected, not assigned."""

    code = "giver_known"
    message = "The giver of this gift is known already. Open the gift; if it is the wrong one, correct the gift."


class NobodyNamed(Refused):
    """Gifts are assigned to somebody."""

    code = "nobody_named"
    status = 422
    field = "giving_unit"
    message = "Choose who gave: the unidentified giver is nobody."


class AssignmentGone(Refused):
    """What was taken back is not taken back again."""

    code = "giver_assignment_gone"
    message = "This was taken back already. Open the gift to see whose it is."


class CorrectedSince(Refused):
    """A correction took the giver over, be it the last of several; it is set right there."""

    code = "corrected_since"
    message = (
        "A gift among these was corrected since, with this giver. Withdraw what stands in its place, or correct it to "
        "another giver, then take this back."
    )


@transaction.atomic
def assign_giver(
    *, agency: Agency, actor: User | None, gift: Gift, giving_unit: GivingUnit, reason: str, key: str
) -> GiverAssignment:
    """From today on this gift and all that came under the same number (`gifts_alike`) are of this giving unit; the
    reviews that asked who gave are settled. Once per idempotency `key`; the assignment of the gift itself.

    Designations, amounts, days and postings stay. Raises ReasonMissing, NobodyNamed, GiverKnown.
    """
    if not reason.strip():
        raise ReasonMissing
    if giving_unit.is_unidentified:
        raise NobodyNamed

    def effect() -> dict[str, Any]:
        gifts = list(gifts_alike(gift).select_for_update(of=("self",)))
        if gift.pk not in {each.pk for each in gifts}:
            raise GiverKnown
        act = uuid4()
        made = GiverAssignment.objects.bulk_create(
            GiverAssignment(agency=agency, act=act, gift=each, giving_unit=giving_unit, reason=reason[:250], by=actor)
            for each in gifts
        )
        move_gifts(gifts, giving_unit)
        waiting = ReviewItem.objects.filter(line__gift__in=gifts, reason=UNKNOWN, settled_at=None)
        waiting.update(settled_at=timezone.now(), settled_by=actor, outcome=reason[:250])
        audit_of(actor, "assign giver", gifts, reason)
        tell_changed(agency, [giving_unit.partner_id] if giving_unit.partner_id else [])
        return {"assignment": next(each.pk for each in made if each.gift_id == gift.pk)}

    content = {"gift": gift.pk, "giver": giving_unit.pk, "reason": reason}
    answer = once(agency=agency, endpoint="assign_giver", key=key, content=content, effect=effect)
    found: GiverAssignment = GiverAssignment.objects.select_related("giving_unit").get(pk=answer["assignment"])
    return found


@transaction.atomic
def take_back_giver(
    *, agency: Agency, actor: User | None, assignment: GiverAssignment, reason: str, key: str
) -> GiverAssignment:
    """All gifts of the same act are the unidentified giver's again, with what was given back of them since, and the
    reviews that it settled wait again; what was withdrawn since stays. Once per idempotency `key`. Raises
    ReasonMissing, AssignmentGone, CorrectedSince.
    """
    if not reason.strip():
        raise ReasonMissing

    def effect() -> dict[str, Any]:
        rows = GiverAssignment.objects.filter(act=assignment.act)
        ids = [each.gift_id for each in rows.select_for_update().order_by("pk") if each.undone_at is None]
        if not ids:
            raise AssignmentGone
        gifts = list(Gift.objects.filter(pk__in=ids).select_for_update().order_by("pk"))
        check_not_corrected(ids, assignment.giving_unit_id)
        standing = [each for each in gifts if each.withdrawn_at is None]
        standing += join_refunds(assignment, standing)
        undone = {"undone_at": timezone.now(), "undone_by": actor, "undone_reason": reason[:250]}
        rows.filter(undone_at=None).update(**undone)
        move_gifts(standing, unidentified_giver(agency=agency))
        reviews = ReviewItem.objects.filter(line__gift__in=standing, reason=UNKNOWN)
        reviews.filter(outcome=assignment.reason[:250]).update(settled_at=None, settled_by=None, outcome="")
        audit_of(actor, "take back giver", standing or gifts, reason)
        tell_changed(agency, [partner] if (partner := assignment.giving_unit.partner_id) else [])
        return {"assignment": assignment.pk}

    content = {"assignment": assignment.pk, "reason": reason}
    once(agency=agency, endpoint="take_back_giver", key=key, content=content, effect=effect)
    found: GiverAssignment = GiverAssignment.objects.get(pk=assignment.pk)
    return found


def check_not_corrected(gifts: list[int], giving_unit: int) -> None:
    """Raises CorrectedSince where what stands in the place of one of these gifts is of this giving unit."""
    if Gift.objects.standing().filter(pk__in=stands_for(gifts), giving_unit=giving_unit).exists():
        raise CorrectedSince


def join_refunds(assignment: GiverAssignment, gifts: list[Gift]) -> list[Gift]:
    """Let what was given back of these gifts since, in the name of the giver whom they were assigned to, be a part of
    the same act: it is theirs as long as the gifts are, and no longer.
    """
    since = Gift.objects.standing().filter(reverses__in=gifts, giving_unit=assignment.giving_unit_id)
    refunds = list(since.exclude(pk__in=[each.pk for each in gifts]).select_for_update().order_by("pk"))
    same = {name: getattr(assignment, name) for name in ("agency", "act", "giving_unit", "reason", "by")}
    GiverAssignment.objects.bulk_create(GiverAssignment(gift=each, **same) for each in refunds)
    return refunds


def move_gifts(gifts: list[Gift], giving_unit: GivingUnit) -> None:
    """These gifts are of this giving unit now. One statement."""
    Gift.objects.filter(pk__in=[each.pk for each in gifts]).update(giving_unit=giving_unit)


def audit_of(actor: User | None, verb: str, gifts: list[Gift], reason: str) -> None:
    """One line of the trail for the act; it names no giver."""
    first, ids = gifts[0], [each.pk for each in gifts]
    audit.record(actor=actor, verb=verb, of=first, label=f"gift {first.pk}", changes={"gifts": ids}, reason=reason)
