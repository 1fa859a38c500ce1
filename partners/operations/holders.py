"""Who cares for a partner in the name of a unit: named, and ended."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.models import Commitment, GiftLine, Holder, Partner
from partners.models.commitment import gives_anonymously
from partners.models.holder import CARING_ROLES
from partners.operations.erased import refuse_erased
from partners.operations.merge_lock import share_merges
from ssu.models import TeamMember, Unit, Worker


class NotOnTheTeam(Refused):
    """A relationship is held by somebody who serves in the unit."""

    code = "not_on_the_team"
    field = "worker"
    message = "This person does not serve in the unit as leader or member today. Choose somebody who does."


class HoldsAlready(Refused):
    """A person holds a partner in a unit once."""

    code = "holds_already"
    field = "worker"
    message = "This person holds the relationship already, in this way."


class HolderEnded(Refused):
    """Holding ends once."""

    code = "holder_ended"
    message = "This had ended already. Look at the page again."


class GivesAnonymously(Refused):
    """The giver of anonymous gifts is hidden from everyone in the field."""

    code = "gives_anonymously"
    message = (
        "This partner is known to the unit by anonymous gifts alone, so its team may not learn the name. "
        "Keep the relationship with the office."
    )


def refuse_anonymous(partner: Partner, unit: Unit) -> None:
    """Raise GivesAnonymously when naming the partner to the unit's team would tell who gave to it unnamed."""
    lines = GiftLine.objects.standing().filter(gift__giving_unit__partner=partner, designation__unit=unit)
    promised = Commitment.objects.filter(giving_unit__partner=partner, designation__unit=unit)
    hidden, known = lines.filter(gift__anonymous=True), lines.filter(gift__anonymous=False)
    if hidden.exists() and not (known.exists() or promised.exclude(gives_anonymously()).exists()):
        raise GivesAnonymously


def held_still(partner: Partner) -> Partner:
    """The partner, its row locked: what is told about its relationships is told one after the other. Raises
    PartnersBusy, ErasedAlready.
    """
    share_merges(partner.agency_id)
    found: Partner = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    refuse_erased(found)
    return found


@transaction.atomic
def appoint_holder(
    *, agency: Agency, actor: User, partner: Partner, unit: Unit, worker: Worker, is_primary: bool = True
) -> Holder:
    """From today somebody of the unit's team cares for the partner. Who was the first holder becomes another one.

    Raises NotOnTheTeam, GivesAnonymously, HoldsAlready.
    """
    held_still(partner)
    serving = TeamMember.objects.serving().filter(unit=unit, worker=worker, role__in=CARING_ROLES)
    if not serving.exists():
        raise NotOnTheTeam
    refuse_anonymous(partner, unit)
    standing = list(Holder.objects.standing().filter(partner=partner, unit=unit))
    own = next((holder for holder in standing if holder.worker_id == worker.pk), None)
    if own is not None and own.is_primary == is_primary:
        raise HoldsAlready
    first = next((holder for holder in standing if holder.is_primary and is_primary), None)
    for holder in filter(None, (own, first)):
        finish(agency, actor, holder)
    if first is not None:
        enter(agency, actor, first.partner, first.unit, first.worker, is_primary=False)
    return enter(agency, actor, partner, unit, worker, is_primary=is_primary)


def enter(agency: Agency, actor: User, partner: Partner, unit: Unit, worker: Worker, *, is_primary: bool) -> Holder:
    """Write the row and tell of it."""
    made: Holder = Holder.objects.create(
        agency=agency,
        partner=partner,
        unit=unit,
        worker=worker,
        is_primary=is_primary,
        starts_on=agency.today(),
        named_by=actor,
    )
    note(actor, made, "name holder")
    return made


def finish(agency: Agency, actor: User | None, holder: Holder, reason: str = "") -> None:
    """End a row today."""
    holder.ends_on, holder.ended_reason = agency.today(), reason
    holder.ended_by, holder.ended_at = actor, timezone.now()
    holder.save(update_fields=["ends_on", "ended_reason", "ended_by", "ended_at"])


@transaction.atomic
def end_holder(*, agency: Agency, actor: User | None, holder: Holder, reason: str = "") -> Holder:
    """From today this person does not care for the partner any more; no actor is the clock. Raises HolderEnded,
    ErasedAlready.
    """
    held_still(holder.partner)
    found: Holder = Holder.objects.select_for_update(of=("self",)).get(pk=holder.pk)
    if found.ends_on is not None:
        raise HolderEnded
    finish(agency, actor, found, reason.strip()[:200])
    note(actor, found, "end holder")
    return found


def note(actor: User | None, holder: Holder, verb: str) -> None:
    """Write the act down at the partner, without a name and without the reason."""
    changes = {"unit": holder.unit_id, "holder": holder.pk, "first": holder.is_primary}
    label = f"partner {holder.partner_id}"
    audit.record(actor=actor, verb=verb, of=holder.partner, label=label, changes=changes)
