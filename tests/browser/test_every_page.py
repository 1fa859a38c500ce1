"""Every page that the resolver knows, opened with real objects by somebody who may see it.

A new page is in here by itself; a page that this world cannot show has to be named with the reason.
"""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.test import RequestFactory
from playwright.sync_api import Page

from tests.browser.axe import color_violations, violations
from tests.cast import Visitor
from tests.factories.addresses import Address, addresses
from tests.factories.parameters import fill_in, space_of
from tests.factories.rows import provisioner
from tests.factories.world import World, build_world

MOST_BYTES = 100_000
# What GET answers without a page of its own.
NO_PAGE = {405: "takes forms only", 302: "leads on", 301: "leads on"}
# Pages that this world has no object for, by name, and where they are opened instead.
ELSEWHERE = {
    "letter_proof": "a form's answer",
}
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
UNSENDABLE = """[...document.forms]
    .filter(form => form.method === "post" && !form.querySelector("button:not([type=button]), input[type=submit]"))
    .map(form => form.outerHTML.slice(0, 120))"""


@dataclass(frozen=True)
class Group:
    """Pages opened together: those of these apps, as this person of the world."""

    name: str
    apps: tuple[str, ...]
    person: str

    def has(self, address: Address) -> bool:
        return (address.view.__module__.partition(".")[0] in self.apps) and space_of(address) in SPACES


SPACES = ("a", "alliances", "me", "accounts")
GROUPS = [
    Group("units", ("ssu", "home"), "alice"),
    Group("giving", ("partners", "funds", "imports"), "alice"),
    Group("letters and reports", ("budgets", "communications", "reports"), "alice"),
    Group("workspace", ("agencies", "jobs", "delivery", "accounts", "allauth"), "alice"),
    Group("alliance, backbone", ("alliances",), "carol"),
    Group("alliance, member", ("alliances",), "alice"),
]


@pytest.fixture
def world(live_server: Any) -> World:
    """Two agencies and two alliances with a row in every table, committed so that the server sees them."""
    return build_world()


def signed_in(world: World, name: str) -> Visitor:
    """A client of this person, whose password was typed just now."""
    client = Visitor()
    client.user = world.people[name]
    client.force_login(client.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    request = RequestFactory().get("/")
    request.session = client.session
    request.user = client.user
    record_authentication(request, client.user, method="password", email=client.user.email)
    request.session.save()
    return client


def paths(world: World, group: Group) -> Iterator[tuple[Address, str]]:
    """Every address of the group with the world's own objects."""
    with provisioner() as cursor:
        for address in addresses():
            if not group.has(address) or address.name in ELSEWHERE:
                continue
            chain = world.alliance if space_of(address) == "alliances" else world.mine
            if not address.parameters():
                yield address, address.path({})
            elif space_of(address) in ("a", "alliances"):
                yield address, fill_in(cursor, address, chain).path


def pages(world: World, group: Group, client: Visitor) -> tuple[list[str], list[str]]:
    """The addresses that answer with a page, and what is wrong with answers that are none."""
    found, wrong = [], []
    for address, path in paths(world, group):
        answer = client.get(path)
        content = answer.getvalue()
        answer.close()
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code == 200 and "html" in kind:
            found.append(path)
            size = len(gzip.compress(content))
            wrong += [f"{path}: {size} bytes"] if size > MOST_BYTES else []
        elif answer.status_code == 403 and group.name == "alliance, member":
            continue  # what only the backbone may do; it is opened by the backbone
        elif answer.status_code not in NO_PAGE and not (answer.status_code == 200 and kind):
            wrong.append(f"{address.name} {path}: {answer.status_code}")
    return found, wrong


def dressed(page: Page) -> Iterator[tuple[str, list[str]]]:
    """What is wrong with the page in front of us, in each of its dresses; it is loaded once."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    yield "light", violations(page)
    page.emulate_media(color_scheme="dark")
    yield "dark", color_violations(page)
    page.emulate_media(color_scheme="light")
    page.evaluate("document.documentElement.dir = 'rtl'")
    yield "right to left", color_violations(page)
    page.set_viewport_size({"width": 390, "height": 844})
    yield "phone, right to left", too_wide(page)
    page.evaluate("document.documentElement.dir = 'ltr'")
    yield "phone", too_wide(page) + violations(page)


def too_wide(page: Page) -> list[str]:
    """Whether one has to scroll to the side."""
    return [] if page.evaluate(FITS) else [f"{page.evaluate('document.documentElement.scrollWidth')} px wide"]


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_every_page_in_every_dress(world: World, open_page: Callable[..., Page], group: Group) -> None:
    client = signed_in(world, group.person)
    found, wrong = pages(world, group, client)
    assert wrong == []
    assert len(found) > 4
    page = open_page("/me/", session=client.cookies["sessionid"].value)
    for path in found:
        page.goto(path)
        if page.get_by_role("heading", level=1).count() != 1:
            wrong.append(f"{path}: not one main heading")
        wrong += [f"{path}, {dress}: {fault}" for dress, faults in dressed(page) for fault in faults]
    assert wrong == []


@pytest.mark.parametrize("person", ["alice", "carol"])
def test_every_page_works_without_javascript(world: World, open_page: Callable[..., Page], person: str) -> None:
    client = signed_in(world, person)
    page = open_page("/me/", session=client.cookies["sessionid"].value, script=False)
    wrong = []
    for group in (group for group in GROUPS if group.person == person):
        for path in pages(world, group, client)[0]:
            page.goto(path)
            if not page.get_by_role("heading", level=1).is_visible():
                wrong.append(f"{path}: no main heading")
            wrong += [f"{path}: a form that nobody can send: {form}" for form in page.evaluate(UNSENDABLE)]
    assert wrong == []


def test_a_page_that_is_too_wide_would_be_found(open_page: Callable[..., Page]) -> None:
    page = open_page("/accounts/login/", width=390)
    assert too_wide(page) == []
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<pre>' + 'wide '.repeat(200) + '</pre>')"
    )
    assert too_wide(page) != []
