"""From an address that takes only a form, a browser comes to the page of the form."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from agencies.models import Agency
from core.form_pages import nearest_page, page_of_form

BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
HERE = "http://testserver"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/a/harbor/outbox/3/decide/", "/a/harbor/outbox/3/"),
        ("/a/harbor/notices/read/", "/a/harbor/notices/"),
        ("/a/harbor/nothing/like/this/", "/a/harbor/"),
        ("/nothing/", "/"),
        ("/", "/"),
    ],
)
def test_the_nearest_page_is_above(path: str, page: str) -> None:
    assert nearest_page(path) == page


@pytest.mark.parametrize(
    ("came_from", "page"),
    [
        (f"{HERE}/a/harbor/units/?q=a", "/a/harbor/units/?q=a"),
        (HERE, "/"),
        (f"{HERE}//elsewhere.example/", "/%2Felsewhere.example/"),
        ("https://elsewhere.example/a/harbor/units/", "/a/harbor/outbox/3/"),
        ("javascript:alert(1)", "/a/harbor/outbox/3/"),
        ("", "/a/harbor/outbox/3/"),
    ],
)
def test_the_form_came_from_a_page_of_this_site(rf: Any, came_from: str, page: str) -> None:
    assert page_of_form(rf.post("/a/harbor/outbox/3/decide/", headers={"referer": came_from})) == page


def test_a_get_of_a_browser_is_led_to_the_nearest_page_whatever_it_came_from(
    agency: Agency, alice: User, visit: Any
) -> None:
    answer = visit(alice).get("/a/harbor/notices/read/", headers={**BROWSER, "referer": f"{HERE}/accounts/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/a/harbor/notices/")
    assert "Accept" in answer["Vary"]


def test_a_program_gets_405_as_before(agency: Agency, alice: User, visit: Any) -> None:
    answer = visit(alice).get("/a/harbor/notices/read/", headers={"accept": "application/json"})
    assert (answer.status_code, answer["Allow"], answer.content) == (405, "POST", b"")
    api = visit(alice).delete("/api/a/harbor/units/", headers=BROWSER | {"accept": "application/json"})
    assert (api.status_code, api["Content-Type"]) == (405, "application/json")


def test_a_form_at_a_page_gets_a_page_with_the_way_back(agency: Agency, alice: User, visit: Any) -> None:
    answer = visit(alice).post("/a/harbor/notices/", headers={**BROWSER, "referer": f"{HERE}/a/harbor/units/"})
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert '<a class="btn" href="/a/harbor/units/">Back to the page</a>' in answer.content.decode()


def test_a_form_that_was_open_too_long_leads_back_to_its_page(agency: Agency, alice: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = browser.post("/a/harbor/notices/read/", headers={**BROWSER, "referer": f"{HERE}/a/harbor/units/"})
    assert answer.status_code == 403
    assert '<a class="btn" href="/a/harbor/units/">Load the page again</a>' in answer.content.decode()
