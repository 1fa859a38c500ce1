"""Administrators and finance sign in with a second factor; only development settings let demo people off (T13)."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency

ROOT = Path(__file__).resolve().parents[2]
SECRET_KEY = "0123456789abcdefghijklmnopqrstuvwxyz-only-for-this-test-ABCDEFGH"


@pytest.fixture
def nobody(bob: User) -> User:
    """Bob without any second factor."""
    Authenticator.objects.filter(user=bob).delete()
    return bob


@pytest.mark.parametrize(
    ("role", "held"), [("administrator", True), ("finance", True), ("staff", False), ("board", False)]
)
def test_role_decides(agency: Agency, nobody: User, visit: Any, joins: Any, role: str, held: bool) -> None:
    joins(nobody, role)
    answer = visit(nobody).get(reverse("search", args=["harbor"]))
    assert answer.status_code == (302 if held else 200)
    if held:
        assert answer["Location"] == reverse("mfa_activate_totp")


def test_second_factor_opens_the_door(agency: Agency, bob: User, visit: Any, joins: Any) -> None:
    joins(bob, "administrator")
    assert visit(bob).get(reverse("search", args=["harbor"])).status_code == 200


def test_form_does_not_go_past_it(agency: Agency, nobody: User, confirmed: Any, joins: Any) -> None:
    joins(nobody, "administrator")
    answer = confirmed(nobody).post(reverse("settings", args=["harbor"]), {"name": "Taken"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))


@pytest.mark.parametrize(("demo_sign_ins", "status"), [(False, 302), (True, 200)])
def test_demo_people_are_let_off_by_the_setting_only(
    agency: Agency, nobody: User, visit: Any, joins: Any, settings: Any, demo_sign_ins: bool, status: int
) -> None:
    User.objects.filter(pk=nobody.pk).update(is_demo=True)
    joins(nobody, "administrator")
    settings.DEMO_SIGN_INS = demo_sign_ins
    assert visit(nobody).get(reverse("search", args=["harbor"])).status_code == status


def test_setting_lets_nobody_else_off(agency: Agency, nobody: User, visit: Any, joins: Any, settings: Any) -> None:
    joins(nobody, "administrator")
    settings.DEMO_SIGN_INS = True
    assert visit(nobody).get(reverse("search", args=["harbor"])).status_code == 302


@pytest.mark.parametrize(("module", "lets_off"), [("production", "False"), ("test", "False"), ("dev", "True")])
def test_only_development_lets_demo_people_off(module: str, lets_off: str) -> None:
    code = "from django.conf import settings; print(settings.DEMO_SIGN_INS)"
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": f"config.settings.{module}",
        "SECRET_KEY": SECRET_KEY,
        "SECOND_FACTOR_KEYS": SECRET_KEY,
        "ALLOWED_HOSTS": "yokefellow.example",
        "DEMO_SIGN_INS": "1",
    }
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout.strip() == lets_off


def test_person_is_told_why(agency: Agency, nobody: User, confirmed: Any, joins: Any) -> None:
    joins(nobody, "administrator")
    page = confirmed(nobody).get(reverse("search", args=["harbor"]), follow=True)
    assert "Your role needs a second factor" in page.content.decode()
