"""The signed link to a partner's preferences. It names agency and partner by number, so no log holds an address."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "preferences"


@dataclass(frozen=True)
class Holder:
    """Whose preferences the link opens."""

    agency_id: int
    partner_id: int


def preferences_link(agency_id: int, partner_id: int) -> str:
    """The address of the page, for the foot of a letter. It stays valid: a letter may lie around for years."""
    token = signing.dumps({"a": agency_id, "p": partner_id}, salt=SALT)
    return str(settings.SITE_URL).rstrip("/") + reverse("preferences", args=[token])


def read(token: str) -> Holder:
    """What a link says. Raises signing.BadSignature for one that we did not make."""
    content = signing.loads(token, salt=SALT)
    return Holder(content["a"], content["p"])
