"""Global search for units: only what the seat is shown can be found (trust rule T6)."""

from django.urls import reverse

from agencies.search import MOST, Hit
from agencies.seats import Seat
from ssu.models import Unit


def find_units(seat: Seat, words: str) -> list[Hit]:
    """Units in whose shown name, shown place or code the words are."""
    found = Unit.objects.seen_by(seat).active().naming(words)[: MOST + 1]
    slug = seat.agency.slug
    return [Hit(unit.shown_name, reverse("unit", args=[slug, unit.pk]), unit.shown_place) for unit in found]
