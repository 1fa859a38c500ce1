"""Saying that two records are not the same partner, and taking it back."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.models import DuplicateCandidate, NotSame, Partner
from partners.operations.duplicates import look_again
from partners.operations.merging import NothingToMerge, held


class SaidAlready(Refused):
    """It is said once."""

    code = "kept_apart_already"
    message = "It was decided already that these are not the same."


class TakenBackAlready(Refused):
    """It is taken back once."""

    code = "apart_taken_back"
    message = "This was taken back already."


@transaction.atomic
def keep_apart(*, agency: Agency, actor: User | None, one: Partner, two: Partner) -> NotSame:
    """These are two: they are not proposed again. Raises SaidAlready, MergedAlready, NothingToMerge."""
    if one.pk == two.pk:
        raise NothingToMerge
    held((one.pk, two.pk))
    first, second = sorted((one.pk, two.pk))
    if NotSame.objects.standing().filter(first=first, second=second).exists():
        raise SaidAlready
    made: NotSame = NotSame.objects.create(first_id=first, second_id=second, by=actor)
    DuplicateCandidate.objects.filter(first=first, second=second).delete()
    note(actor, made, "keep apart")
    return made


@transaction.atomic
def end_keeping_apart(*, agency: Agency, actor: User | None, decision: NotSame) -> NotSame:
    """Perhaps they are one after all: the next look may propose them. Raises TakenBackAlready."""
    found: NotSame = NotSame.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if found.ended_at is not None:
        raise TakenBackAlready
    found.ended_at, found.ended_by = timezone.now(), actor
    found.save(update_fields=["ended_at", "ended_by"])
    note(actor, found, "take keeping apart back")
    look_again(agency=agency, partner_ids=[found.first.now.pk])
    return found


def note(actor: User | None, decision: NotSame, verb: str) -> None:
    """Write the act down at both, without a name."""
    for partner in Partner.objects.filter(Q(pk=decision.first_id) | Q(pk=decision.second_id)).order_by("pk"):
        changes = {"decision": decision.pk}
        audit.record(actor=actor, verb=verb, of=partner, label=f"partner {partner.pk}", changes=changes)
