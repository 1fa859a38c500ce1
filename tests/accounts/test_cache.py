"""Counting attempts in Redis: shared and exact while it is there, and no reason to lock people out while it is not."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, cast

import pytest
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cast import PASSWORD

BACKEND = "accounts.cache.ForgivingRedisCache"


@pytest.fixture
def gone(settings: Any, tmp_path: Any) -> None:
    """Nobody listens where Redis should be."""
    settings.CACHES = {"default": {"BACKEND": BACKEND, "LOCATION": f"unix://{tmp_path}/no.sock"}}


@pytest.fixture
def there(settings: Any) -> Iterator[None]:
    """The broker of this run, with keys of its own."""
    prefix = f"test-{os.getpid()}"
    settings.CACHES = {"default": {"BACKEND": BACKEND, "LOCATION": os.environ["REDIS_URL"], "KEY_PREFIX": prefix}}
    yield
    cache.close()


def attempt(rf: Any) -> bool:
    """One request for a new password."""
    request = rf.post("/accounts/password/reset/", REMOTE_ADDR="192.0.2.7")
    request.user = SimpleNamespace(is_authenticated=False)
    return ratelimit.consume(cast(Any, request), action="reset_password", key=f"{os.getpid()}@example.org")


def test_people_sign_in_while_redis_is_gone(alice: User, gone: None) -> None:
    Authenticator.objects.filter(user=alice).delete()
    begun = time.monotonic()
    answer = Client().post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, reverse("spaces"))
    assert time.monotonic() - begun < 5


def test_wrong_password_stays_wrong_while_redis_is_gone(alice: User, gone: None) -> None:
    answer = Client().post(reverse("account_login"), {"login": alice.email, "password": "wrong"})
    assert answer.status_code == 422 or "Location" not in answer


def test_missing_redis_answers_like_an_empty_cache(gone: None) -> None:
    assert (cache.add("a", 1), cache.get("a"), cache.get("a", 7), cache.delete("a")) == (True, None, 7, False)


def test_limit_is_exact_when_twenty_come_at_once(rf: Any, there: None) -> None:
    with ThreadPoolExecutor(20) as pool:
        allowed = list(pool.map(attempt, [rf] * 20))
    assert allowed.count(True) == 5
    assert attempt(rf) is False
