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
        "This form was sent before with other content. The first one stands. Open the form again to record another."
    )


class KeyMissing(Refused):
    """A money form came without its key."""

    code = "idempotency_key_missing"
    status = 400
    message = (
        "The form came without its key, so sending it twice could not be told from two gifts. Open the form again."
    )


def digest(content: Any) -> str:
    """A hash of what was asked, the same for the same content whatever the order of its keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


@transaction.atomic
def once(
    *, agency: Agency, endpoint: str, key: str, content: Any, effect: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Run `effect` unless it ran before under this key; return its stored result either way.

    The key row is taken first, so a second sender waits for the first one's transaction and then reads its answer.
    Raises OtherContent when the content differs and KeyMissing when there is no key.
    """
    if not key:
        raise KeyMissing
    asked = digest(content)
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(agency=agency, endpoint=endpoint, key=key[:64], request_hash=asked)
    except IntegrityError:
        return stored(endpoint, key[:64], asked)
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
