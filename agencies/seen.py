"""What a page or a program has seen of what it agrees to."""

from collections.abc import Mapping
from typing import Any, Final

from rest_framework import serializers

LONGEST: Final = 9


def revision_seen(sent: Mapping[str, str]) -> int | None:
    """The revision that stands in the hidden field of a form, None where it does not bring one."""
    said = sent.get("revision", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST else None


class SeenWritten(serializers.Serializer[Any]):
    """`revision` is that of what was read: 409 `changed_since_seen` when it was changed since; without it, what stands
    is agreed to.
    """

    revision = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=0)
