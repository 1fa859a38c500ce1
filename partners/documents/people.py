"""What files tell of partners: names to whoever may know the partner, everything else as far as their right reaches."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet

from agencies.seats import Seat
from partners.documents.numbers import in_file, number_of, numbers_of, of_ours
from partners.listed_words import cell_of
from partners.models import Address, EmailAddress, ExternalId, Partner, Phone, Tagging
from partners.models.contact import Reach

Facts = dict[str, str]
"""Fact -> what is told; the names are those of the import (`partners.imports.formats.generic`)."""
ORGANIZATIONS = frozenset({"church", "foundation", "business", "organization", "fund_sponsor"})
FACTS = (
    *("source", "donor_id", "type", "display_name", "title", "first_name", "middle_name", "last_name", "suffix"),
    *("spouse_title", "spouse_first_name", "spouse_last_name", "spouse_deceased", "organization", "roman_name"),
    *("email", "email_2", "email_3", "spouse_email", "spouse_email_2", "phone", "phone_2", "phone_3", "mobile_phone"),
    *("spouse_phone", "spouse_mobile_phone", "address1", "address2", "address3", "address4", "city", "state"),
    *("postal_code", "country", "church", "note", "greeting", "deceased", "deceased_on", "language", "tags"),
)
NAMES = (
    *("title", "first_name", "middle_name", "last_name", "suffix", "spouse_title", "spouse_first_name"),
    *("spouse_last_name", "organization", "roman_name", "church", "greeting", "language"),
)


def with_facts(partners: QuerySet[Any]) -> QuerySet[Any]:
    """The partners with all that files may tell of them: five queries for each part of the list."""
    valid = {"not_valid_since": None}
    found: QuerySet[Any] = partners.prefetch_related(
        Prefetch("external_ids", ExternalId.objects.order_by("pk"), to_attr="file_numbers"),
        Prefetch("emails", EmailAddress.objects.filter(**valid).order_by("pk"), to_attr="file_emails"),
        Prefetch("phones", Phone.objects.filter(**valid).order_by("pk"), to_attr="file_phones"),
        Prefetch("addresses", Address.objects.filter(**valid).order_by("pk"), to_attr="file_addresses"),
        Prefetch("taggings", Tagging.objects.select_related("tag"), to_attr="file_tags"),
    )
    return found


def reached(seat: Seat, ids: Collection[int], right: str) -> Collection[int]:
    """Which of these partners a right of the seat reaches. At most one query."""
    if seat.unit_ids(right) is None:
        return set(ids)
    return set(Partner.objects.seen_by(seat, right).filter(pk__in=ids).values_list("pk", flat=True))


def numbers_in_file(seat: Seat, ids: Collection[int]) -> dict[int, str]:
    """The numbers of these partners, by id; of whom the reader knows no more than the name, one of ours. At most two
    queries.
    """
    known = reached(seat, ids, "partners.contact")
    numbers = numbers_of(known)
    return {
        pk: number_of(seat.agency, pk, numbers.get(pk, ()))
        if pk in known
        else in_file(seat.agency, *of_ours(seat.agency, pk))
        for pk in ids
    }


def people(seat: Seat, partners: Sequence[Any]) -> list[Facts]:
    """What is told of these partners `with_facts`, in their order. At most two queries."""
    ids = [each.pk for each in partners]
    known, noted = (reached(seat, ids, right) for right in ("partners.contact", "partners.note"))
    return [person(seat, each, is_known=each.pk in known, with_note=each.pk in noted) for each in partners]


def person(seat: Seat, partner: Any, *, is_known: bool, with_note: bool) -> Facts:
    """One partner; of whom the reader knows no more than the name, that and a number of ours are told."""
    if not is_known:
        number = in_file(seat.agency, *of_ours(seat.agency, partner.pk))
        return {"donor_id": number, "type": partner.kind, "display_name": partner.name}
    told = {name: str(getattr(partner, name)) for name in NAMES}
    return {
        "donor_id": number_of(seat.agency, partner.pk, partner.file_numbers),
        "type": partner.kind,
        "display_name": partner.name,
        **told,
        "spouse_deceased": "yes" if partner.spouse_deceased else "",
        "deceased": "yes" if partner.deceased_on else "",
        "deceased_on": partner.deceased_on.isoformat() if partner.deceased_on and partner.death_day_known else "",
        "tags": cell_of(sorted(each.tag.name for each in partner.file_tags)) if partner.file_tags else "",
        **ways(partner.file_emails, "email", ("email", "email_2", "email_3"), ("spouse_email", "spouse_email_2")),
        **ways(partner.file_phones, "number", ("phone", "phone_2", "phone_3"), ("spouse_phone", "spouse_mobile_phone")),
        **postal(partner.file_addresses),
        "note": partner.note if with_note else "",
    }


def ways(found: Sequence[Any], value: str, own: tuple[str, ...], spouse: tuple[str, ...]) -> Facts:
    """E-mail addresses or telephone numbers, as many as a file has columns for."""
    of = {whose: [getattr(each, value) for each in found if each.whose == whose] for whose in Reach.Whose.values}
    pairs = zip(own, of[Reach.Whose.PARTNER], strict=False), zip(spouse, of[Reach.Whose.SPOUSE], strict=False)
    return {name: text for some in pairs for name, text in some}


def postal(found: Sequence[Any]) -> Facts:
    """The first address that holds. A file has four lines; more are put together on the last."""
    if not found:
        return {}
    address = found[0]
    first = [line.strip() for line in address.lines.splitlines() if line.strip()]
    lines = first if len(first) <= 4 else [*first[:3], ", ".join(first[3:])]
    told = {f"address{place}": line for place, line in enumerate(lines, start=1)}
    return told | {
        "city": address.city,
        "state": address.region,
        "postal_code": address.postal_code,
        "country": address.country,
    }
