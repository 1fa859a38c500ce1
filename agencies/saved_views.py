"""Saved views: the filter of a list under a name, as tabs above the list.

An app makes a list known in `AppConfig.ready`: `register(Listing("matrix", "matrix", "rollout.view", names, choices))`.
The view of the list puts `saved_bar(request, "matrix")` into its context as `saved`, and the template includes
`agencies/saved_views.html` above the table: nothing else is needed.

A saved query holds only fields that the list declared, with values that the list offers to who saves it: never an id of
another agency. Applying a view replaces the filter and leaves every other parameter of the address alone.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from agencies.models import SavedView
from agencies.seats import Seat

Choices = Mapping[str, Any]
"""What a field may be set to: value -> words."""
PLACE = ("page", "cursor", "export")
"""Where a reader is in a list. It belongs to no view and does not survive another one."""


Words = Callable[[Seat], Collection[str]]


def no_words(seat: Seat) -> Collection[str]:
    return ()


def holds(said: str, *words: str) -> bool:
    """Whether one of these words stands in what is said, whole, in whatever case."""
    return any(word.casefold() in said.casefold() for word in words if word)


Counts = Callable[[Seat, Sequence[QueryDict]], list[int]]


@dataclass(frozen=True)
class Listing:
    """A list whose filter can be saved. `names` are the parameters that a view keeps; `choices(seat)` gives, by field,
    the values that the list offers; a field without choices takes free words.

    Names that not everybody may read (trust rule T6): `known(seat)` are those that this seat knows, and that may stand
    in no shared view; `hidden(seat)` those that are kept from it: a view of others that tells one, because the thing
    became closed later, is not shown to it. `tells(said, *words)` judges whether something said gives one of them away.
    `counts(seat, queries)` tells how many rows the list has under each of several filters, for the tabs.
    """

    key: str
    page: str
    right: str
    names: tuple[str, ...]
    choices: Callable[[Seat], Mapping[str, Choices]]
    known: Words = field(default=no_words)
    hidden: Words = field(default=no_words)
    tells: Callable[..., bool] = field(default=holds)
    counts: Counts | None = None


_listings: dict[str, Listing] = {}


def register(listing: Listing) -> None:
    """Make a list known. Registering again replaces."""
    _listings[listing.key] = listing


def listing_named(key: str) -> Listing | None:
    """The list of this key, None when no app has it."""
    return _listings.get(key)


def listings() -> list[Listing]:
    """Every list whose filter can be saved."""
    return list(_listings.values())


def cleaned(listing: Listing, query: QueryDict, offered: Mapping[str, Choices]) -> str:
    """The part of an address that a view keeps: declared fields with offered values, in the order of the fields."""
    kept = QueryDict(mutable=True)
    for name in listing.names:
        value = query.get(name, "").strip()[:100]
        free = name not in offered
        if name in query and ((free and value) or (not free and value in offered[name])):
            kept[name] = value
    return str(kept.urlencode())


@dataclass(frozen=True)
class ShownView:
    """A saved view as a tab: `manage` addresses are "" for whom it does not belong to."""

    pk: int
    label: str
    url: str
    link: str
    current: bool
    is_shared: bool
    edit_url: str = ""
    remove_url: str = ""
    count: int | None = None


@dataclass(frozen=True)
class Bar:
    """What `agencies/saved_views.html` draws; `choices` are those of the list, for its own form."""

    label: str
    tabs: list[ShownView]
    current: ShownView | None
    add_url: str
    query: str
    can_save: bool
    choices: Mapping[str, Choices]


def saved_bar(request: HttpRequest, key: str, judged: Mapping[str, Choices] | None = None) -> Bar:
    """The views of a list that the reader may use, the present one marked, each with its number of rows. One query, and
    what the choices and (once there is a view) the numbers take. `judged`: the values of the address, where the list
    has found already that they are offered.
    """
    seat: Seat = request.seat  # type: ignore[attr-defined]
    listing = _listings[key]
    offered = listing.choices(seat) if judged is None else judged
    here = cleaned(listing, request.GET, offered)
    saved = views_of(seat, listing)
    total, *numbers = counted(seat, listing, [view.query for view in saved])
    views = [
        replace(shown(request, seat, listing, view, here), count=number)
        for view, number in zip(saved, numbers, strict=True)
    ]
    everything = ShownView(0, _("All"), applied(request.GET, listing, ""), "", not here, is_shared=False, count=total)
    current = next((view for view in views if view.current), None)
    return Bar(
        label=_("Saved views"),
        tabs=[everything, *views],
        current=current,
        add_url=reverse("saved_view_add", args=[seat.agency.slug, key]),
        query=request.GET.urlencode(),
        can_save=bool(here) and current is None,
        choices=offered,
    )


def counted(seat: Seat, listing: Listing, queries: Sequence[str]) -> list[int | None]:
    """The rows of the whole list and those under each of these filters; nothing is counted where there is no tab."""
    if not queries or listing.counts is None:
        return [None] * (len(queries) + 1)
    return list(listing.counts(seat, [QueryDict(""), *map(QueryDict, queries)]))


def views_of(seat: Seat, listing: Listing) -> list[SavedView]:
    """The views of a list that a seat may use, by name. One query, a second one when others share a view."""
    found = list(SavedView.objects.filter(listing=listing.key).open_to(seat.user_id))
    if all(view.owner_id == seat.user_id for view in found):
        return found
    hidden = listing.hidden(seat)
    return [
        view for view in found if view.owner_id == seat.user_id or not tells(listing, view.name, view.query, hidden)
    ]


def tells(listing: Listing, name: str, query: str, words: Collection[str]) -> bool:
    """Whether the name of a view or the words that it looks for give one of these words away."""
    return listing.tells(" ".join([name, *map(str, QueryDict(query).values())]), *words)


def shown(request: HttpRequest, seat: Seat, listing: Listing, view: SavedView, here: str) -> ShownView:
    """One view. A query that the list no longer understands wholly is applied as far as it does."""
    slug = seat.agency.slug
    page = reverse(listing.page, args=[slug])
    mine = may_manage(seat, view)
    return ShownView(
        pk=view.pk,
        label=view.name,
        url=applied(request.GET, listing, view.query),
        link=request.build_absolute_uri(f"{page}?{view.query}"),
        current=bool(view.query) and view.query == here,
        is_shared=view.shared_at is not None,
        edit_url=reverse("saved_view_edit", args=[slug, view.pk]) if mine else "",
        remove_url=reverse("saved_view_remove", args=[slug, view.pk]) if mine else "",
    )


def applied(present: QueryDict, listing: Listing, query: str) -> str:
    """The present address with the filter of a view instead of its own; every other parameter stays."""
    rest = present.copy()
    for name in (*listing.names, *PLACE):
        rest.pop(name, None)
    rest.update(QueryDict(query))
    return f"?{rest.urlencode()}"


def may_manage(seat: Seat, view: SavedView) -> bool:
    """Who saved a view manages it; a shared one also whoever runs the agency."""
    return view.owner_id == seat.user_id or (view.shared_at is not None and seat.can("settings.edit"))
