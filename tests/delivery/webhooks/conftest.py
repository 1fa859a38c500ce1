"""What the tests of webhooks share."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from agencies import scope
from agencies.models import Agency
from delivery import event_kinds, webhook_pump
from delivery.event_kinds import EventKind
from delivery.models import Webhook
from delivery.operations.webhooks import add_webhook
from tests.delivery.listener import Listener, listening

HAPPENED = EventKind("thing.happened", "A thing happened", "things")
OTHER = EventKind("thing.went", "A thing went", "things")


@pytest.fixture(autouse=True)
def known_kinds(monkeypatch: Any, settings: Any) -> None:
    """Two kinds of a trial; and this machine may be reached."""
    monkeypatch.setattr(event_kinds, "_kinds", {kind.name: kind for kind in (HAPPENED, OTHER)})
    settings.WEBHOOKS_REACH_OWN_NETWORK = True


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = listening()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def live(inside: Agency) -> Agency:
    """The agency works with the system since yesterday."""
    inside.live_on = inside.today() - timedelta(days=1)
    inside.save(update_fields=["live_on"])
    return inside


@pytest.fixture
def hook(live: Agency, listener: Listener) -> Callable[..., tuple[Webhook, str]]:
    """`hook(name="Accounting", kinds=[…], url=…)` is a webhook and its secret."""

    def make(name: str = "Accounting", **fields: Any) -> tuple[Webhook, str]:
        said = {"url": listener.url, "kinds": [HAPPENED.name], **fields}
        return add_webhook(agency=live, actor=None, name=name, **said)

    return make


@pytest.fixture
def tell() -> Callable[[], int]:
    """`tell()` sends what is due, as the worker does."""

    def tell_all() -> int:
        with scope.within(scope.current()):
            return webhook_pump.tell_due()

    return tell_all
