"""Passkeys in a real browser with a virtual authenticator: added, named, used to sign in, removed."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts.models import User
from agencies import operations as people
from agencies import scope
from agencies.models import Agency, Role
from tests.browser.axe import violations
from tests.browser.walking import sign_in
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
Open = Callable[..., Page]


@pytest.fixture
def paula(live_server: Any, agency: Agency, alice: User) -> User:
    """An administrator without a second factor, whose attempts to sign in are counted from here."""
    cache.clear()
    made = User.objects.create_user("paula@example.org", PASSWORD, name="Paula")
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    with transaction.atomic(), scope.of_agency(agency.pk):
        people.add_member(agency=agency, actor=alice, user=made, roles=(Role.ADMINISTRATOR,))
    return made


def with_device(page: Page) -> tuple[Any, str]:
    """Give the browser a device that keeps passkeys, and say yes whenever it asks."""
    client = page.context.new_cdp_session(page)
    client.send("WebAuthn.enable")
    made = client.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return client, str(made["authenticatorId"])


def add_passkey(page: Page, name: str) -> None:
    expect(page).not_to_have_url(re.compile("/login/"))
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Name").fill(name)
    expect(page.get_by_label("Sign in with it alone")).to_be_checked()
    page.get_by_role("button", name="Add passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_passkey_is_the_second_factor_and_signs_in_alone(open_page: Open, agency: Agency, paula: User) -> None:
    page = open_page("/accounts/login/")
    with_device(page)
    sign_in(page, "paula@example.org")
    expect(page).to_have_url(f"{origin(page)}/accounts/2fa/totp/activate/")
    add_passkey(page, "My phone")
    page.goto(f"/a/{agency.slug}/")
    expect(page.get_by_role("navigation").first).to_contain_text("Settings")
    leave(page)
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page).to_have_url(f"{origin(page)}/a/{agency.slug}/")


def test_second_step_takes_the_passkey_after_the_password(open_page: Open, agency: Agency, paula: User) -> None:
    page = open_page("/accounts/login/")
    with_device(page)
    sign_in(page, "paula@example.org")
    add_passkey(page, "My phone")
    leave(page)
    sign_in(page, "paula@example.org")
    expect(page.get_by_role("heading", name="Second step of signing in")).to_be_visible()
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page).to_have_url(f"{origin(page)}/a/{agency.slug}/")


def test_passkey_is_renamed_and_removed(open_page: Open, agency: Agency, paula: User) -> None:
    page = open_page("/accounts/login/", width=390)
    with_device(page)
    sign_in(page, "paula@example.org")
    add_passkey(page, "My phone")
    page.goto("/me/")
    page.get_by_role("link", name="1 passkey").click()
    assert violations(page) == []
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("Name").fill("Old phone")
    page.get_by_role("button", name="Save name").click()
    expect(page.get_by_text("Old phone").first).to_be_visible()
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove passkey").click()
    expect(page.get_by_text("You have none yet.")).to_be_visible()
    assert not Authenticator.objects.filter(user=paula, type=Authenticator.Type.WEBAUTHN).exists()


def test_device_without_a_passkey_is_told_so_and_nothing_happens(open_page: Open, paula: User) -> None:
    page = open_page("/accounts/login/")
    client, device = with_device(page)
    client.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page.get_by_role("alert").filter(has_text="That did not work")).to_be_visible()
    expect(page).to_have_url(f"{origin(page)}/accounts/login/")


def test_without_a_script_there_is_no_dead_button(open_page: Open, paula: User) -> None:
    page = open_page("/accounts/login/", script=False)
    expect(page.get_by_role("button", name="Use a passkey instead")).to_be_hidden()


def leave(page: Page) -> None:
    """Sign out."""
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/")


def origin(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}"
