"""What the search finds of an agency itself: people, and pages by their names."""

from django.db.models import QuerySet
from django.urls import reverse

from agencies.context import address, label
from agencies.models import Membership
from agencies.navigation import ADD_MENU, NAVIGATION
from agencies.queries.people import current_members, matching
from agencies.search import MOST, Hit
from agencies.seats import Seat


def find_people(seat: Seat, q: str) -> list[Hit]:
    """People who serve now, by name or e-mail."""
    members: QuerySet[Membership] = matching(current_members(), q)[: MOST + 1]
    return [
        Hit(member.user.name, reverse("person", args=[seat.agency.slug, member.pk]), member.user.sign_in)
        for member in members
    ]


def find_pages(seat: Seat, q: str) -> list[Hit]:
    """Pages of the navigation and of the + Add menu that the seat may open, by their labels."""
    entries = [entry for entry in (*NAVIGATION, *ADD_MENU) if seat.can(entry.right)]
    named = [(label(entry, seat), address(entry.page, seat)) for entry in entries]
    return [Hit(name, url) for name, url in named if url and q.casefold() in name.casefold()][: MOST + 1]
