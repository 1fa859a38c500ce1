"""The way out of every mailing: a signed link that works in one click (RFC 8058), without a sign-in, for good."""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from core.site import site
from delivery.addresses import address_hash

SALT = "unsubscribe"


@dataclass(frozen=True)
class Way:
    """What a link closes: an address, by its hash, for a purpose. `reference` is the sender's own word for whom it
    was.
    """

    agency_id: int
    hashed: str
    purpose: str
    reference: str


def headers(agency_id: int, address: str, purpose: str, reference: str = "") -> dict[str, str]:
    """The two headers by which mail programs offer one-click unsubscribe (RFC 2369, RFC 8058). Bulk mail must carry
    them.
    """
    return {
        "List-Unsubscribe": f"<{link(agency_id, address, purpose, reference)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def link(agency_id: int, address: str, purpose: str, reference: str = "") -> str:
    """The address of the page, for the foot of a letter. It holds no e-mail address, so no log does."""
    content = {"a": agency_id, "h": address_hash(agency_id, address), "p": purpose, "r": reference}
    return site() + reverse("unsubscribe", args=[signing.dumps(content, salt=SALT)])


def read(token: str) -> Way:
    """What a link says. Raises signing.BadSignature for one that we did not make."""
    content = signing.loads(token, salt=SALT)
    return Way(content["a"], content["h"], content["p"], content["r"])
