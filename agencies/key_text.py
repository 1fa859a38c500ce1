"""The text of a key for programs: `yk_`, a sign of 8 hex digits by which it is known, and 256 random bits."""

import hashlib
import re
import secrets
from typing import Final

FORM: Final = re.compile(r"yk_(?P<sign>[0-9a-f]{8})_[\w-]{43}", re.ASCII)
"""A fixed beginning lets scanners of repositories find a key that somebody published by mistake."""


def new_text() -> str:
    """A new key."""
    return f"yk_{secrets.token_hex(4)}_{secrets.token_urlsafe(32)}"


def sign_of(text: str) -> str:
    """The sign of a key, "" for what is none."""
    found = FORM.fullmatch(text)
    return found["sign"] if found else ""


def digest_of(text: str) -> str:
    """What is kept of a key: SHA-256 in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
