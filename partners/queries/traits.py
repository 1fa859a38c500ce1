"""What partners are compared by, read for many at once."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db.models import Q

from partners.matching import Traits, address_key, names_of, number_key, phone_key
from partners.models import Address, EmailAddress, ExternalId, NotSame, Partner, Phone, Relation
from partners.same_name import generation, words

COLUMNS = (
    *("pk", "kind", "name", "roman_name", "first_name", "last_name", "suffix", "organization"),
    *("spouse_first_name", "spouse_last_name"),
)
Pair = tuple[int, int]


def traits_of(partner_ids: Collection[int]) -> dict[int, Traits]:
    """What these partners, as far as they stand, are compared by. Six queries."""
    rows = Partner.objects.standing().filter(pk__in=partner_ids, erased_at=None).values(*COLUMNS)
    of = {"partner__in": partner_ids}
    emails = gathered(EmailAddress.objects.filter(**of).values_list("partner_id", "norm"), lambda norm: norm)
    phones = gathered(Phone.objects.filter(**of).values_list("partner_id", "digits"), phone_key)
    columns = ("partner_id", "lines", "city", "postal_code")
    addresses = gathered(Address.objects.filter(**of).values_list(*columns), address_key)
    numbers = gathered(ExternalId.objects.filter(**of).values_list("partner_id", "norm"), number_key)
    homes = Relation.objects.standing().filter(kind=Relation.Kind.HOUSEHOLD, **of)
    households = gathered(homes.values_list("partner_id", "other_id"), int)
    return {
        row["pk"]: Traits(
            **spoken(row),
            households=households[row["pk"]],
            emails=emails[row["pk"]],
            phones=phones[row["pk"]],
            addresses=addresses[row["pk"]],
            numbers=numbers[row["pk"]],
        )
        for row in rows
    }


def spoken(row: dict[str, Any]) -> dict[str, Any]:
    """The names of a record as they are compared."""
    last = row["last_name"]
    person = f"{row['first_name']} {last}" if row["first_name"] and last else ""
    spouse = row["spouse_first_name"] and f"{row['spouse_first_name']} {row['spouse_last_name'] or last}"
    first, first_of_spouse = (words(row[name])[:1] for name in ("first_name", "spouse_first_name"))
    is_couple = row["kind"] == Partner.Kind.HOUSEHOLD
    mine = (person, row["name"], row["roman_name"], row["organization"])
    return {
        "pk": row["pk"],
        "kind": row["kind"],
        "names": names_of(person, spouse, row["name"], row["roman_name"], row["organization"]),
        "own": names_of(*mine, *([spouse] if is_couple else [])),
        "firsts": (*first, *first_of_spouse),
        "own_firsts": (*first, *(first_of_spouse if is_couple else ())),
        "generation": generation(row["suffix"]),
    }


def gathered(rows: Any, form: Any) -> defaultdict[int, frozenset[Any]]:
    """The values of rows by partner, in the form in which they are compared; what is none is left out."""
    found: dict[int, set[Any]] = defaultdict(set)
    for partner_id, *values in rows:
        if value := form(*values):
            found[partner_id].add(value)
    return defaultdict(frozenset, {pk: frozenset(values) for pk, values in found.items()})


def decided_pairs(partner_ids: Collection[int]) -> set[Pair]:
    """Of whom it was said that they are not the same, as they stand now: who was merged counts as the survivor. One
    query.
    """
    either = Q(first__in=partner_ids) | Q(first__merged_into__in=partner_ids)
    either |= Q(second__in=partner_ids) | Q(second__merged_into__in=partner_ids)
    rows = NotSame.objects.standing().filter(either)
    columns = ("first_id", "first__merged_into", "second_id", "second__merged_into")
    return {pair_of(one_now or one, two_now or two) for one, one_now, two, two_now in rows.values_list(*columns)}


def related_pairs(partner_ids: Collection[int]) -> set[Pair]:
    """Who belongs together is not the same: spouses, a household and who lives in it, a church and its member. Who
    introduced somebody may be. One query.
    """
    rows = Relation.objects.standing().filter(partner__in=partner_ids, other__in=partner_ids)
    rows = rows.exclude(kind=Relation.Kind.INTRODUCED)
    return {pair_of(one, two) for one, two in rows.values_list("partner_id", "other_id")}


def pair_of(one: int, two: int) -> Pair:
    """The smaller number first."""
    return (one, two) if one < two else (two, one)
