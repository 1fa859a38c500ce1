"""Sealing secrets before they are stored: of second factors, seeds of recovery codes, what signs webhooks (trust rule
T13).

A copy of the database alone, such as a backup, then makes nobody's code. Keys are any long random texts; the first one
seals, each of them opens, so that a key is changed without anybody setting up a second factor anew.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from core.errors import Refused

PURPOSE = "second factors"
"""Bound into each key: what is sealed for one purpose opens for no other."""


class CannotOpen(Refused):
    """None of the keys opens what is stored: a key was dropped too early, or is of another installation."""

    code = "second_factor_unreadable"
    message = (
        "The secret that is stored for this cannot be read here, since its key is missing. "
        "Tell whoever runs this installation: SECOND_FACTOR_KEYS must hold the key that it was sealed with."
    )


def seal(text: str, purpose: str = PURPOSE) -> str:
    """The text as it may be stored (Fernet: AES-128-CBC with HMAC-SHA256)."""
    return box(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str = PURPOSE) -> str:
    """The text again. Raises CannotOpen."""
    try:
        return box(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise CannotOpen from None


def sealed_anew(sealed: str, purpose: str = PURPOSE) -> str:
    """The same text under the first key. Raises CannotOpen."""
    try:
        return box(purpose).rotate(sealed.encode()).decode()
    except InvalidToken:
        raise CannotOpen from None


def box(purpose: str = PURPOSE) -> MultiFernet:
    """The keys of this installation; under development settings, without any, one made from SECRET_KEY."""
    return MultiFernet([fernet(text, purpose) for text in settings.SECOND_FACTOR_KEYS or [settings.SECRET_KEY]])


def fernet(text: str, purpose: str = PURPOSE) -> Fernet:
    """A key made from a text of any length (HKDF, RFC 5869)."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"yokefellow {purpose} 1".encode()).derive(text.encode())
    return Fernet(urlsafe_b64encode(made))
