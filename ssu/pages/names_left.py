"""What the words of a copied unit still tell of the one that they were written for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from agencies.seats import Seat
from core.bidi import isolated
from ssu.models import Unit
from ssu.telling import tells, words_that_tell


@dataclass(frozen=True)
class NamesLeft:
    """For `ssu/names_left.html`: the model's name, and the words that name it or its place, with how often."""

    model: str
    words: str


def names_left(seat: Seat, unit: Any, texts: Iterable[str]) -> NamesLeft | None:
    """Which of these words of a copied unit name its model or the model's place, as far as the seat may know them; None
    where none does, or the unit is no copy. What the unit's own name or place tells is its own. One query for a copy.
    """
    if unit.copied_from_id is None:
        return None
    model = Unit.objects.seen_by(seat).filter(pk=unit.copied_from_id).first()
    if model is None:
        return None
    names = (model.shown_name, model.shown_place)
    found = Counter(word for text in texts for word in words_that_tell(text, *names))
    foreign = {word: count for word, count in found.items() if not tells(word, unit.name, unit.place)}
    if not foreign:
        return None
    return NamesLeft(
        isolated(model.shown_name), ", ".join(f"{isolated(word)} ({count}×)" for word, count in sorted(foreign.items()))
    )
