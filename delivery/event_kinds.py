"""What webhooks tell of: the kinds, registered by the app whose matter each is, in `AppConfig.ready`."""

from typing import NamedTuple

from django_stubs_ext import StrOrPromise


class EventKind(NamedTuple):
    """`name` as programs read it, subject and verb with a dot between. `ids` says whose numbers the event carries."""

    name: str
    label: StrOrPromise
    ids: str


_kinds: dict[str, EventKind] = {}


def register(*kinds: EventKind) -> None:
    """Make kinds known. Registering one of the same name again replaces it."""
    _kinds.update({kind.name: kind for kind in kinds})


def event_kinds() -> list[EventKind]:
    """All that a webhook can listen for, in the order in which they were registered."""
    return list(_kinds.values())


def kind_label(name: str) -> str:
    """A kind in words; one that nobody registers any more by its name."""
    return str(_kinds[name].label) if name in _kinds else name
