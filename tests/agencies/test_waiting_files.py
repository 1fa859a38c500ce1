"""A file that waits for the password: the reader comes back to the page and the file starts there, once."""

import re
import time
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from agencies.waiting_files import WAITING
from tests.cast import PASSWORD

LIST = "/a/harbor/partners/?kind=church"
START = re.compile(r'<meta http-equiv="refresh" content="0;url=([^"]+)">')


def started(page: Any) -> list[str]:
    return [unescape(found) for found in START.findall(page.content.decode())]


def typed(browser: Any, asked: Any, password: str) -> Any:
    """The answer to the password page, whose hidden field keeps where the reader wants to go."""
    form = browser.get(asked["Location"]).content.decode()
    (going,) = re.findall(r'name="next"\s+value="([^"]+)"', form)
    return browser.post(asked["Location"].partition("?")[0], {"password": password, "next": unescape(going)})


def test_the_reader_comes_back_to_the_list_and_the_file_starts_there(inside: Agency, alice: User, visit: Any) -> None:
    browser = visit(alice)
    asked = browser.get(f"{LIST}&export=csv")
    assert typed(browser, asked, "wrong").status_code == 200
    answer = typed(browser, asked, PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    page = browser.get(LIST)
    assert started(page) == [f"{LIST}&export=csv"]
    assert "Your file is on its way" in page.content.decode()
    assert browser.get(started(page)[0])["Content-Disposition"].startswith("attachment")
    assert started(browser.get(LIST)) == []  # a reload brings no second file


def test_without_the_password_nothing_starts(inside: Agency, alice: User, visit: Any) -> None:
    browser = visit(alice)
    browser.get(f"{LIST}&export=csv")
    assert started(browser.get(LIST)) == []


def test_the_file_starts_on_its_own_page_only_and_is_forgotten(inside: Agency, alice: User, confirmed: Any) -> None:
    browser = confirmed(alice)
    session = browser.session
    session[WAITING] = {"file": f"{LIST}&export=csv", "page": LIST, "at": time.time() - 601}
    session.save()
    assert started(browser.get("/a/harbor/partners/")) == []
    assert started(browser.get(LIST)) == []
    assert WAITING not in browser.session


@pytest.mark.parametrize(
    ("came_from", "page"),
    [
        ("http://testserver/a/harbor/settings/people/file/?x=1", "/a/harbor/settings/people/file/?x=1"),
        ("http://testserver/accounts/login/", "/a/harbor/settings/people/file/"),
        ("https://elsewhere.example/a/harbor/", "/a/harbor/settings/people/file/"),
        ("", "/a/harbor/settings/people/file/"),
    ],
)
def test_a_file_without_a_list_leads_back_to_where_its_link_stood(
    inside: Agency, alice: User, visit: Any, came_from: str, page: str
) -> None:
    browser = visit(alice)
    asked = browser.get(reverse("people_template", args=["harbor"]), {"export": "csv"}, headers={"referer": came_from})
    assert typed(browser, asked, PASSWORD)["Location"] == page
