"""What the outbox's tests share."""

from collections.abc import Callable
from typing import Any

import pytest

from delivery import pump
from delivery.models import OutgoingMessage
from delivery.operations import queue
from tests.delivery.provider import Recorder

Send = Callable[[], int]


@pytest.fixture
def provider() -> Recorder:
    return Recorder()


@pytest.fixture
def send(provider: Recorder, monkeypatch: Any, settings: Any) -> Send:
    """`send()` empties the outbox into the provider, as fast as it can."""
    from agencies import scope

    monkeypatch.setattr(pump, "get_connection", lambda name: provider)
    settings.DELIVERY_PER_SECOND = 100_000

    def send_all() -> int:
        with scope.within(scope.current()):
            return pump.send_due()

    return send_all


@pytest.fixture
def letter(inside: Any) -> Callable[..., OutgoingMessage]:
    """`letter("a@example.org")` is queued in Alice's agency."""

    def write(to: str = "grace@example.org", **fields: Any) -> OutgoingMessage:
        return queue(**{"to": to, "subject": "News", "text": "Dear friend", "purpose": "letter", **fields})

    return write
