"""What this app tells of a unit's activity: words submitted, sent back and agreed to, and who has read them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from communications.kinds import CORE_MESSAGES, GUIDELINES, KINDS, Kind
from communications.models import Acknowledgement
from ssu.activity import Source, Told
from ssu.queries.people import worker_names_in

WORDS: Final = "words"
TITLE: Final = _("Messages and guidelines")
NOUNS: Final = {CORE_MESSAGES.key: _("the core messages"), GUIDELINES.key: _("the guidelines")}


def versions(kind: Kind) -> Callable[[Collection[int]], QuerySet[Any]]:
    """The versions of units."""
    return lambda unit_ids: kind.model.objects.filter(unit__in=unit_ids)


def read(kind: Kind) -> Callable[[Collection[int]], QuerySet[Any]]:
    """What people have acknowledged."""
    return lambda unit_ids: Acknowledgement.objects.filter(**{f"{kind.key}__unit__in": unit_ids}).select_related(
        kind.key
    )


def tell_versions(kind: Kind, sentence: Any, seat: Seat, unit: Any, rows: Sequence[Any]) -> Iterable[Told]:
    """What was done to a version; its words stay where they are."""
    return [Told("%(name)s " + str(sentence) % {"words": NOUNS[kind.key], "number": row.version}) for row in rows]


def tell_read(kind: Kind, seat: Seat, unit: Any, rows: Sequence[Any]) -> Iterable[Told]:
    """Who has read which version; a signature on paper is told by whoever wrote it down."""
    names = worker_names_in(seat, unit, [row.worker_id for row in rows if row.signed_on])
    for row in rows:
        person = names.get(row.worker_id, "").replace("%", "%%")
        said = {"words": NOUNS[kind.key], "number": getattr(row, kind.key).version, "person": person}
        own = _("has read version %(number)s of %(words)s")
        paper = _("wrote down the signature of %(person)s under version %(number)s of %(words)s")
        yield Told("%(name)s " + str(paper if row.signed_on else own) % said)


def sources(kind: Kind) -> list[Source]:
    """All that is told of one kind."""
    submitted = partial(tell_versions, kind, _("submitted version %(number)s of %(words)s"))
    agreed = partial(tell_versions, kind, _("agreed to version %(number)s of %(words)s"))
    returned = partial(tell_versions, kind, _("sent version %(number)s of %(words)s back"))
    key, rows = kind.key, versions(kind)
    return [
        Source(f"{key} submitted", WORDS, rows, submitted, "unit", "submitted_at", "edited_by"),
        Source(f"{key} agreed", WORDS, rows, agreed, "unit", "approved_at", "approved_by"),
        Source(f"{key} returned", WORDS, rows, returned, "unit", "returned_at", "returned_by"),
        Source(f"{key} read", WORDS, read(kind), partial(tell_read, kind), f"{key}__unit", "at", "by"),
    ]


SOURCES: Final = [source for kind in KINDS for source in sources(kind)]
