"""What the search finds of an agency itself: people, and pages by their names."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

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
    """Pages of the frame, of the settings, those registered for the search that the seat may open, and one's own
    account, by their labels and the words that they are found by; each page once.
    """
    named = [*of_the_frame(seat), *of_the_settings(seat), *of_oneself()]
    pages = {hit.url: hit for hit, words in reversed(named) if hit.url and q.casefold() in words.casefold()}
    return list(reversed(pages.values()))[: MOST + 1]


Named = tuple[Hit, str]
"""A page, and the words that find it."""


def of_the_frame(seat: Seat) -> list[Named]:
    entries = [entry for entry in (*NAVIGATION, *ADD_MENU, *FOUND_ONLY) if seat.can(entry.right)]
    named = [(label(entry, seat), entry) for entry in entries]
    return [(Hit(name, address(entry.page, seat)), f"{name} {entry.found_by}") for name, entry in named]


def of_the_settings(seat: Seat) -> list[Named]:
    """Marked as such: the settings and the work may call their pages alike."""
    return [(Hit(tab.label, tab.url, _("Settings")), tab.label) for tab in settings_tabs(seat, "")]


def of_oneself() -> list[Named]:
    """What keeps one's own sign-in."""
    title = _("Two-step sign-in")
    return [(Hit(title, reverse("mfa_index"), _("My account")), f"{title} {_('passkey second factor recovery codes')}")]
