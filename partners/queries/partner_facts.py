"""What is known of partners beside their names, for those about whom a seat may know more than that."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from agencies.seats import Seat
from partners.models import (
    Address,
    EmailAddress,
    ExternalId,
    GivingUnit,
    Holder,
    Merge,
    Partner,
    Phone,
    Stage,
    Tagging,
)
from partners.queries.care import is_office


def with_facts(seat: Seat, partners: Sequence[Any]) -> Sequence[Any]:
    """The same partners, each with `is_known` (whether the seat may know more than the name), `shown_note` (None where
    it is kept back) and `merged_ids`; those who are known with everything that `parts_of` reads. Not more queries for
    more partners.
    """
    ids = [each.pk for each in partners]
    known, noted = (reached(seat, ids, right) for right in ("partners.contact", "partners.note"))
    merged = merged_into(seat, ids)
    for each in partners:
        each.is_known = each.pk in known
        each.shown_note = each.note if each.pk in noted else None
        each.merged_ids = merged.get(each.pk, [])
    prefetch_related_objects([each for each in partners if each.is_known], *parts_of(seat))
    return partners


def reached(seat: Seat, ids: Collection[int], right: str) -> set[int]:
    """Those of these partners whom a right of the seat reaches. At most one query."""
    if seat.unit_ids(right) is None:
        return set(ids)
    return set(Partner.objects.seen_by(seat, right).filter(pk__in=ids).values_list("pk", flat=True))


def merged_into(seat: Seat, ids: Collection[int]) -> dict[int, list[int]]:
    """Partner -> the records that were merged into it and stay so, for who may merge. One query."""
    found: dict[int, list[int]] = {}
    if seat.can("partners.merge"):
        merges = Merge.objects.standing().filter(survivor__in=ids).order_by("pk")
        for survivor, loser in merges.values_list("survivor", "loser"):
            found.setdefault(survivor, []).append(loser)
    return found


def parts_of(seat: Seat) -> list[Prefetch[Any]]:
    """Ways to reach, numbers, tags, giving units; who holds today and where it stands, under the names that the seat
    may know: stages in the field those of its own units.
    """
    stages = Stage.objects.standing().named_for(seat)
    if not is_office(seat):
        stages = stages.filter(unit__in=seat.unit_roles)
    rows = (
        ("emails", EmailAddress.objects.order_by("pk"), ""),
        ("phones", Phone.objects.order_by("pk"), ""),
        ("addresses", Address.objects.order_by("pk"), ""),
        ("external_ids", ExternalId.objects.order_by("source", "value"), ""),
        ("taggings", Tagging.objects.select_related("tag").order_by("tag__norm"), ""),
        ("giving_units", GivingUnit.objects.own_first(), ""),
        ("holders", Holder.objects.standing().named_for(seat).order_by("unit", "-is_primary", "pk"), "held_by"),
        ("stages", stages.order_by("unit", "pk"), "stages_now"),
    )
    return [Prefetch(name, found, to_attr=kept or None) for name, found, kept in rows]


def standing_ids(ids: Collection[int]) -> set[int]:
    """As whom the partners of these numbers go on: themselves, or into whom they were merged. One query."""
    merged = Partner.objects.filter(pk__in=ids).exclude(merged_into=None)
    return {*ids, *merged.values_list("merged_into", flat=True)}
