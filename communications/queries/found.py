"""Global search for letters: those that the seat may see, by their subject."""

from django.urls import reverse

from agencies.search import MOST, Hit
from agencies.seats import Seat
from communications.models import Letter


def find_letters(seat: Seat, words: str) -> list[Hit]:
    """Letters in whose subject the words are."""
    found = Letter.objects.seen_by(seat).filter(subject__icontains=words)[: MOST + 1]
    slug = seat.agency.slug
    return [Hit(letter.subject, reverse("letter", args=[slug, letter.pk]), letter.unit_name) for letter in found]
