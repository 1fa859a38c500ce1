"""Who is to read the agreed words of a unit, and who has."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet

from agencies.models import Role
from agencies.seats import Seat
from communications.kinds import KINDS, Kind
from communications.models import Acknowledgement, AgreedWords
from ssu.models import RollOut, TeamMember, Unit
from ssu.models.discretion import is_withheld, shown_member_name, shown_unit_name

READERS: Final = (Role.LEADER, Role.MEMBER)
"""Who speaks for a unit. A coach accompanies it and reads along."""


@dataclass(frozen=True)
class Reader:
    """A person of the unit: `name` as the seat may know it, since when they serve, whether they sign in, and when they
    acknowledged (None: not yet).
    """

    worker_id: int
    name: str
    user_id: int | None
    done: Acknowledgement | None


@dataclass(frozen=True)
class Asked:
    """Words that a person is asked to read."""

    kind: Kind
    words: Any
    unit_name: str


def readers_among(unit_ids: Collection[int]) -> QuerySet[TeamMember]:
    """The service of everybody who is to read the words of these units today."""
    serving: QuerySet[TeamMember] = TeamMember.objects.serving().filter(unit__in=unit_ids, role__in=READERS)
    return serving


def readers_of(seat: Seat, kind: Kind, words: AgreedWords) -> list[Reader]:
    """The readers of a version, each once, those who are still to read it first. Two queries."""
    done = {each.worker_id: each for each in Acknowledgement.objects.filter(**{kind.key: words})}
    unit_id: int = words.unit_id  # type: ignore[attr-defined]
    serving = readers_among([unit_id]).annotate(person=shown_member_name("worker", seat))
    rows = serving.values_list("worker", "person", "worker__membership__user").distinct()
    found = [Reader(worker, person, user, done.get(worker)) for worker, person, user in rows]
    return sorted(found, key=lambda each: (each.done is not None, each.name))


def missing_by_unit(rows: Collection[Any]) -> dict[int, int]:
    """How many people are still to acknowledge, by id of the guidelines; who joined after a unit declared its roll-out
    complete is asked all the same, and keeps nothing open. Three queries.
    """
    units = {row.unit_id for row in rows}
    declared = dict(RollOut.objects.standing().filter(unit__in=units).values_list("unit", "declared_on"))
    needed: dict[int, set[int]] = defaultdict(set)
    for unit_id, worker_id, joined_on in readers_among(units).values_list("unit", "worker", "joined_on"):
        if joined_on <= declared.get(unit_id, date.max):
            needed[unit_id].add(worker_id)
    done: dict[int, set[int]] = defaultdict(set)
    acknowledged = Acknowledgement.objects.filter(guidelines__in=[row.pk for row in rows])
    for guidelines_id, worker_id in acknowledged.values_list("guidelines", "worker"):
        done[guidelines_id].add(worker_id)
    return {row.pk: len(needed[row.unit_id] - done[row.pk]) for row in rows}


def asked_of(seat: Seat) -> list[Asked]:
    """What the person of a seat is asked to read and acknowledge, in all their units. Three queries."""
    mine = TeamMember.objects.serving().filter(worker__membership=seat.membership, role__in=READERS)
    units = list(mine.values_list("unit", flat=True))
    if not units:
        return []
    found: list[Asked] = []
    for kind in KINDS:
        waiting = kind.model.objects.standing().filter(unit__in=units)
        waiting = waiting.exclude(acknowledgements__worker__membership=seat.membership)
        named = waiting.annotate(unit_name=shown_unit_name("unit", seat)).order_by("approved_at", "pk")
        found += [Asked(kind, words, words.unit_name) for words in named]
    return found


def versions_seen(seat: Seat, kind: Kind) -> Any:
    """The versions that a seat may see, each with `unit_name` and `is_withheld`, the newest first."""
    reached = seat.unit_ids(kind.view)
    units = Unit.objects.seen_by(seat).values("pk")
    rows = kind.model.objects.filter(unit__in=units)
    rows = rows if reached is None else rows.filter(unit__in=reached)
    shown = rows.annotate(unit_name=shown_unit_name("unit", seat), is_withheld=is_withheld("unit", seat))
    return shown.order_by("-pk")
