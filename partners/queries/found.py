"""Global search for partners."""

from django.urls import reverse

from agencies.search import MOST, Hit
from agencies.seats import Seat
from partners.models import Partner
from partners.queries.partners import Wanted, ordered, partners_wanted


def find_partners(seat: Seat, words: str) -> list[Hit]:
    """Partners by name, e-mail, telephone, number or check number."""
    slug = seat.agency.slug
    found = ordered(seat, partners_wanted(seat, Wanted(q=words)), "name")[: MOST + 1]
    return [
        Hit(each.name, reverse("partner", args=[slug, each.pk]), str(Partner.Kind(each.kind).label)) for each in found
    ]
