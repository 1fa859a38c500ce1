"""What the model looks like for a unit, as its versions."""

from dataclasses import dataclass
from typing import Any

from agencies.seats import Seat
from ssu.models import ModelText
from ssu.pages.parts import by_on
from ssu.queries.people import names_of


@dataclass(frozen=True)
class ModelVersion:
    """A version, with who wrote it and when."""

    number: int
    text: str
    written: str


def model_versions(seat: Seat, unit: Any) -> list[ModelVersion]:
    """All versions for a unit whose texts are open to the seat, the newest first. Three queries."""
    texts = list(ModelText.objects.filter(unit=unit.pk).order_by("-version"))
    names = names_of(seat, {text.written_by_id for text in texts})
    return [
        ModelVersion(
            number=text.version,
            text=text.text,
            written=by_on(seat.agency, names.get(text.written_by_id or 0, ""), text.written_at),
        )
        for text in texts
    ]
