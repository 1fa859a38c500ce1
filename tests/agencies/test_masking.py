"""What the audit trail keeps of sensitive values."""

from typing import Any

import pytest

from agencies.masking import Mask, changes_between, masked


@pytest.mark.parametrize(
    ("value", "mask", "kept"),
    [
        ("Blue", Mask.OPEN, "Blue"),
        ("12-3456789", Mask.IDENTIFIER, "…6789"),
        ("6789", Mask.IDENTIFIER, "…"),
        ("", Mask.IDENTIFIER, ""),
        (None, Mask.EMAIL, None),
        ("grace@example.org", Mask.EMAIL, "g…@example.org"),
        ("no address", Mask.EMAIL, "n…"),
    ],
)
def test_value_is_masked_by_class(value: Any, mask: Mask, kept: Any) -> None:
    assert masked(value, mask) == kept


def test_only_differences_are_kept() -> None:
    before = {"name": "A", "tax": "12-3456789", "same": 1}
    after = {"name": "B", "tax": "98-7654321", "same": 1}
    assert changes_between(before, after, {"tax": Mask.IDENTIFIER}) == {"name": ["A", "B"], "tax": ["…6789", "…4321"]}
