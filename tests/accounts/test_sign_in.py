"""Signing in: the same answer for known and unknown addresses, and limits that hold when many come at once (T13)."""

import re
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any, cast

import pytest
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cast import PASSWORD

LOGIN_FAILURES = 5
"""How often one address may be tried in five minutes."""


@pytest.fixture(autouse=True)
def no_attempts_yet() -> None:
    """Limits are counted in the cache, which outlives a test."""
    cache.clear()


def neutral(page: bytes, email: str) -> str:
    """A page without its token and the address that was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())
    return text.replace(email, "")


def test_wrong_password_and_unknown_address_look_the_same(alice: User) -> None:
    known = Client().post(reverse("account_login"), {"login": alice.email, "password": "wrong"})
    unknown = Client().post(reverse("account_login"), {"login": "nobody@example.org", "password": "wrong"})
    assert known.status_code == unknown.status_code
    assert neutral(known.content, alice.sign_in) == neutral(unknown.content, "nobody@example.org")
    assert known.context["form"].errors == unknown.context["form"].errors != {}


def test_reset_answers_the_same_and_writes_to_both(alice: User) -> None:
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email})
        for email in (alice.email, "nobody@example.org")
    ]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, reverse("account_reset_password_done"))
    ] * 2
    assert [message.to for message in mail.outbox] == [[alice.email], ["nobody@example.org"]]
    assert [bool(re.search(r"/password/reset/key/", str(message.body))) for message in mail.outbox] == [True, False]


def test_nobody_signs_up_without_an_invitation(db: None) -> None:
    fields = {"email": "eve@example.org", "password1": "seventeen quiet herons", "password2": "seventeen quiet herons"}
    Client().post(reverse("account_signup"), fields)
    assert not User.objects.filter(email="eve@example.org").exists()


def test_second_factor_is_asked_after_the_password(alice: User) -> None:
    browser = Client()
    answer = browser.post(reverse("account_login"), {"login": alice.email, "password": PASSWORD})
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("mfa_authenticate"))
    assert browser.get(reverse("me"))["Location"].startswith(reverse("account_login"))


def test_sign_in_leads_to_the_workspaces_in_any_case_of_letters(alice: User) -> None:
    Authenticator.objects.filter(user=alice).delete()
    answer = Client().post(reverse("account_login"), {"login": "ALICE@example.org", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, reverse("spaces"))


def test_right_password_does_not_help_after_too_many_wrong_ones(alice: User) -> None:
    Authenticator.objects.filter(user=alice).delete()
    path = reverse("account_login")
    for _ in range(LOGIN_FAILURES):
        Client().post(path, {"login": alice.email, "password": "wrong"})
    held = Client().post(path, {"login": alice.email, "password": PASSWORD})
    assert held.status_code == 200
    assert "Location" not in held
    cache.clear()
    assert Client().post(path, {"login": alice.email, "password": PASSWORD}).status_code == 302


def test_limit_holds_when_twenty_come_at_once(rf: Any) -> None:
    def attempt(_number: int) -> bool:
        request = rf.post("/accounts/login/", REMOTE_ADDR="192.0.2.7")
        request.user = SimpleNamespace(is_authenticated=False)
        return ratelimit.consume(cast(Any, request), action="reset_password", key="alice@example.org")

    with ThreadPoolExecutor(20) as pool:
        allowed = list(pool.map(attempt, range(20)))
    assert allowed.count(True) == 5
