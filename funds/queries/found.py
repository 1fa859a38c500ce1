"""Global search for designations: only what the seat is shown can be found (trust rule T6)."""

from django.urls import reverse

from agencies.search import MOST, Hit
from agencies.seats import Seat
from funds.models import Designation


def find_designations(seat: Seat, words: str) -> list[Hit]:
    """Designations in whose shown name the words are, or whose code they are."""
    slug = seat.agency.slug
    found = Designation.objects.seen_by(seat).naming(words)[: MOST + 1]
    return [Hit(each.shown_name, reverse("designation", args=[slug, each.pk]), each.code) for each in found]
