"""What happens in the roll-out of units, told by every app that knows a part of it.

An app registers in `AppConfig.ready` a `Source` for each table that says when somebody did something in a unit. From
these are made the activity page of a unit (by keyset over all of them), and the answer to how long a unit has been
quiet. Each source is asked once for a page, and all together once for any number of units.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Max, Q, QuerySet
from django_stubs_ext import StrOrPromise

from agencies.seats import Seat


@dataclass(frozen=True)
class Told:
    """A row in words. `%(name)s` in the sentence becomes who did it, as the reader may call them. Free text about a
    unit that is withheld from the reader is the source's to keep back.
    """

    sentence: str
    why: str = ""
    changes: Sequence[Any] = field(default=())
    undo_url: str = ""


@dataclass(frozen=True)
class Source:
    """Rows of one table that each say: somebody did something in a unit.

    `rows(unit_ids)` finds them; `unit`, `at` and `by` are the paths to unit id, moment and user id. `tell(seat, unit,
    rows)` puts the rows of a page into words, in their order; `unit` is one that was `seen_by` the seat.
    """

    name: str
    kind: str
    rows: Callable[[Collection[int]], QuerySet[Any]]
    tell: Callable[[Seat, Any, Sequence[Any]], Iterable[Told]]
    unit: str
    at: str = "at"
    by: str = "by"


@dataclass(frozen=True, order=True)
class Place:
    """Where a row stands in the order of all sources: by moment, then source, then id."""

    at: datetime
    source: str
    pk: int


@dataclass(frozen=True)
class Act:
    """Something that somebody did."""

    place: Place
    user_id: int | None
    told: Told


_kinds: dict[str, StrOrPromise] = {}
_sources: dict[str, Source] = {}


def add_kind(kind: str, label: StrOrPromise) -> None:
    """Name a kind of activity, by which the page can be filtered."""
    _kinds[kind] = label


def register(*sources: Source) -> None:
    """Make sources known. Registering one of the same name again replaces it."""
    _sources.update({source.name: source for source in sources})


def kinds() -> dict[str, str]:
    """The kinds in the order in which they were named."""
    return {kind: str(label) for kind, label in _kinds.items()}


def acts(
    seat: Seat, unit: Any, *, limit: int, kind: str = "", person: int | None = None, before: Place | None = None
) -> list[Act]:
    """What was done in a unit, the newest first, at most `limit`. One query per source, and what it takes to tell."""
    chosen = [source for source in _sources.values() if not kind or source.kind == kind]
    found = [
        (place_of(source, row), source, row) for source in chosen for row in page(source, unit, before, person, limit)
    ]
    found.sort(key=lambda each: each[0], reverse=True)
    shown = found[:limit]
    told = {place: words for source in chosen for place, words in in_words(seat, unit, source, shown)}
    return [Act(place, attribute(row, source.by), told[place]) for place, source, row in shown]


def page(source: Source, unit: Any, before: Place | None, person: int | None, limit: int) -> QuerySet[Any]:
    """The newest rows of one source that stand behind a place."""
    rows = source.rows([unit.pk]).filter(**{f"{source.at}__isnull": False})
    if person is not None:
        rows = rows.filter(**{source.by: person})
    if before is not None:
        rows = rows.filter(behind(source, before))
    return rows.order_by(f"-{source.at}", "-pk")[:limit]


def behind(source: Source, place: Place) -> Q:
    """The condition that a row of this source comes later on the page, which is earlier in time."""
    earlier, same = Q(**{f"{source.at}__lt": place.at}), Q(**{source.at: place.at})
    if source.name == place.source:
        return earlier | (same & Q(pk__lt=place.pk))
    return earlier | same if source.name < place.source else earlier


def place_of(source: Source, row: Any) -> Place:
    return Place(getattr(row, source.at), source.name, row.pk)


def attribute(row: Any, by: str) -> int | None:
    found: int | None = getattr(row, f"{by}_id")
    return found


def in_words(
    seat: Seat, unit: Any, source: Source, shown: Sequence[tuple[Place, Source, Any]]
) -> Iterable[tuple[Place, Told]]:
    """The rows of one source among those of a page, told. A source without a row there is not asked."""
    mine = [(place, row) for place, of, row in shown if of is source]
    if not mine:
        return []
    return zip((place for place, _ in mine), source.tell(seat, unit, [row for _, row in mine]), strict=True)


def people(unit_id: int) -> set[int]:
    """Everybody who ever did something in a unit, by user id. One query."""
    parts = [
        source.rows([unit_id])
        .order_by()
        .filter(**{f"{source.at}__isnull": False, f"{source.by}__isnull": False})
        .values_list(source.by, flat=True)
        for source in _sources.values()
    ]
    return set(parts[0].union(*parts[1:]))


def latest(unit_ids: Collection[int]) -> dict[int, datetime]:
    """When anything was last done in each of these units. One query for any number; units without activity are left
    out.
    """
    parts = [
        source.rows(unit_ids)
        .order_by()
        .filter(**{f"{source.at}__isnull": False})
        .values_list(F(source.unit))
        .annotate(last=Max(source.at))
        for source in _sources.values()
    ]
    found: dict[int, datetime] = {}
    for unit_id, moment in parts[0].union(*parts[1:], all=True):
        found[unit_id] = max(moment, found.get(unit_id, moment))
    return found
