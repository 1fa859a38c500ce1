"""The cache in which attempts to sign in are counted: shared by all web processes, but no sign-in hangs on it."""

import logging
import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)
PATIENCE = 0.5
"""Seconds that a request waits for Redis."""
PAUSE = 5.0
"""Seconds without a question to a Redis that did not answer: one sign-in asks several times."""
OPTIONS: dict[str, Any] = {
    "socket_timeout": PATIENCE,
    "socket_connect_timeout": PATIENCE,
    "retry": Retry(NoBackoff(), 0),
}
MOST_KEPT = 50_000
"""Counts that a process keeps itself; with fewer, somebody could push the own count out by trying many addresses."""


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; while Redis is gone, the memory of the process.

    The web answers without Redis (trust rule T16), and limits on attempts hold without it too: then each web process
    counts for itself, so that as many times more attempts get through as there are processes, never all.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**OPTIONS, **params.get("OPTIONS", {})}})
        self.memory = LocMemCache("while Redis is gone", {**params, "OPTIONS": {"MAX_ENTRIES": MOST_KEPT}})
        self.asks_again_at = 0.0

    def asked(self, what: str, *given: Any) -> Any:
        """What Redis answers, or what this process remembers."""
        if time.monotonic() >= self.asks_again_at:
            try:
                return getattr(super(), what)(*given)
            except RedisError as error:
                self.asks_again_at = time.monotonic() + PAUSE
                said = type(error).__name__
                logger.warning("Redis does not answer (%s): this process counts attempts to sign in by itself.", said)
        return getattr(self.memory, what)(*given)

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self.asked("add", key, value, timeout, version))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self.asked("get", key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self.asked("set", key, value, timeout, version)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self.asked("delete", key, version))
