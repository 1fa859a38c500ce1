"""A wave as evidence for step 6: the shift is clarified to those who give most."""

from collections.abc import Collection, Sequence
from typing import Final

from ssu.evidence import Resolver, Thing
from ssu.models import Unit
from transition.models import Wave

KIND: Final = "transition.wave"
TROUBLE: Final = "The wave is planned: it proves something once it is open."


def as_thing(wave: Wave) -> Thing:
    """A wave proves the item once it was opened. Its name, which may name people, is for its own page."""
    label = f"Wave {wave.number}"
    trouble = TROUBLE if wave.opened_on is None else ""
    return Thing(wave.pk, wave.plan.unit_id, label, "transition.view", "wave", (wave.pk,), trouble)


def offered(unit: Unit) -> Sequence[Thing]:
    """The unit's waves that were opened, the newest first."""
    waves = Wave.objects.filter(plan__unit=unit, opened_on__isnull=False).select_related("plan")
    return [as_thing(wave) for wave in waves.order_by("-opened_on", "-pk")]


def found(ids: Collection[int]) -> dict[int, Thing]:
    """Waves by id. One query."""
    return {wave.pk: as_thing(wave) for wave in Wave.objects.filter(pk__in=ids).select_related("plan")}


WAVES = Resolver("Wave of the transition", offered, found, keys=("6.2",))
