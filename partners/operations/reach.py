"""Ways to reach a partner: added, and ended without being forgotten."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.models import Address, EmailAddress, ExternalId, Partner, Phone
from partners.operations.duplicates import look_again
from partners.operations.erased import refuse_erased
from partners.operations.partners import give_number
from partners.operations.telling import tell_changed

Way = EmailAddress | Phone | Address


class EmailKnown(Refused):
    """An address stands once with a partner."""

    code = "email_known"
    field = "email"
    message = "The partner has this address already."


@transaction.atomic
def add_email(*, agency: Agency, actor: User | None, partner: Partner, email: str, whose: str) -> EmailAddress:
    """Note an e-mail address; one that did not hold any more holds again. Raises EmailKnown."""
    refuse_erased(partner)
    known: EmailAddress | None = EmailAddress.objects.filter(
        partner=partner, whose=whose, norm=email.strip().lower()
    ).first()
    if known is not None and known.not_valid_since is None:
        raise EmailKnown
    made: EmailAddress = known or EmailAddress(agency=agency, partner=partner, email=email, whose=whose)
    made.not_valid_since, made.added_at = None, made.added_at or timezone.now()
    made.save()
    note(agency, actor, partner, made, "add e-mail")
    look_again(agency=agency, partner_ids=[made.partner_id])
    return made


@transaction.atomic
def add_phone(*, agency: Agency, actor: User | None, partner: Partner, number: str, whose: str) -> Phone:
    """Note a telephone number."""
    refuse_erased(partner)
    made: Phone = Phone.objects.create(
        agency=agency, partner=partner, number=number, whose=whose, added_at=timezone.now()
    )
    note(agency, actor, partner, made, "add phone")
    look_again(agency=agency, partner_ids=[made.partner_id])
    return made


@transaction.atomic
def add_address(*, agency: Agency, actor: User | None, partner: Partner, lines: str, **parts: str) -> Address:
    """Note a postal address."""
    refuse_erased(partner)
    made: Address = Address.objects.create(
        agency=agency, partner=partner, lines=lines, added_at=timezone.now(), **parts
    )
    note(agency, actor, partner, made, "add address")
    look_again(agency=agency, partner_ids=[made.partner_id])
    return made


@transaction.atomic
def add_number(*, agency: Agency, actor: User | None, partner: Partner, source: str, value: str) -> ExternalId:
    """Note a number of another system. Raises NumberTaken."""
    made = give_number(agency=agency, partner=partner, source=source, value=value)
    audit.record(actor=actor, verb="add number", of=partner, label=f"partner {partner.pk}")
    tell_changed(agency, [partner.pk])
    look_again(agency=agency, partner_ids=[partner.pk])
    return made


@transaction.atomic
def end_way(*, agency: Agency, actor: User | None, way: Way) -> None:
    """From today this no longer reaches the partner. It is kept, so that a later import is not taken for news."""
    way.not_valid_since = agency.today()
    way.save(update_fields=["not_valid_since"])
    note(agency, actor, way.partner, way, "end way to reach")


@transaction.atomic
def restore_way(*, agency: Agency, actor: User | None, way: Way) -> None:
    """Take the end back."""
    way.not_valid_since = None
    way.save(update_fields=["not_valid_since"])
    note(agency, actor, way.partner, way, "restore way to reach")


def note(agency: Agency, actor: User | None, partner: Partner, way: Way, verb: str) -> None:
    """Write the act down at the partner, without the address itself, and tell who listens."""
    tell_changed(agency, [partner.pk])
    audit.record(actor=actor, verb=verb, of=partner, label=f"partner {partner.pk}", changes={"way": way.pk})
