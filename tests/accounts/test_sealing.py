"""Second factors: stored sealed, good for signing in, and kept when the key is changed (trust rule T13)."""

import base64
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.operations import reseal_second_factors
from accounts.sealing import CannotOpen, fernet, seal, unseal
from tests.cast import PASSWORD, Visitor

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = "an old key that is long enough to be one", "a new key that is long enough to be one"


def code(secret: str) -> str:
    """The code that a device shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def stored(user: User) -> str:
    """Everything about this person's second factors, as a copy of the table holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, data::text FROM mfa_authenticator WHERE user_id = %s ORDER BY type", [user.pk])
        return str(cursor.fetchall())


@pytest.fixture
def secret(alice: User) -> str:
    """Alice's device, set up, with recovery codes beside it."""
    cache.clear()
    Authenticator.objects.filter(user=alice).delete()
    made: str = generate_totp_secret()
    TOTP.activate(alice, made)
    RecoveryCodes.activate(alice)
    return made


def seed(user: User) -> str:
    sealed: str = Authenticator.objects.get(user=user, type="recovery_codes").data["seed"]
    return unseal(sealed)


def recovery_codes(user: User) -> list[str]:
    codes: list[str] = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()
    return codes


def signs_in(user: User, typed: str) -> bool:
    """Whether password and code open the account."""
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    browser.post(reverse("mfa_authenticate"), {"code": typed})
    return browser.get(reverse("me")).status_code == 200


def leaks(row: str, *texts: str) -> list[str]:
    """The texts that stand in the row, plain or as base 64."""
    return [text for text in texts if text in row or base64.b64encode(text.encode()).decode().rstrip("=") in row]


def test_the_table_holds_no_secret(alice: User, secret: str) -> None:
    assert leaks(stored(alice), secret, seed(alice), *recovery_codes(alice)) == []


def test_the_look_would_find_one(alice: User, secret: str, settings: Any) -> None:
    """The control: with allauth's own adapter the same look finds secret and seed."""
    settings.MFA_ADAPTER = "allauth.mfa.adapter.DefaultMFAAdapter"
    Authenticator.objects.filter(user=alice).delete()
    TOTP.activate(alice, secret)
    plain = RecoveryCodes.activate(alice).instance.data["seed"]
    assert leaks(stored(alice), secret, plain) == [secret, plain]


def test_a_device_is_set_up_on_the_page_and_signs_in(alice: User, visit: Any, confirmed: Any) -> None:
    cache.clear()
    Authenticator.objects.filter(user=alice).delete()
    browser: Visitor = confirmed(alice)
    browser.get(reverse("mfa_activate_totp"))
    shown = browser.session["mfa.totp.secret"]
    assert browser.post(reverse("mfa_activate_totp"), {"code": code(shown)}).status_code == 302
    assert leaks(stored(alice), shown) == []
    assert "mfa.totp.secret" not in browser.session
    cache.clear()  # a code is good once
    assert signs_in(alice, code(shown))


def test_codes_sign_in_and_wrong_ones_do_not(alice: User, secret: str) -> None:
    assert not signs_in(alice, "000000")
    assert signs_in(alice, code(secret))
    first = recovery_codes(alice)[0]
    assert signs_in(alice, first)
    assert not signs_in(alice, first)


def test_the_key_is_changed_without_anybody_noticing(alice: User, secret: str, settings: Any) -> None:
    settings.SECOND_FACTOR_KEYS = [OLD]
    Authenticator.objects.filter(user=alice).delete()
    TOTP.activate(alice, secret)
    codes = RecoveryCodes.activate(alice).get_unused_codes()
    before = stored(alice)

    settings.SECOND_FACTOR_KEYS = [NEW, OLD]
    assert signs_in(alice, code(secret))
    assert reseal_second_factors() == 2
    assert stored(alice) != before

    settings.SECOND_FACTOR_KEYS = [NEW]
    cache.clear()
    assert signs_in(alice, code(secret))
    assert recovery_codes(alice) == codes


def test_resealing_without_the_old_key_changes_nothing_and_says_so(alice: User, secret: str, settings: Any) -> None:
    before = stored(alice)
    settings.SECOND_FACTOR_KEYS = [NEW]
    with pytest.raises(CommandError, match="SECOND_FACTOR_KEYS"):
        call_command("reseal_second_factors")
    assert stored(alice) == before


def test_a_lost_key_is_said_and_opens_nothing(alice: User, secret: str, settings: Any) -> None:
    settings.SECOND_FACTOR_KEYS = [NEW]
    browser = Client()
    browser.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    answer = browser.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert answer.status_code == 409
    assert "cannot be read here" in answer.content.decode()
    assert browser.get(reverse("me")).status_code == 302


def test_what_was_changed_in_the_table_does_not_open() -> None:
    sealed = seal("text")
    for wrong in (sealed[:-4] + "AAA=", "text", fernet("another key").encrypt(b"text").decode()):
        with pytest.raises(CannotOpen):
            unseal(wrong)
    assert unseal(sealed) == "text"
    assert seal("text") != sealed


def production_with(keys: str | None) -> Any:
    """The settings of a real installation, asked for their keys."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.production", "SECRET_KEY": "x" * 60}
    env |= {"ALLOWED_HOSTS": "yokefellow.example"}
    env.pop("SECOND_FACTOR_KEYS", None)
    return subprocess.run(
        [sys.executable, "-c", "from django.conf import settings; print(settings.SECOND_FACTOR_KEYS)"],
        cwd=ROOT, env=env if keys is None else {**env, "SECOND_FACTOR_KEYS": keys},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


@pytest.mark.parametrize("keys", [None, "", " , "])
def test_production_does_not_start_without_a_key(keys: str | None) -> None:
    found = production_with(keys)
    assert found.returncode == 1
    assert "SECOND_FACTOR_KEYS" in found.stderr.splitlines()[-1]


def test_a_blank_behind_the_comma_is_no_part_of_the_old_key() -> None:
    assert production_with(f"{NEW.replace(' ', '-')}, {OLD.replace(' ', '-')}").stdout.strip() == (
        "['a-new-key-that-is-long-enough-to-be-one', 'an-old-key-that-is-long-enough-to-be-one']"
    )
