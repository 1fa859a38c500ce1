"""A unit's core message as evidence for action item 5.1."""

from collections.abc import Collection, Sequence
from typing import Final

from communications.models import CoreMessage
from ssu.evidence import Resolver, Thing
from ssu.models import Unit

KIND: Final = "communications.coremessage"


def as_thing(message: CoreMessage, newest_agreed: int) -> Thing:
    """A version proves the item when it is agreed to and no newer one is."""
    trouble = ""
    if message.approved_at is None:
        trouble = f"Nobody has agreed to version {message.version} of the core message yet."
    elif message.version != newest_agreed:
        trouble = f"Version {message.version} of the core message was replaced by version {newest_agreed}."
    label = f"version {message.version}"
    return Thing(message.pk, message.unit_id, label, "letters.view", "core_messages", (message.unit_id,), trouble)


def agreed_versions(unit_ids: Collection[int]) -> dict[int, int]:
    """The newest version agreed to, by unit. One query."""
    agreed = CoreMessage.objects.filter(unit__in=unit_ids, approved_at__isnull=False).order_by("version")
    return dict(agreed.values_list("unit_id", "version"))


def offered(unit: Unit) -> Sequence[Thing]:
    """The newest version agreed to."""
    newest = CoreMessage.objects.filter(unit=unit, approved_at__isnull=False).order_by("-version").first()
    return [as_thing(newest, newest.version)] if newest else []


def found(ids: Collection[int]) -> dict[int, Thing]:
    """Versions by id. Two queries."""
    messages = list(CoreMessage.objects.filter(pk__in=ids))
    agreed = agreed_versions({message.unit_id for message in messages})
    return {message.pk: as_thing(message, agreed.get(message.unit_id, 0)) for message in messages}


CORE_MESSAGES = Resolver("Core message", offered, found, keys=("5.1",))
