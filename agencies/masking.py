"""What of a value may stand in the audit trail, by the class of its field (trust rule T15)."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any

SHOWN = 4
"""How many characters of an identifier may be seen: enough to tell which one, too few to use it."""


class Mask(Enum):
    """Classes of fields. What is named in no class is open."""

    OPEN = "open"
    IDENTIFIER = "identifier"
    EMAIL = "email"


def masked(value: Any, mask: Mask) -> Any:
    """The value as it may be kept: an identifier by its last characters, an address by its first letter and its
    domain, a day in ISO 8601.
    """
    if isinstance(value, date):
        return value.isoformat()
    if mask is Mask.OPEN or not value:
        return value
    text = str(value)
    if mask is Mask.EMAIL:
        name, at, domain = text.partition("@")
        return f"{name[:1]}…{at}{domain}"
    return f"…{text[-SHOWN:]}" if len(text) > SHOWN else "…"


def changes_between(
    before: Mapping[str, Any], after: Mapping[str, Any], masks: Mapping[str, Mask] | None = None
) -> dict[str, list[Any]]:
    """What differs, as the audit trail keeps it: {field: [before, after]}, masked by class. Equal values are left
    out.
    """
    classes = masks or {}
    return {
        name: [masked(before.get(name), classes.get(name, Mask.OPEN)), masked(value, classes.get(name, Mask.OPEN))]
        for name, value in after.items()
        if before.get(name) != value
    }
