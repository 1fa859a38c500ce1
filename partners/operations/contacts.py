"""The log of contacts: written, and withdrawn where it was wrong."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.models import Contact, FollowUp, Partner
from partners.operations.erased import refuse_erased
from partners.operations.follow_ups import finish_follow_up, reopen_settled_by
from partners.operations.undertakings import withdraw_taken_from
from ssu.models import Unit


class NotYet(Refused):
    """The log says what is done."""

    code = "contact_ahead"
    field = "happened_on"
    message = "This day is still to come. Log what has happened; what is to do is a follow-up."


class WithdrawnBefore(Refused):
    """A contact is withdrawn once."""

    code = "contact_withdrawn"
    message = "This contact was withdrawn already. If one was in touch after all, log it anew."


@transaction.atomic
def log_contact(
    *,
    agency: Agency,
    actor: User,
    partner: Partner,
    unit: Unit | None,
    channel: str,
    outcome: str,
    happened_on: date,
    note: str = "",
    note_for: str = Contact.NoteFor.CARERS,
    settles: FollowUp | None = None,
) -> Contact:
    """Write down that one was in touch; a follow-up that this settles is done with it. Raises NotYet, EndedBefore,
    ErasedAlready."""
    refuse_erased(partner)
    if happened_on > agency.today():
        raise NotYet
    made: Contact = Contact.objects.create(
        agency=agency,
        partner=partner,
        unit=unit,
        channel=channel,
        outcome=outcome,
        happened_on=happened_on,
        note=note.strip(),
        note_for=note_for,
        by=actor,
    )
    if settles is not None:
        finish_follow_up(agency=agency, actor=actor, follow_up=settles, contact=made)
    changes = {"contact": made.pk, "channel": channel}
    audit.record(actor=actor, verb="log contact", of=partner, label=f"partner {partner.pk}", changes=changes)
    return made


@transaction.atomic
def withdraw_contact(*, agency: Agency, actor: User, contact: Contact, reason: str = "") -> Contact:
    """It was not so. What was settled by it is open again, and what was taken up from it is taken back. Raises
    WithdrawnBefore.
    """
    found: Contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if found.withdrawn_at is not None:
        raise WithdrawnBefore
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_reason = timezone.now(), actor, reason.strip()[:200]
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    rests: dict[str, Any] = {"agency": agency, "actor": actor, "contact": found}
    changes = {
        "contact": found.pk,
        "reopened": reopen_settled_by(**rests),
        "undertakings": withdraw_taken_from(**rests),
    }
    label = f"partner {found.partner_id}"
    audit.record(actor=actor, verb="withdraw contact", of=found.partner, label=label, changes=changes)
    return found
