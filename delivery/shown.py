"""The words of a message on a page of somebody who is not its reader."""

import re

import nh3
from django.conf import settings

# A picture would tell its server that somebody looked; the content security policy refuses it anyway.
TAGS = set(nh3.ALLOWED_TAGS) - {"img"}
KEY = re.compile(r"""https?://[^\s"'<>]+/(?:p/unsubscribe|p/preferences|invitations|alliance-invitations)/[^\s"'<>]+""")
"""Signed links: whoever opens one acts in its reader's name. The host is whatever the installation was called then."""
INSTEAD = "[…]"
NOWHERE = "delivery.backend.KeptBackend"


def as_sent(html: str) -> str:
    """The formatted part of a message: no scripts, styles, forms or pictures, no title, and no link that acts in its
    reader's name, neither behind words nor written out; but see `shows_keys`.
    """
    masked = not shows_keys()
    clean = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags={"script", "style", "title"},
        attributes={"a": {"href"}},
        attribute_filter=lambda tag, name, value: None if masked and KEY.search(value) else value,
    )
    return without_keys(clean)


def without_keys(text: str) -> str:
    """Plain text without the links that act in its reader's name; but see `shows_keys`."""
    return text if shows_keys() else KEY.sub(INSTEAD, text)


def shows_keys() -> bool:
    """Whether this is the demo, where no mail reaches a reader: its pages are the only place to try the links."""
    return bool(settings.DEMO_SIGN_INS) and settings.DELIVERY_BACKEND == NOWHERE
