"""Where the relationship of a partner and a unit stands. Why is kept with the stage and not in the trail: it is free
text about a unit that may be closed to who reads the trail.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.models import Contact, Partner, Stage
from partners.operations.holders import held_still, refuse_anonymous
from ssu.models import Unit


class StageStands(Refused):
    """A stage follows another one."""

    code = "stage_stands"
    field = "kind"
    message = "The relationship is in this stage already."


@transaction.atomic
def set_stage(
    *,
    agency: Agency,
    actor: User,
    partner: Partner,
    unit: Unit,
    kind: str,
    reason: str = "",
    contact: Contact | None = None,
) -> Stage:
    """The relationship is in this stage from now. Raises StageStands, GivesAnonymously."""
    held_still(partner)
    stands: Stage | None = Stage.objects.standing().filter(partner=partner, unit=unit).first()
    if stands is not None and stands.kind == kind:
        raise StageStands
    if stands is None:
        refuse_anonymous(partner, unit)
    now = timezone.now()
    if stands is not None:
        stands.left_at = now
        stands.save(update_fields=["left_at"])
    made: Stage = Stage.objects.create(
        agency=agency,
        partner=partner,
        unit=unit,
        kind=kind,
        reason=reason.strip()[:200],
        contact=contact,
        set_by=actor,
        set_at=now,
    )
    changes = {"unit": unit.pk, "stage": [stands.kind if stands else "", kind]}
    audit.record(actor=actor, verb="set stage", of=partner, label=f"partner {partner.pk}", changes=changes)
    return made
