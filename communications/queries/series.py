"""The letters of a series: which there are, what became of them for each reader, whom one more would reach."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from communications.models import Exclusion, Letter, LetterMessage, Purpose
from communications.queries.audience import READER, tongue
from communications.queries.letters import fates_of
from communications.queries.readers import would_get
from delivery.models import OutgoingMessage
from ssu.models import Unit

SENT = frozenset({OutgoingMessage.State.ACCEPTED, OutgoingMessage.State.DELIVERED})
LOST = frozenset({OutgoingMessage.State.BOUNCED, OutgoingMessage.State.FAILED, OutgoingMessage.State.SUPPRESSED})
"""With these nobody has read the letter."""


def letters_in(names: Collection[str]) -> list[Letter]:
    """The letters of these series, the first written first, without those that were cancelled. One query."""
    found = Letter.objects.filter(series__in=names).exclude(state=Letter.State.CANCELLED)
    return list(found.select_related("unit", "core_message").order_by("pk"))


@dataclass(frozen=True)
class Mailed:
    """What became of the letters of a series: `fates` are states of the outbox by partner, `left_out` the reasons of
    those who got none, `counts` how many of each state, by letter.
    """

    fates: dict[int, str] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    counts: dict[int, dict[str, int]] = field(default_factory=dict)


def mailed_in(names: Collection[str]) -> dict[str, Mailed]:
    """What became of them, by series; by who reads now, also where records were merged since. Two queries."""
    rows = list(LetterMessage.objects.filter(series__in=names).annotate(reader=READER).order_by("pk"))
    known, states = {name: Mailed() for name in names}, fates_of(rows)
    for row in rows:
        found, fate = known[row.series], states.get(row.outgoing_id or 0)
        by_state = found.counts.setdefault(row.letter_id, {})
        word = fate.state if fate is not None else row.excluded and "left_out"
        by_state[word] = by_state.get(word, 0) + 1
        if fate is not None:
            found.fates[row.reader] = fate.state
        elif row.excluded and row.excluded != Exclusion.LANGUAGE:
            found.left_out[row.reader] = row.excluded
        else:
            found.left_out.setdefault(row.reader, row.excluded)
    return known


def one_more(unit: Unit, series: str, languages: Collection[str]) -> tuple[Letter, Any]:
    """A letter of a series in one more language than these, unsaved, and whom of its audience it would reach, were it
    in theirs; each with `reason`. One query of its own.
    """
    letter = Letter(agency=unit.agency, unit=unit, purpose=Purpose.NEWS, series=series)
    letter.language = next(iter(languages), letter.language)
    known = would_get(unit.agency, letter, in_turn=False)
    mine = known.filter(reason=Exclusion.LANGUAGE) if languages else known.filter(reason__in=["", Exclusion.LANGUAGE])
    return letter, mine.exclude(tongue__in={tongue(each) for each in languages}) if languages else mine
