"""The words of a message on a page of somebody who is not its reader."""

import re

import nh3

# A picture would tell its server that somebody looked; the content security policy refuses it anyway.
TAGS = set(nh3.ALLOWED_TAGS) - {"img"}
KEY = re.compile(r"""https?://[^\s"'<>]+/(?:p/unsubscribe|p/preferences|invitations|alliance-invitations)/[^\s"'<>]+""")
"""Signed links: whoever opens one acts in its reader's name. The host is whatever the installation was called then."""
INSTEAD = "[…]"


def as_sent(html: str) -> str:
    """The formatted part of a message: no scripts, styles, forms or pictures, no title, and no link that acts in its
    reader's name, neither behind words nor written out.
    """
    clean = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags={"script", "style", "title"},
        attributes={"a": {"href"}},
        attribute_filter=lambda tag, name, value: None if KEY.search(value) else value,
    )
    return without_keys(clean)


def without_keys(text: str) -> str:
    """Plain text without the links that act in its reader's name."""
    return KEY.sub(INSTEAD, text)
