"""Taking what a logged contact proposes."""

from datetime import timedelta

from django.db import transaction

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from partners.models import Contact, FollowUp, Stage, Undertaking
from partners.operations.follow_ups import add_follow_up
from partners.operations.stages import set_stage
from partners.operations.undertakings import take_up
from partners.queries.care import proposal_of


class NothingProposed(Refused):
    """What was proposed was taken meanwhile, or nothing is proposed."""

    code = "nothing_proposed"
    message = "This was taken already, or the relationship has moved on. Look at the page again."


@transaction.atomic
def take_stage(*, agency: Agency, actor: User, contact: Contact) -> Stage:
    """Move the relationship to the stage that the contact proposes. Raises NothingProposed, GivesAnonymously."""
    found = proposal_of(locked(contact))
    if found.stage == "" or contact.unit is None:
        raise NothingProposed
    given = {"partner": contact.partner, "unit": contact.unit, "kind": found.stage, "contact": contact}
    return set_stage(agency=agency, actor=actor, **given)


@transaction.atomic
def take_follow_up(*, agency: Agency, actor: User, contact: Contact) -> FollowUp:
    """Add what the contact proposes to do next, for oneself. Raises NothingProposed, HasDied."""
    found = proposal_of(locked(contact)).follow_up
    if found is None:
        raise NothingProposed
    return add_follow_up(
        agency=agency,
        actor=actor,
        partner=contact.partner,
        unit=contact.unit,
        channel=found.channel,
        due_on=agency.today() + timedelta(days=found.days),
        assignee=actor,
        after=contact,
    )


@transaction.atomic
def take_prayer(*, agency: Agency, actor: User, contact: Contact) -> Undertaking:
    """The partner prays since the day of the contact, for its unit or for the agency as a whole. Raises
    NothingProposed, UnitArchived, GivesAnonymously.
    """
    found = locked(contact)
    if not proposal_of(found).prayer:
        raise NothingProposed
    return take_up(
        agency=agency,
        actor=actor,
        partner=contact.partner,
        unit=contact.unit,
        kind=Undertaking.Kind.PRAY,
        starts_on=contact.happened_on,
        contact=contact,
    )


def locked(contact: Contact) -> Contact:
    """The contact, held while somebody takes what it proposes: two taps take it once."""
    found: Contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    return found
