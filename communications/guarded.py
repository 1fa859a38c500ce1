"""The words that would tell of a closed or careful unit or person, read from the records (trust rule T6)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db.models import BooleanField, Case, Value, When

from ssu.models import Strategy, TeamMember, Unit, Worker
from ssu.models.discretion import Discretion, person_alias, person_is_closed

GENERIC = frozenset((Path(__file__).parent / "data" / "telling_nothing.txt").read_text(encoding="utf-8").split())
"""Words of names that tell nothing by themselves."""
SHORTEST = 4
"""Fewer letters make too common a word to be a name by itself."""


@dataclass(frozen=True)
class Guarded:
    """A word that does not belong into a letter.

    `instead` is what to write; `unit_ids` are the units whose true name one must be allowed to see for the word to be
    named in a message (none: administrators only). `stem` also finds the word with an ending, `cased` only as it is
    written.
    """

    word: str
    instead: str
    unit_ids: frozenset[int]
    blocks: bool
    stem: bool = False
    cased: bool = False


def guarded_words() -> list[Guarded]:
    """All guarded words of the agency in scope. Four queries, however many units there are."""
    units = list(Unit.objects.all())
    said = public_words(units)
    found = [word for unit in units if unit.discretion != Discretion.OPEN for word in of_unit(unit, said)]
    return found + [word for person in guarded_people() for word in of_person(person)]


def public_words(units: Iterable[Unit]) -> frozenset[str]:
    """Words that everybody reads anyway: of aliases, regions, strategies, and of units that are open."""
    texts = list(Strategy.objects.values_list("name", flat=True))
    for unit in units:
        texts += [unit.alias, unit.region]
        if unit.discretion == Discretion.OPEN:
            texts += [unit.name, unit.place]
    return frozenset(word.casefold() for text in texts for word in words(text)) | GENERIC


def words(text: str) -> list[str]:
    """The words of a name."""
    return re.findall(r"[^\W\d_]+", text)


def of_unit(unit: Unit, said: frozenset[str]) -> list[Guarded]:
    """Name and place of a unit, and for a closed one each telling word of them. A careful unit's name may be written
    when it has no alias.
    """
    closed = unit.discretion == Discretion.CLOSED
    mine, place_instead = frozenset({unit.pk}), unit.region or unit.public_name
    found = [Guarded(unit.place, place_instead, mine, blocks=closed)] if unit.place else []
    if closed or unit.alias:
        found.append(Guarded(unit.name, unit.public_name, mine, blocks=closed))
    if closed:
        telling = {word for text in (unit.name, unit.place) for word in words(text)}
        found += [
            Guarded(word, unit.public_name, mine, blocks=True, stem=True)
            for word in sorted(telling)
            if len(word) >= SHORTEST and word.casefold() not in said
        ]
    return found


def guarded_people() -> list[Worker]:
    """Closed people, each with `public_alias` and `closed_units`, the closed units they ever served in."""
    closed = Case(When(person_is_closed(""), then=Value(True)), default=Value(False), output_field=BooleanField())
    people: list[Worker] = list(
        Worker.objects.annotate(is_closed=closed, public_alias=person_alias("")).filter(is_closed=True)
    )
    served: dict[int, set[int]] = {}
    pairs = service_of([person.pk for person in people])
    for worker_id, unit_id in pairs:
        served.setdefault(worker_id, set()).add(unit_id)
    for person in people:
        person.closed_units = frozenset(served.get(person.pk, ()))  # type: ignore[attr-defined]
    return people


def service_of(worker_ids: list[int]) -> Iterable[tuple[int, int]]:
    """(worker, unit) of all service of these people."""
    pairs: Iterable[tuple[int, int]] = TeamMember.objects.filter(worker__in=worker_ids).values_list(
        "worker_id", "unit_id"
    )
    return pairs


def of_person(person: Worker) -> list[Guarded]:
    """The full name blocks, also of each one of a couple; the last name by itself, often an ordinary word, warns."""
    instead: str = person.public_alias  # type: ignore[attr-defined]
    units: frozenset[int] = person.closed_units  # type: ignore[attr-defined]
    last = person.last_name.strip() or person.name.split()[-1]
    firsts = [first.strip() for first in re.split(r"\band\b|&|,", person.name.removesuffix(last)) if first.strip()]
    full = {person.name, *(f"{first} {last}" for first in firsts)}
    return [
        *(Guarded(name, instead, units, blocks=True) for name in sorted(full)),
        Guarded(last, instead, units, blocks=False, cased=True),
    ]
