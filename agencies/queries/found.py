"""What the search finds of an agency itself: people, and pages by their names."""

from django.db.models import QuerySet
from django.urls import reverse

from agencies.context import address, label
from agencies.models import Membership
from agencies.navigation import ADD_MENU, FOUND_ONLY, NAVIGATION
from agencies.queries.people import current_members, matching
from agencies.search import MOST, Hit
from agencies.seats import Seat
from agencies.settings_tabs import settings_tabs


def find_people(seat: Seat, q: str) -> list[Hit]:
    """People who serve now, by name or e-mail."""
    members: QuerySet[Membership] = matching(current_members(), q)[: MOST + 1]
    return [
        Hit(member.user.name, reverse("person", args=[seat.agency.slug, member.pk]), member.user.sign_in)
        for member in members
    ]


def find_pages(seat: Seat, q: str) -> list[Hit]:
    """Pages of the frame, of the settings and those registered for the search that the seat may open, by their labels,
    each page once.
    """
    entries = [entry for entry in (*NAVIGATION, *ADD_MENU, *FOUND_ONLY) if seat.can(entry.right)]
    named = [(address(entry.page, seat), label(entry, seat)) for entry in entries]
    named += [(tab.url, tab.label) for tab in settings_tabs(seat, "")]
    pages = {url: name for url, name in reversed(named) if url and q.casefold() in name.casefold()}
    return [Hit(name, url) for url, name in reversed(pages.items())][: MOST + 1]
