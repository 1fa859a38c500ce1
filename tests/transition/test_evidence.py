"""A wave under an action item of step 6."""

from collections.abc import Callable
from typing import Any

import pytest

from partners.models import Commitment
from ssu import operations as ssu
from ssu.models import ActionItem, State, Unit
from ssu.operations.evidence import NotThere
from transition.evidence import KIND, offered
from transition.models import Shift, Wave


def test_a_wave_proves_once_it_is_open(
    act: dict[str, Any],
    unit: Unit,
    wave: Wave,
    opened: Callable[..., list[Shift]],
    promise: Callable[..., Commitment],
) -> None:
    item = ActionItem.objects.get(unit=unit, key="6.2")
    assert offered(unit) == []
    with pytest.raises(NotThere, match="The wave is planned"):
        ssu.add_object(**act, item=item, kind=KIND, object_id=wave.pk)
    opened(promise("Moab", 5000))
    assert [each.label for each in offered(unit)] == ["Wave 1"]
    ssu.add_object(**act, item=item, kind=KIND, object_id=wave.pk)
    assert ssu.claim_item(**act, item=item).state == State.READY
