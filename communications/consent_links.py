"""The signed links to a partner's preferences, and to confirm a wish. They name agency and partner by number, so no log
holds an address.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from core.site import site
from delivery.addresses import normal

SALT, CONFIRMING = "preferences", "preferences confirmed"
FRESH = timedelta(weeks=4)
"""How long a letter speaks for its reader. Afterwards whoever holds it may still take letters off, and only that."""
TO_CONFIRM = timedelta(days=7)
"""How long a wish waits for its confirmation."""


@dataclass(frozen=True)
class Holder:
    """Whose preferences the link opens, and whether the letter is so new that its holder may also ask for more."""

    agency_id: int
    partner_id: int
    is_fresh: bool


@dataclass(frozen=True)
class Wish:
    """What somebody asked for who held a link: letters of these purposes. `address` is the mark of the address that the
    mail went to, `after` the number of the newest entry of the ledger then: what came later makes the wish void.
    """

    agency_id: int
    partner_id: int
    purposes: tuple[str, ...]
    address: str
    after: int


def preferences_link(agency_id: int, partner_id: int) -> str:
    """The address of the page, for the foot of a letter. It stays valid: a letter may lie around for years, and its
    reader must always find the way out.
    """
    return site() + preferences_path(agency_id, partner_id)


def preferences_path(agency_id: int, partner_id: int) -> str:
    """The same without the host."""
    return reverse("preferences", args=[signing.dumps({"a": agency_id, "p": partner_id}, salt=SALT)])


def read(token: str) -> Holder:
    """What a link says. Raises signing.BadSignature for one that we did not make."""
    content = signing.loads(token, salt=SALT)
    return Holder(content["a"], content["p"], is_fresh(token))


def is_fresh(token: str) -> bool:
    """Whether a link of ours was made lately."""
    try:
        signing.loads(token, salt=SALT, max_age=FRESH)
    except signing.SignatureExpired:
        return False
    return True


def mark_of(agency_id: int, address: str) -> str:
    """By what a link knows an address again. With a key, since logs keep links: without one, whoever has a list of
    addresses could try them.
    """
    return salted_hmac(CONFIRMING, f"{agency_id}:{normal(address)}", algorithm="sha256").hexdigest()


def confirmation_link(agency_id: int, partner_id: int, purposes: Collection[str], address: str, after: int) -> str:
    """The address of the page on which the reader of a mail confirms a wish."""
    content = {"a": agency_id, "p": partner_id, "w": list(purposes), "h": address, "e": after}
    return site() + reverse("preferences_confirm", args=[signing.dumps(content, salt=CONFIRMING)])


def read_wish(token: str) -> Wish:
    """What a confirmation says. Raises signing.SignatureExpired, and signing.BadSignature for one that we did not
    make.
    """
    content = signing.loads(token, salt=CONFIRMING, max_age=TO_CONFIRM)
    return Wish(content["a"], content["p"], tuple(content["w"]), content["h"], content["e"])
