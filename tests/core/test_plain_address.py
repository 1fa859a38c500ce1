"""The sign NUL in an address or in what is sent: a sentence and 400, on pages and in the API, whatever reads it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.plain_text import holds_nul

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


FORMS = [
    ("statement_send", {"key": "a\0b"}),
    ("reconcile_take", {"accept": "1:amount:b\0", "key": "k"}),
    ("go_live_take_back", {"reason": "Too\0late"}),
    ("partners_file", {"kept": "export=csv&q=\0", "key": "\0"}),
]


@pytest.mark.parametrize(("name", "sent"), FORMS)
def test_a_form_as_well_also_where_no_field_reads_it(
    agency: Agency, alice: User, visit: Any, name: str, sent: dict[str, str]
) -> None:
    path = reverse(name, args=["harbor", 1] if name == "statement_send" else ["harbor"])
    answer = visit(alice).post(path, sent)
    assert (answer.status_code, "was not understood" in answer.content.decode()) == (400, True)
    assert visit(alice).post(path, {"a\0": "name"}).status_code == 400


@pytest.mark.parametrize("sent", [{"name": "a\0b"}, {"matches": [{"a\0": 1}]}, ["\0"]])
def test_json_as_well(agency: Agency, alice: User, visit: Any, sent: Any) -> None:
    path = "/api/a/harbor/reconciliation/matches/"
    answer = visit(alice).post(path, sent, "application/json")
    assert (answer.status_code, "NUL" in str(answer.json())) == (400, True)
    key = {"Idempotency-Key": "a\0b"}
    assert visit(alice).post(path, {}, "application/json", headers=key).status_code == 400


def test_what_only_looks_like_it_in_json_is_read(agency: Agency, alice: User, visit: Any) -> None:
    assert holds_nul({"a": ["\\u0000", "%00", 0, None]}) is False
    assert holds_nul({"a": ("b", {"c": "\0"})}) is True
