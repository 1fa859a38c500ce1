"""Partners whom the demo agency has twice, as agencies do after years of two systems."""

from typing import Any

from accounts.models import User
from agencies.models import Agency
from partners import operations as partners
from partners.models import Partner
from partners.operations.duplicates import keep_keys

SOURCE = "Card file"


def keep_twice(agency: Agency, actor: User) -> None:
    """The card file knew three people whom the donor system knows too: one by the same name, one with a letter less,
    one by initial. A spouse at the same address is another person, and is not proposed.
    """
    act: dict[str, Any] = {"agency": agency, "actor": actor}
    keep_keys(list(Partner.objects.values_list("pk", flat=True)))
    people = Partner.objects.filter(kind=Partner.Kind.PERSON, deceased_on=None).exclude(first_name="", last_name="")
    known = [each for each in people.order_by("sort_name", "pk") if each.first_name and len(each.last_name) > 4][:3]
    for number, partner in enumerate(known):
        again = {
            "first_name": partner.first_name if number < 2 else partner.first_name[:1],
            "last_name": partner.last_name if number != 1 else partner.last_name[:-1],
        }
        ways = reached_by(partner)
        partners.add_partner(**act, kind="person", number=(SOURCE, f"{1840 + number}"), **again, **ways)
    if known:
        ways = reached_by(known[0])
        partners.add_partner(**act, kind="person", first_name="Dorothea", last_name=known[0].last_name, **ways)


def reached_by(partner: Partner) -> dict[str, Any]:
    """The ways by which a partner is reached, given to another record."""
    email, phone = partner.emails.order_by("pk").first(), partner.phones.order_by("pk").first()
    address = partner.addresses.order_by("pk").first()
    lines = {"lines": address.lines, "city": address.city, "postal_code": address.postal_code} if address else None
    return {"email": email.email if email else "", "phone": phone.number if phone else "", "address": lines}
