"""Which unit a unit was copied from, and which were copied from it."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.seats import Seat
from ssu.models import Unit
from ssu.pages.parts import Fact

MOST = 5


def lineage(seat: Seat, unit: Any) -> list[Fact]:
    """The model and the copies of a unit, as far as the seat sees them, by the names that it may know. One query."""
    near = Q(copied_from=unit.pk) | Q(pk=unit.copied_from_id)
    found = list(Unit.objects.seen_by(seat).filter(near).exclude(pk=unit.pk)[: MOST + 2])
    models = [each for each in found if each.pk == unit.copied_from_id]
    copies = [each for each in found if each.copied_from_id == unit.pk][:MOST]
    said = [(_("Copied from"), each) for each in models] + [(_("Copied to"), each) for each in copies]
    return [Fact(label, each.shown_name, reverse("unit", args=[seat.agency.slug, each.pk])) for label, each in said]
