"""A partner of the demo agency who asked to be erased, so that what is left of a record can be looked at."""

from typing import Any

from accounts.models import User
from agencies.models import Agency
from partners import operations as partners


def erase_one(agency: Agency, actor: User) -> None:
    """Somebody who was called once, and then asked to be forgotten."""
    act: dict[str, Any] = {"agency": agency, "actor": actor}
    gone = partners.add_partner(
        **act, kind="person", first_name="Silvan", last_name="Ostrander", email="silvan.ostrander@example.org"
    )
    called: dict[str, Any] = {"unit": None, "channel": "call", "outcome": "talked", "happened_on": agency.today()}
    partners.log_contact(**act, partner=gone, **called, note="Asks to hear from nobody any more.")
    partners.erase_partner(**act, partner=gone, ground="asked", words="By telephone")
