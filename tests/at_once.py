"""Several connections that begin together."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

from agencies import scope
from agencies.models import Agency
from core.errors import Refused

PATIENCE = 30  # seconds


def at_once(
    agency: Agency, act: Callable[[int], Any], senders: int = 2, refusals: tuple[type[Exception], ...] = (Refused,)
) -> Counter[str]:
    """What this many connections are answered that begin together: "done", or the name of the refusal."""
    ready = threading.Barrier(senders)

    def send(number: int) -> str:
        try:
            with scope.fresh(), transaction.atomic(), scope.of_agency(agency.pk):
                ready.wait(PATIENCE)
                act(number)
            return "done"
        except refusals as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=senders) as pool:
        return Counter(pool.map(send, range(senders)))


def together(reading: Callable[..., Any], readers: int = 2) -> Callable[..., Any]:
    """The same reading, after which nobody goes on before all have read: for controls without a lock."""
    both = threading.Barrier(readers)

    def read(*args: Any, **said: Any) -> Any:
        found = reading(*args, **said)
        both.wait(PATIENCE)
        return found

    return read
