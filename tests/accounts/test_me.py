"""One's own page."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User


@pytest.mark.parametrize("theme", ["light", "dark", "system"])
def test_theme_is_in_the_first_byte_of_the_next_page(alice: User, visit: Any, theme: str) -> None:
    browser = visit(alice)
    assert browser.post(reverse("me"), {"name": "Alice B.", "theme": theme}).status_code == 302
    page = browser.get(reverse("me")).content.decode()
    assert f'data-theme="{theme}"' in page
    alice.refresh_from_db()
    assert (alice.name, alice.theme) == ("Alice B.", theme)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"theme": "pink"}, {"name": "x" * 121}])
def test_wrong_profile_is_refused_and_changes_nothing(alice: User, visit: Any, wrong: dict[str, str]) -> None:
    answer = visit(alice).post(reverse("me"), {"name": "Alice", "theme": "dark", **wrong})
    assert answer.status_code == 422
    alice.refresh_from_db()
    assert (alice.name, alice.theme) == ("Alice", "system")


def test_page_leads_to_password_factor_mail_and_sessions(alice: User, visit: Any) -> None:
    page = visit(alice).get(reverse("me")).content.decode()
    for name in ("account_email", "account_change_password", "mfa_index", "usersessions_list", "spaces"):
        assert f'href="{reverse(name)}"' in page


def test_nobody_changes_another_person(alice: User, bob: User, visit: Any) -> None:
    visit(bob).post(reverse("me"), {"name": "Bob", "theme": "dark", "pk": alice.pk, "email": "evil@example.org"})
    bob.refresh_from_db()
    alice.refresh_from_db()
    assert (bob.email, alice.theme) == ("bob@example.org", "system")


@pytest.mark.parametrize("name", ["me", "spaces"])
def test_signed_out_visitor_signs_in_and_comes_back(client: Any, db: None, name: str) -> None:
    answer = client.get(reverse(name))
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={reverse(name)}")
