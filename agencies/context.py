"""The one variable that the frame of every page is drawn from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.days import day_in_words, time_in_words
from agencies.navigation import ADD_MENU, NAVIGATION, Entry
from agencies.seats import Seat
from agencies.waiting_files import file_to_start

_notice_counters: list[Callable[[Seat], int]] = []


def register_notice_counter(count: Callable[[Seat], int]) -> None:
    """The app that keeps notices tells here how many a person has not read: one cheap query for each page."""
    _notice_counters[:] = [count]


@dataclass(frozen=True)
class Link:
    """One item of the frame."""

    label: str
    url: str
    current: bool = False
    icon: str = ""


@dataclass(frozen=True)
class Shell:
    """What the frame shows; see docs/COMPONENTS.md."""

    space_name: str
    space_kind: str
    role_label: str
    profile_name: str
    nav: list[Link] = field(default_factory=list)
    add: list[Link] = field(default_factory=list)
    spaces_url: str = ""
    search_url: str = ""
    search_query: str = ""
    notices_url: str = ""
    notice_count: int = 0
    tasks_url: str = ""
    choices_url: str = ""
    profile_url: str = ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """The frame for the space in which the request is: an agency's, one that a view put there, or a person's own. That
    of an agency is made once for a request, however many parts of the page are drawn from templates of their own.
    """
    made = getattr(request, "shell", None)
    seat: Seat | None = getattr(request, "seat", None)
    user = getattr(request, "user", None)
    theme = getattr(user, "theme", "system")
    if made is None and seat is not None:
        made = request.shell = agency_shell(request, seat)  # type: ignore[attr-defined]
    if made is None and user is not None and user.is_authenticated:
        made = Shell(_("Your account"), "me", "", str(user), spaces_url=reverse("spaces"), profile_url=reverse("me"))
    return {
        "shell": made,
        "theme": theme,
        "seat": seat,
        "printed": printed(seat),
        "file_to_start": file_to_start(request),
    }


def printed(seat: Seat | None) -> str:
    """When a page is printed, on the agency's clock; elsewhere in universal time, and saying so."""
    now = timezone.now()
    if seat is None:
        return f"{now:%Y-%m-%d, %H:%M} UTC"
    return f"{day_in_words(seat.agency, now)}, {time_in_words(seat.agency, now)}"


def agency_shell(request: HttpRequest, seat: Seat) -> Shell:
    """The frame of an agency's workspace, with what this seat may use."""
    slug = seat.agency.slug
    return Shell(
        space_name=seat.agency.name,
        space_kind="agency",
        role_label=seat.title(),
        profile_name=str(seat.membership.user),
        nav=links(NAVIGATION, seat, request),
        add=links(ADD_MENU, seat, request),
        spaces_url=reverse("spaces"),
        search_url=reverse("search", args=[slug]),
        search_query=request.GET.get("q", ""),
        notices_url=reverse("notices", args=[slug]),
        notice_count=sum(count(seat) for count in _notice_counters),
        tasks_url=reverse("tasks", args=[slug]),
        choices_url=reverse("notice_choices", args=[slug]),
        profile_url=reverse("me"),
    )


def links(menu: list[Entry], seat: Seat, request: HttpRequest) -> list[Link]:
    """The entries that this seat may use, the current one marked by the longest address that the request is under."""
    urls = [(entry, address(entry.page, seat)) for entry in menu if seat.can(entry.right)]
    under = [(len(place), url) for entry, url in urls if (place := is_under(request.path, entry, url, seat))]
    _, here = max(under, default=(0, ""))
    return [Link(label(entry, seat), url, url == here, entry.icon) for entry, url in urls if url]


def is_under(path: str, entry: Entry, url: str, seat: Seat) -> str:
    """The address of the entry that the path is below, or "". Every page is below the workspace itself: that one
    counts only as such.
    """
    root = reverse("home", args=[seat.agency.slug])
    places = [url, *(address(page, seat) for page in entry.also)]
    return max((place for place in places if place and is_below(path, place, root)), key=len, default="")


def is_below(path: str, place: str, root: str) -> bool:
    return path == place if place == root else path.startswith(place)


def label(entry: Entry, seat: Seat) -> str:
    """The label, with the agency's own word for its units."""
    return str(entry.label).replace("{units}", seat.agency.unit_words).replace("{unit}", seat.agency.unit_word)


def address(page: str, seat: Seat) -> str:
    try:
        return reverse(page, args=[seat.agency.slug])
    except NoReverseMatch:
        return ""
