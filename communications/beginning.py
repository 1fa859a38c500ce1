"""Beginning the next version of a unit's words from what somebody chose, the same for pages and programs."""

from typing import Any

from agencies.seats import Seat
from communications import operations
from communications.kinds import CORE_MESSAGES, GUIDELINES
from communications.models import CoreMessage, Guidelines
from communications.operations import Said
from communications.operations.core_messages import said_by
from communications.operations.guidelines import sections_of
from communications.queries.reading import versions_seen
from communications.sources import EMPTY, STARTER, starter_guidelines, starter_messages


def begun_message(seat: Seat, unit: Any, source: str) -> CoreMessage:
    """The next core messages from the starter pack, from another version that this seat may see, or from nothing;
    `source` is one of `sources_for`.
    """
    words: dict[str, Any] = {}
    if source == STARTER:
        words["text"], words["messages"] = starter_messages(seat, unit)
    elif source != EMPTY:
        other = versions_seen(seat, CORE_MESSAGES).get(pk=int(source))
        said = said_by(other)
        words = {"text": said["text"], "messages": [Said(**each) for each in said["messages"]], "copied_from": other}
    return operations.begin_core_message(**acting(seat), unit=unit, **words)


def begun_guidelines(seat: Seat, unit: Any, source: str) -> Guidelines:
    """The next guidelines from the agency's sample, from another version that this seat may see, or from nothing."""
    words: dict[str, Any] = {"words": {}}
    if source == STARTER:
        words["words"] = starter_guidelines(seat, unit)
    elif source != EMPTY:
        other = versions_seen(seat, GUIDELINES).get(pk=int(source))
        words = {"words": sections_of(other), "copied_from": other}
    return operations.begin_guidelines(**acting(seat), unit=unit, **words)


def acting(seat: Seat) -> dict[str, Any]:
    """Who acts, and the units whose true name this person may see, for the check of wording."""
    return {"agency": seat.agency, "actor": seat.membership.user, "unmasked": seat.unit_ids("units.unmask")}
