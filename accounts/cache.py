"""The cache in which attempts to sign in are counted: shared by all web processes, but no sign-in hangs on it."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

Answer = TypeVar("Answer")
logger = logging.getLogger(__name__)
PATIENCE = 0.5
"""Seconds that a request waits for Redis."""
OPTIONS: dict[str, Any] = {
    "socket_timeout": PATIENCE,
    "socket_connect_timeout": PATIENCE,
    "retry": Retry(NoBackoff(), 0),
}


def forgiven(ask: Callable[[], Answer], otherwise: Answer) -> Answer:
    """What Redis answers, or `otherwise` while it is gone."""
    try:
        return ask()
    except RedisError as error:
        logger.warning("Redis does not answer (%s): attempts to sign in are not counted.", type(error).__name__)
        return otherwise


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache for what may be forgotten. Without Redis it is an empty one that keeps nothing.

    The web answers without Redis (trust rule T16); only the limits on attempts do not hold until it is back.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**OPTIONS, **params.get("OPTIONS", {})}})

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return forgiven(lambda: bool(super(ForgivingRedisCache, self).add(key, value, timeout, version)), True)

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return forgiven(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        forgiven(lambda: super(ForgivingRedisCache, self).set(key, value, timeout, version), None)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return forgiven(lambda: bool(super(ForgivingRedisCache, self).delete(key, version)), False)
