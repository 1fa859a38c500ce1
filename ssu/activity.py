"""What happens in the roll-out of units, told by every app that knows a part of it.

An app registers in `AppConfig.ready` a `Source` for each table that says when somebody did something in a unit. From
these are made the activity page of a unit (by keyset over all of them), and the answer to how long a unit has been
quiet. All sources together are asked once where the rows of a page stand, and then those that have rows there for the
rows; and once for any number of units when anything was last done.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Max, Q, QuerySet, Value
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
    what: str = ""


@dataclass(frozen=True)
class Source:
    """Rows of one table that each say: somebody did something in a unit.

    `rows(unit_ids)` finds them; `unit`, `at` and `by` are the paths to unit id, moment and user id. `tell(seat, unit,
    rows)` puts the rows of a page into words, in their order; `unit` is one that was `seen_by` the seat.
    `newest(unit_ids)` gives unit ids with the moment of the last row where that is kept somewhere; else all rows are
    looked at.
    """

    name: str
    kind: str
    rows: Callable[[Collection[int]], QuerySet[Any]]
    tell: Callable[[Seat, Any, Sequence[Any]], Iterable[Told]]
    unit: str
    at: str = "at"
    by: str = "by"
    newest: Callable[[Collection[int]], QuerySet[Any]] | None = None


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
    """What was done in a unit, the newest first, at most `limit`. One query for where the rows stand, one per source
    that has rows there, and what it takes to tell them.
    """
    chosen = [source for source in _sources.values() if not kind or source.kind == kind]
    found = sorted(places(chosen, unit, before, person, limit), reverse=True)[:limit]
    rows = {place: row for source in chosen for place, row in rows_at(source, unit, found)}
    told = {place: words for source in chosen for place, words in in_words(seat, unit, source, rows)}
    return [Act(place, attribute(rows[place], _sources[place.source].by), told[place]) for place in found]


def places(
    sources: Sequence[Source], unit: Any, before: Place | None, person: int | None, limit: int
) -> Iterable[Place]:
    """Where the newest rows of each source stand that come behind a place. One query."""
    parts = [page(source, unit, before, person, limit) for source in sources]
    if not parts:
        return []
    return [Place(*row) for row in (parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0])]


def page(source: Source, unit: Any, before: Place | None, person: int | None, limit: int) -> QuerySet[Any]:
    """Where the newest rows of one source stand that come behind a place."""
    rows = source.rows([unit.pk]).filter(**{f"{source.at}__isnull": False})
    if person is not None:
        rows = rows.filter(**{source.by: person})
    if before is not None:
        rows = rows.filter(behind(source, before))
    located = rows.annotate(moment=F(source.at), origin=Value(source.name)).values_list("moment", "origin", "pk")
    newest: QuerySet[Any] = located.order_by("-moment", "-pk")[:limit]
    return newest


def rows_at(source: Source, unit: Any, shown: Sequence[Place]) -> Iterable[tuple[Place, Any]]:
    """The rows of one source that stand at some of these places. A source without a row there is not asked."""
    mine = [place.pk for place in shown if place.source == source.name]
    return [(place_of(source, row), row) for row in source.rows([unit.pk]).filter(pk__in=mine)] if mine else []


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


def in_words(seat: Seat, unit: Any, source: Source, rows: Mapping[Place, Any]) -> Iterable[tuple[Place, Told]]:
    """The rows of one source among those of a page, told. A source without a row there is not asked."""
    mine = [place for place in rows if place.source == source.name]
    return zip(mine, source.tell(seat, unit, [rows[place] for place in mine]), strict=True) if mine else []


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
    parts = [source.newest(unit_ids) if source.newest else last_of(source, unit_ids) for source in _sources.values()]
    found: dict[int, datetime] = {}
    for unit_id, moment in parts[0].union(*parts[1:], all=True):
        found[unit_id] = max(moment, found.get(unit_id, moment))
    return found


def last_of(source: Source, unit_ids: Collection[int]) -> QuerySet[Any]:
    """The last row of one source in each of these units."""
    rows = source.rows(unit_ids).order_by().filter(**{f"{source.at}__isnull": False})
    found: QuerySet[Any] = rows.values_list(F(source.unit)).annotate(last=Max(source.at))
    return found
