"""Sending a money form twice does it once (trust rule T8)."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.utils import IntegrityError

from agencies.models import Agency, IdempotencyKey
from core.errors import Refused


class OtherContent(Refused):
    """The same key came with other content."""

    code = "idempotency_conflict"
    message = (
        "This form was sent before with other content. The first one stands. Open the form again to record another; a "
        "program sends another Idempotency-Key."
    )


class KeyMissing(Refused):
    """A money form came without its key."""

    code = "idempotency_key_missing"
    status = 400
    message = (
        "This came without its key, so sending it twice could not be told from two. Open the form again; a program "
        "sends an Idempotency-Key."
    )


LONGEST_KEY = 64
"""Characters of a key, as its column holds them."""


class KeyTooLong(Refused):
    """A longer key would be cut, and two that begin alike would pass for one."""

    code = "idempotency_key_too_long"
    status = 400
    message = f"The key is too long. Send one of at most {LONGEST_KEY} characters."


def digest(content: Any) -> str:
    """A hash of what was asked, the same for the same content whatever the order of its keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


@transaction.atomic
def once(
    *, agency: Agency, endpoint: str, key: str, content: Any, effect: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Run `effect` unless it ran before under this key; return its stored result either way.

    The key row is taken first, so a second sender waits for the first one's transaction and then reads its answer.
    Raises OtherContent when the content differs, KeyMissing when there is no key, and KeyTooLong.
    """
    if not key:
        raise KeyMissing
    if len(key) > LONGEST_KEY:
        raise KeyTooLong
    asked = digest(content)
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(agency=agency, endpoint=endpoint, key=key, request_hash=asked)
    except IntegrityError:
        return stored(endpoint, key, asked)
    row.result = effect()
    row.save(update_fields=["result"])
    result: dict[str, Any] = row.result
    return result


def stored(endpoint: str, key: str, asked: str) -> dict[str, Any]:
    """The answer kept under a key."""
    row = IdempotencyKey.objects.get(endpoint=endpoint, key=key)
    if row.request_hash != asked:
        raise OtherContent
    result: dict[str, Any] = row.result
    return result
