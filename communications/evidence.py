"""A unit's core messages as evidence for action item 5.1, its guidelines for 5.3."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from communications.kinds import CORE_MESSAGES as MESSAGES
from communications.kinds import GUIDELINES as RULES
from communications.kinds import Kind
from communications.models import AgreedWords
from communications.queries.reading import missing_by_unit
from ssu.evidence import Resolver, Thing
from ssu.models import Unit

Missing = Callable[[Collection[Any]], Mapping[int, int]]


def nobody(rows: Collection[Any]) -> Mapping[int, int]:
    """Core messages count without an acknowledgement of each person."""
    return {}


def as_thing(kind: Kind, row: Any, newest: int, missing: int) -> Thing:
    """A version proves its item when it is agreed to, no newer one is, and everybody has read what must be read."""
    trouble = ""
    if row.state == AgreedWords.State.DRAFT:
        trouble = f"Version {row.version} is a draft: submit it, and somebody else agrees to it."
    elif row.state == AgreedWords.State.SUBMITTED:
        trouble = f"Nobody has agreed to version {row.version} yet."
    elif row.state == AgreedWords.State.SUPERSEDED:
        trouble = f"Version {row.version} was replaced by version {newest}."
    elif missing:
        people = "1 person of the unit has" if missing == 1 else f"{missing} people of the unit have"
        trouble = f"{people} not acknowledged version {row.version} yet."
    return Thing(row.pk, row.unit_id, f"version {row.version}", kind.view, kind.page, (row.unit_id,), trouble)


def resolver(title: str, kind: Kind, missing_in: Missing, *keys: str) -> Resolver:
    """How a kind of agreed words answers for itself."""

    def things(rows: Sequence[Any]) -> dict[int, Thing]:
        units = {row.unit_id for row in rows}
        agreed = kind.model.objects.agreed().filter(unit__in=units).order_by("version")
        newest = dict(agreed.values_list("unit_id", "version"))
        missing = missing_in(rows)
        return {row.pk: as_thing(kind, row, newest.get(row.unit_id, 0), missing.get(row.pk, 0)) for row in rows}

    def offered(unit: Unit) -> Sequence[Thing]:
        """The version that counts."""
        return list(things(list(kind.model.objects.standing().filter(unit=unit))).values())

    def found(ids: Collection[int]) -> dict[int, Thing]:
        """Versions by id. Two queries; for guidelines three more."""
        return things(list(kind.model.objects.filter(pk__in=ids)))

    return Resolver(title, offered, found, keys, kind.page, kind.view)


CORE_MESSAGES = resolver("Core messages", MESSAGES, nobody, "5.1")
GUIDELINES = resolver("Guidelines", RULES, missing_by_unit, "5.3")
