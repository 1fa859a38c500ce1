"""Beside partners in a list: by what they are partners, where the relationship stands, who was last in touch when."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max

from agencies.seats import Seat
from partners.models import Contact, Stage
from partners.queries.partner_by import partner_by_of


@dataclass
class Relationship:
    """By what somebody is a partner (giving, praying, promoting), the stages, each once, both in their own order, and
    the day of the last contact.
    """

    by: list[str] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)
    last_contact: date | None = None


def relationships_of(seat: Seat, partner_ids: Collection[int]) -> dict[int, Relationship]:
    """The relationships of these partners by id: for the office with all units, in the field with those in which one
    serves. Three queries.
    """
    found: dict[int, Relationship] = defaultdict(Relationship)
    stages = Stage.objects.standing().filter(partner__in=partner_ids)
    contacts = Contact.objects.standing().filter(partner__in=partner_ids)
    if seat.unit_ids("partners.contact") is not None:
        stages, contacts = stages.filter(unit__in=seat.unit_roles), contacts.filter(unit__in=seat.unit_roles)
    kinds: dict[int, set[str]] = defaultdict(set)
    for partner_id, kind in stages.values_list("partner_id", "kind"):
        kinds[partner_id].add(kind)
    for partner_id, held in kinds.items():
        found[partner_id].stages = [str(kind.label) for kind in Stage.Kind if kind.value in held]
    for partner_id, last in contacts.values_list("partner_id").annotate(last=Max("happened_on")):
        found[partner_id].last_contact = last
    for partner_id, by in partner_by_of(seat, partner_ids).items():
        found[partner_id].by = by
    return found
