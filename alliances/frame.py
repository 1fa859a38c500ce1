"""The frame around every page of an alliance, and the alliance's line in the list of workspaces."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from accounts.models import User
from accounts.spaces import Space
from agencies.context import Link, Shell
from alliances.seats import AllianceSeat, every_seat


@dataclass(frozen=True)
class Item:
    """One item of the navigation: prayer stands first after home, as in the six components."""

    label: str
    page: str
    right: str
    below: str


NAVIGATION = (
    Item(gettext_noop("Home"), "alliance_home", "home.view", ""),
    Item(gettext_noop("Prayer"), "prayer", "prayer.view", "prayer/"),
    Item(gettext_noop("Agenda"), "agenda", "agenda.view", "agenda/"),
    Item(gettext_noop("Measures"), "measures", "measures.view", "measures/"),
    Item(gettext_noop("Backbone"), "alliance_members", "members.view", "backbone/"),
)


def frame(request: HttpRequest, seat: AllianceSeat) -> Shell:
    """What the frame shows to this seat: the items that it may use, the current one marked."""
    slug = seat.alliance.slug
    home = reverse("alliance_home", args=[slug])
    under = request.path.removeprefix(home)
    nav = [
        Link(gettext(item.label), reverse(item.page, args=[slug]), current=is_here(item, under))
        for item in NAVIGATION
        if seat.can(item.right)
    ]
    return Shell(
        space_name=seat.alliance.name,
        space_kind="alliance",
        role_label=seat.title(),
        profile_name=str(seat.user),
        nav=nav,
        spaces_url=reverse("spaces"),
        profile_url=reverse("me"),
    )


def is_here(item: Item, under: str) -> bool:
    """Home is current only on its own page; the others on every page below them."""
    return under.startswith(item.below) if item.below else not under


def spaces(user: User) -> list[Space]:
    """The alliances in which a person has a seat, for the switcher."""
    return [
        Space(seat.alliance.name, seat.title(), reverse("alliance_home", args=[seat.alliance.slug]))
        for seat in every_seat(user)
    ]
