"""Counting attempts in Redis: shared and exact while it is there. While it is not, nobody is locked out, and nobody may
try without end.
"""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, cast

import pytest
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from django.test import Client
from django.urls import reverse
from redis.exceptions import ConnectionError as NoConnection

from accounts.models import User
from tests.cast import PASSWORD

BACKEND = "accounts.cache.ForgivingRedisCache"


@pytest.fixture
def gone(settings: Any, tmp_path: Any) -> None:
    """Nobody listens where Redis should be."""
    LocMemCache("while Redis is gone", {}).clear()
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


def test_without_redis_the_process_remembers(gone: None) -> None:
    assert [cache.add("a", 1), cache.add("a", 2), cache.get("a"), cache.get("b", 7)] == [True, False, 1, 7]
    cache.set("a", 3, 0.01)
    time.sleep(0.02)
    assert (cache.get("a"), cache.delete("a")) == (None, False)


def test_limit_is_exact_without_redis_too(rf: Any, gone: None) -> None:
    with ThreadPoolExecutor(20) as pool:
        allowed = list(pool.map(attempt, [rf] * 20))
    assert allowed.count(True) == 5
    assert attempt(rf) is False


def test_right_password_does_not_help_after_too_many_wrong_ones_without_redis(alice: User, gone: None) -> None:
    Authenticator.objects.filter(user=alice).delete()
    path = reverse("account_login")
    for _ in range(5):
        Client().post(path, {"login": alice.email, "password": "wrong"})
    assert "Location" not in Client().post(path, {"login": alice.email, "password": PASSWORD})
    LocMemCache("while Redis is gone", {}).clear()
    assert Client().post(path, {"login": alice.email, "password": PASSWORD})["Location"] == reverse("spaces")


def test_a_code_is_good_once_without_redis_too(alice: User, gone: None) -> None:
    made = generate_totp_secret()
    Authenticator.objects.filter(user=alice).delete()
    device = TOTP.activate(alice, made)
    typed = format_hotp_value(hotp_value(made, int(time.time()) // 30))
    assert [device.validate_code(typed), device.validate_code(typed)] == [True, False]


def test_a_redis_that_is_gone_is_not_asked_again_at_once(gone: None, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(10):
        cache.get("a")
    assert len([each for each in caplog.records if "does not answer" in each.message]) == 1


def test_redis_is_asked_again_after_a_pause(there: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RedisCache, "get", lambda *given: (_ for _ in ()).throw(NoConnection("gone")))
    cache.set("a", 1, 60)
    assert cache.get("a") is None
    monkeypatch.undo()
    assert cache.get("a") is None
    monkeypatch.setattr("accounts.cache.PAUSE", 0.0)
    caches["default"].asks_again_at = 0.0  # type: ignore[attr-defined]
    assert cache.get("a") == 1
    cache.delete("a")


def test_limit_is_exact_when_twenty_come_at_once(rf: Any, there: None) -> None:
    with ThreadPoolExecutor(20) as pool:
        allowed = list(pool.map(attempt, [rf] * 20))
    assert allowed.count(True) == 5
    assert attempt(rf) is False
