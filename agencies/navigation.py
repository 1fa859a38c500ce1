"""What the frame of every page offers. Apps add their items when they are ready; each is hidden from whom it would
refuse.
"""

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Entry:
    """A link of the frame: the right that it needs, the name of its page, its icon.

    It is current on every page below its own address, and below those of the pages in `also`. The search finds it by
    its label and by the words of `found_by`, such as what can be done there.
    """

    order: int
    label: StrOrPromise
    page: str
    right: str
    icon: str = ""
    also: tuple[str, ...] = ()
    found_by: StrOrPromise = ""


NAVIGATION: list[Entry] = []
ADD_MENU: list[Entry] = []
FOUND_ONLY: list[Entry] = []


def add_navigation(*entries: Entry) -> None:
    """Register items of the navigation."""
    keep(NAVIGATION, entries)


def add_to_add_menu(*entries: Entry) -> None:
    """Register items of the + Add menu."""
    keep(ADD_MENU, entries)


def add_to_search(*entries: Entry) -> None:
    """Register pages that stand in no menu of the frame, for the search alone."""
    keep(FOUND_ONLY, entries)


def keep(menu: list[Entry], entries: tuple[Entry, ...]) -> None:
    menu.extend(entry for entry in entries if entry not in menu)
    menu.sort(key=lambda entry: entry.order)
