"""Secrets of webhooks, and what they sign (Standard Webhooks 1.0.0).

The signature is the HMAC-SHA256 of `id.timestamp.body`, in base64 after `v1,`; several stand with blanks between.
A secret is 32 random bytes, in base64 after `whsec_`.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from accounts.sealing import seal, unseal
from delivery.models import Webhook

PURPOSE: Final = "webhooks"
PREFIX: Final = "whsec_"
BOTH_SIGN: Final = timedelta(hours=24)
"""So long after a change the former secret signs too: the receiver changes it in its own time."""


def new_secret() -> str:
    """A secret as the receiver gets it, once."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def sealed(secret: str) -> str:
    """The secret as it is stored."""
    return seal(secret, PURPOSE)


def secrets_of(webhook: Webhook, now: datetime) -> list[str]:
    """What signs now: the secret, and for a while after a change the former one. Raises CannotOpen."""
    signing = [webhook.secret]
    if webhook.former_secret and webhook.former_until and now < webhook.former_until:
        signing.append(webhook.former_secret)
    return [unseal(each, PURPOSE) for each in signing]


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    made = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(made).decode()


def headers(keys: Iterable[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The three headers of a message, signed with each of the secrets."""
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signature(key, message_id, timestamp, body) for key in keys),
    }
