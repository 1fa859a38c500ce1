"""The signed link by which somebody without a sign-in gets their own statement. It names rows by number, so no log
holds a name or an address.
"""

from datetime import timedelta
from typing import Final

from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from core.site import site

SALT: Final = "statement"
GOOD_FOR: Final = timedelta(days=14)
"""How long a link holds. Afterwards one asks again."""


def sign_of(address: str) -> str:
    """By what a link knows the address that it was sent to, without telling it."""
    return salted_hmac(SALT, address.strip().casefold(), algorithm="sha256").hexdigest()[:32]


def statement_link(agency_id: int, issue_id: int, address: str) -> str:
    """The link for a mail to this address."""
    token = signing.dumps({"a": agency_id, "i": issue_id, "t": sign_of(address)}, salt=SALT)
    return site() + reverse("statement_by_link", args=[token])


def read_link(token: str) -> tuple[int, int, str]:
    """Agency, issue, and the sign of the address. Raises signing.SignatureExpired, and signing.BadSignature for one
    that we did not make.
    """
    content = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    return content["a"], content["i"], content.get("t", "")
