"""Partners and the units they give as."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from partners.keys import donor_number, sort_name
from partners.models import Address, EmailAddress, ExternalId, GivingUnit, Partner, Phone
from partners.operations.duplicates import look_again
from partners.operations.erased import refuse_erased
from partners.operations.follow_ups import close_follow_ups
from partners.operations.telling import tell_changed


class NameMissing(Refused):
    """A partner can be found only by a name."""

    code = "partner_name_missing"
    message = "Enter a last name, a first name or the name of the organization."


class NumberTaken(Refused):
    """A number of another system names one partner."""

    code = "external_id_taken"
    message = "Another partner has this number in this source. Open that partner, or correct the number."


def listed_name(fields: dict[str, Any]) -> tuple[str, str]:
    """How a partner is called and how sorted, from the parts of the name. Raises NameMissing."""
    first, last, organization = (str(fields.get(k) or "").strip() for k in ("first_name", "last_name", "organization"))
    spouse = str(fields.get("spouse_first_name") or "").strip()
    if organization and not (first or last):
        return organization, organization
    given = " and ".join(part for part in (first, spouse) if part)
    name = " ".join(part for part in (given, last) if part)
    if not name:
        raise NameMissing
    return name, sort_name(first, spouse, last, organization, name)


@transaction.atomic
def add_partner(
    *,
    agency: Agency,
    actor: User | None,
    kind: str,
    email: str = "",
    phone: str = "",
    address: dict[str, str] | None = None,
    number: tuple[str, str] | None = None,
    **fields: Any,
) -> Partner:
    """Make a partner, the giving unit that receipts address, and ways to reach them. `number` is (source, value).

    Raises NameMissing and NumberTaken.
    """
    name, sorted_by = listed_name(fields)
    fields = with_day_of_death(agency, fields)
    partner: Partner = Partner.objects.create(agency=agency, kind=kind, name=name, sort_name=sorted_by, **fields)
    GivingUnit.objects.create(agency=agency, partner=partner, name=name)
    if email:
        EmailAddress.objects.create(agency=agency, partner=partner, email=email, added_at=partner.created_at)
    if phone:
        Phone.objects.create(agency=agency, partner=partner, number=phone, added_at=partner.created_at)
    if address and any(address.values()):
        Address.objects.create(agency=agency, partner=partner, added_at=partner.created_at, **address)
    if number and number[1]:
        give_number(agency=agency, partner=partner, source=number[0], value=number[1])
    audit.record(actor=actor, verb="add partner", of=partner, label=f"partner {partner.pk}")
    tell_changed(agency, [partner.pk])
    look_again(agency=agency, partner_ids=[partner.pk])
    return partner


def give_number(*, agency: Agency, partner: Partner, source: str, value: str) -> ExternalId:
    """Note the number by which another system knows the partner. Raises NumberTaken."""
    refuse_erased(partner)
    norm = donor_number(value)
    known = ExternalId.objects.filter(source=source, norm=norm).first()
    if known is not None and known.partner_id != partner.pk:
        raise NumberTaken
    found: ExternalId = known or ExternalId.objects.create(
        agency=agency, partner=partner, source=source, value=value, norm=norm
    )
    return found


def with_day_of_death(agency: Agency, fields: dict[str, Any], known_since: date | None = None) -> dict[str, Any]:
    """The same fields; of who died on a day that nobody knows, with the first day on which we knew of it."""
    if fields.get("death_day_known", True):
        return fields
    return {**fields, "deceased_on": fields.get("deceased_on") or known_since or agency.today()}


@transaction.atomic
def update_partner(*, agency: Agency, actor: User | None, partner: Partner, **fields: Any) -> Partner:
    """Change parts of a partner's record. The giving unit's name follows, as long as it was the partner's own. With the
    day of death all that is to do for the partner is closed.
    """
    refuse_erased(partner)
    old_name, was_alive = partner.name, partner.deceased_on is None
    fields = with_day_of_death(agency, fields, partner.deceased_on)
    changed = sorted(name for name, value in fields.items() if getattr(partner, name) != value)
    if "deceased_on" in changed and fields.get("death_day_known", True):
        fields["death_day_known"], changed = True, sorted({*changed, "death_day_known"})
    for name in changed:
        setattr(partner, name, fields[name])
    parts = ("first_name", "last_name", "organization", "spouse_first_name")
    partner.name, partner.sort_name = listed_name({name: getattr(partner, name) for name in parts})
    partner.save(update_fields=[*changed, "name", "sort_name"])
    GivingUnit.objects.filter(partner=partner, name=old_name).update(name=partner.name)
    if was_alive and partner.deceased_on is not None:
        close_follow_ups(agency=agency, actor=actor, partner=partner, reason=str(_("The partner has died.")))
    audit.record(
        actor=actor, verb="change partner", of=partner, label=f"partner {partner.pk}", changes={"fields": changed}
    )
    tell_changed(agency, [partner.pk])
    look_again(agency=agency, partner_ids=[partner.pk])
    return partner


def unidentified_giver(*, agency: Agency) -> GivingUnit:
    """The giving unit on which gifts wait whose giver nobody knows yet."""
    giver, _made = GivingUnit.objects.get_or_create(
        agency=agency,
        is_unidentified=True,
        defaults={"name": "Unidentified giver", "receipts": GivingUnit.Receipts.NONE},
    )
    found: GivingUnit = giver
    return found


def identify(*, agency: Agency, source: str, value: str) -> Partner | None:
    """The partner behind a number of a source, padded or not."""
    known = ExternalId.objects.select_related("partner").filter(source=source, norm=donor_number(value)).first()
    return known.partner if known else None
