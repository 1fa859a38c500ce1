"""Contacts of other systems: what they have in common on their way to partners."""

from partners.keys import short_key
from partners.same_name import plain

CONTACT_FACTS = (
    *("source", "donor_id", "display_name", "type", "organization", "first_name", "last_name"),
    *("spouse_first_name", "spouse_last_name"),
)
"""What a contact's row is made to say."""


def content_key(names: tuple[str, ...], reach: str) -> str:
    """The key of a contact whose system gives no number: its names and how it is reached, the same for the same row."""
    return short_key("/".join(plain(text) for text in (*names, reach) if text))


def kind_of(organization: str, spouse: str) -> str:
    """The kind of partner, as far as a contact tells it."""
    if organization:
        return "organization"
    return "household" if spouse else "person"


def listed_name(first: str, spouse: str, last: str) -> str:
    """How a contact is listed: "Ann and Ben Doe", or the one name that there is."""
    if first == last:
        return first
    return " ".join(filter(None, (" and ".join(filter(None, (first, spouse))), last)))
