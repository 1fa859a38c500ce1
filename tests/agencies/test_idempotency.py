"""Keys of money forms."""

from typing import Any

import pytest

from agencies.idempotency import KeyTooLong, once
from agencies.models import Agency, IdempotencyKey


def run(agency: Agency, key: str, effects: list[str]) -> dict[str, Any]:
    def effect() -> dict[str, Any]:
        effects.append(key)
        return {"number": len(effects)}

    return once(agency=agency, endpoint="gift", key=key, content={}, effect=effect)


def test_keys_are_compared_whole_and_longer_ones_refused(inside: Agency) -> None:
    effects: list[str] = []
    longest = "k" * 64
    assert run(inside, longest, effects) == run(inside, longest, effects) == {"number": 1}
    with pytest.raises(KeyTooLong) as refusal:
        run(inside, longest + "1", effects)
    assert refusal.value.status == 400
    assert "64" in str(refusal.value)
    assert (effects, IdempotencyKey.objects.count()) == ([longest], 1)
