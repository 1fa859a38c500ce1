"""The signed link by which somebody without a sign-in gets their own statement. It names rows by number, so no log
holds a name or an address.
"""

from datetime import timedelta
from typing import Final

from django.core import signing
from django.urls import reverse

from core.site import site

SALT: Final = "statement"
GOOD_FOR: Final = timedelta(days=14)
"""How long a link holds. Afterwards one asks again."""


def statement_link(agency_id: int, issue_id: int) -> str:
    """The address for a mail."""
    token = signing.dumps({"a": agency_id, "i": issue_id}, salt=SALT)
    return site() + reverse("statement_by_link", args=[token])


def read_link(token: str) -> tuple[int, int]:
    """Agency and issue. Raises signing.SignatureExpired, and signing.BadSignature for one that we did not make."""
    content = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    return content["a"], content["i"]
