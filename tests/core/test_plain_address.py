"""The sign NUL in an address: a sentence and 400, on pages and in the API, whatever stands behind the address."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from agencies.models import Agency

ADDRESSES = [
    "/a/harbor/units/?q=%00",
    "/a/harbor/units/?q=Riv%00er&kind=x",
    "/a/harbor/units/?%00=q",
    "/a/harbor/search/?q=%00",
    "/a/harbor/people/?q=%00",
    "/a/harbor/outbox/?to=%00",
    "/a/harbor/units/1/roll-out/%00/",
    "/a/%00/",
    "/invitations/%00/",
    "/alliances/%00/",
    "/accounts/login/?next=%00",
    "/%00",
]
API = ["/api/a/harbor/units/?q=%00", "/api/a/harbor/units/1/items/%00/", "/api/a/harbor/partners/?q=%00", "/api/%00"]


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_page_says_so(agency: Agency, alice: User, visit: Any, path: str, method: str) -> None:
    answer = getattr(visit(alice), method)(path)
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()
    assert "content-security-policy" in {name.lower() for name in answer.headers}


@pytest.mark.parametrize("path", API)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_api_says_so_as_an_object(agency: Agency, alice: User, visit: Any, path: str, method: str) -> None:
    answer = getattr(visit(alice), method)(path)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_address")


def test_a_cookie_as_well(agency: Agency, alice: User) -> None:
    browser = Client(headers={"cookie": 'sessionid="a\\000b"'})
    assert browser.get("/a/harbor/units/").status_code == 400


@pytest.mark.parametrize("path", ["/a/harbor/units/?q=%2500", "/a/harbor/units/?q=00", "/api/a/harbor/units/?q=%25"])
def test_what_only_looks_like_it_is_searched(agency: Agency, alice: User, visit: Any, path: str) -> None:
    assert visit(alice).get(path).status_code == 200
