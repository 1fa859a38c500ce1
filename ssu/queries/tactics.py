"""The inventory of a unit's current tactics, and what it proves."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count, Q

from agencies.seats import Seat
from ssu.evidence import Resolver, Thing
from ssu.models import Tactic, Unit
from ssu.models.discretion import shown_member_name


def tactics_of(seat: Seat, unit: Unit) -> list[Any]:
    """The rows that stand, in the order in which they were written; each with `who_name` as the seat may know it. One
    query.
    """
    rows = Tactic.objects.filter(unit=unit, removed_at=None).select_related("who")
    return list(rows.annotate(who_name=shown_member_name("who", seat)).order_by("pk"))


def as_thing(unit_id: int, total: int, undecided: int) -> Thing:
    """The inventory of a unit, by the unit's id. It proves something once each tactic is decided."""
    trouble = ""
    if not total:
        trouble = "Nothing is on the inventory of current tactics."
    elif undecided:
        trouble = f"Not decided yet in the inventory of current tactics: {undecided} of {total}."
    return Thing(unit_id, unit_id, f"{total} decided", "rollout.view", "tactics", (unit_id,), trouble)


def inventories_found(ids: Collection[int]) -> dict[int, Thing]:
    """Inventories by the id of the unit. One query."""
    standing = Q(tactics__removed_at=None, tactics__isnull=False)
    units = Unit.objects.filter(pk__in=ids).annotate(
        total=Count("tactics", filter=standing), undecided=Count("tactics", filter=standing & Q(tactics__decision=""))
    )
    counted = units.values_list("pk", "total", "undecided")
    return {unit_id: as_thing(unit_id, total, undecided) for unit_id, total, undecided in counted}


def inventory_offered(unit: Unit) -> Sequence[Thing]:
    """The unit's own, once something is on it."""
    found = inventories_found([unit.pk])[unit.pk]
    return [found] if Tactic.objects.filter(unit=unit, removed_at=None).exists() else []


INVENTORY = Resolver("Inventory of current tactics", inventory_offered, inventories_found)
