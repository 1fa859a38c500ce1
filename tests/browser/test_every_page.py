"""Every page that the resolver knows, opened with real objects by somebody who may see it.

A new page is in here by itself, and a page that this world has nothing for is a fault.
"""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import lxml.html
import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import RequestFactory
from playwright.sync_api import Page

from tests.browser.dresses import faults, overflowing, still_page, too_wide
from tests.cast import Visitor
from tests.factories.addresses import Address, addresses
from tests.factories.parameters import fill_in, space_of
from tests.factories.rows import provisioner
from tests.factories.world import World, build_world

MOST_BYTES = 100_000
# What GET answers without a page of its own.
NO_PAGE = {405: "takes forms only", 302: "leads on", 301: "leads on"}
SHOWN = "not(ancestor-or-self::*[@hidden])"
SENDS = f"*[(self::button[not(@type='button')] or self::input[@type='submit']) and {SHOWN}]"


@dataclass(frozen=True)
class Group:
    """Pages opened together: those of these apps, each by the first of these people of the world who gets a page."""

    name: str
    apps: tuple[str, ...]
    people: tuple[str, ...] = ("alice",)

    def has(self, address: Address) -> bool:
        return (address.view.__module__.partition(".")[0] in self.apps) and space_of(address) in SPACES


SPACES = ("a", "alliances", "me", "accounts")
GROUPS = [
    Group("units", ("ssu", "home")),
    Group("partners", ("partners",)),
    Group("funds and imports", ("funds", "imports")),
    Group("letters and reports", ("budgets", "communications", "reports", "transition", "handover")),
    Group("workspace", ("agencies", "jobs", "delivery", "accounts", "allauth")),
    Group("alliance", ("alliances",), ("carol", "alice")),
]


@pytest.fixture
def world(live_server: Any) -> World:
    """Two agencies and two alliances with a row in every table, committed so that the server sees them."""
    made = build_world()
    RecoveryCodes.activate(made.people["alice"])
    return made


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
            if not group.has(address):
                continue
            chain = world.alliance if space_of(address) == "alliances" else world.mine
            if not address.parameters():
                yield address, address.path({})
            elif space_of(address) in ("a", "alliances"):
                yield address, fill_in(cursor, address, chain).path


def pages(world: World, group: Group) -> tuple[dict[str, list[str]], list[str]]:
    """The addresses that answer with a page, by person; and what is wrong with answers that are none."""
    clients = {name: signed_in(world, name) for name in group.people}
    found: dict[str, list[str]] = {name: [] for name in clients}
    wrong = []
    for address, path in paths(world, group):
        answers = {name: answer_to(client, path) for name, client in clients.items()}
        reader = next((name for name, answer in answers.items() if answer.is_page), "")
        if reader:
            found[reader].append(path)
            wrong += [f"{path}, without JavaScript: {fault}" for fault in without_script(answers[reader].content)]
            wrong += [f"{path}: {answers[reader].size} bytes"] if answers[reader].size > MOST_BYTES else []
        elif not any(answer.status in NO_PAGE or answer.status == 200 for answer in answers.values()):
            wrong.append(f"{address.name} {path}: {[answer.status for answer in answers.values()]}")
    return found, wrong


@dataclass(frozen=True)
class Answer:
    """What a GET brought; its size is as it goes over the line."""

    status: int
    kind: str
    content: bytes

    @property
    def size(self) -> int:
        return len(gzip.compress(self.content))

    @property
    def is_page(self) -> bool:
        return self.status == 200 and "html" in self.kind


def answer_to(client: Visitor, path: str) -> Answer:
    answer = client.get(path)
    content = answer.getvalue()
    answer.close()
    return Answer(answer.status_code, answer.headers.get("Content-Type", ""), content)


def opened(world: World, found: dict[str, list[str]], open_page: Callable[..., Page], **how: Any) -> Iterator[Page]:
    """One browser per person, gone from page to page."""
    for name, paths_of in found.items():
        page = still_page(open_page, signed_in(world, name).cookies["sessionid"].value, **how)
        for path in paths_of:
            page.goto(path)
            yield page


def without_script(answer: bytes) -> list[str]:
    """What is wrong with this page where nothing runs: what it says is in the answer, not hidden until a script shows
    it, and each form has a button.
    """
    page: Any = lxml.html.fromstring(answer)
    hidden = [] if page.xpath(f"//h1[{SHOWN}]") else ["no main heading"]
    unsendable = [form for form in page.xpath(f"//form[@method='post'][{SHOWN}]") if not buttons_of(page, form)]
    return hidden + [f"a form that nobody can send: {lxml.html.tostring(form)[:120]!r}" for form in unsendable]


def buttons_of(page: Any, form: Any) -> list[Any]:
    """What sends a form, inside it or naming it, and not hidden."""
    found = form.xpath(f".//{SENDS}")
    return found or (page.xpath(f"//{SENDS}[@form=$name]", name=form.get("id")) if form.get("id") else [])


def test_every_app_with_pages_is_in_a_group() -> None:
    apps = {address.view.__module__.partition(".")[0] for address in addresses() if space_of(address) in SPACES}
    assert apps - {app for group in GROUPS for app in group.apps} == set()


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_every_page_in_every_dress(world: World, open_page: Callable[..., Page], group: Group) -> None:
    """Also what it says where no script runs."""
    found, wrong = pages(world, group)
    seen: set[str] = set()
    for page in opened(world, found, open_page):
        wrong += faults(page, seen)
    assert min(len(paths) for paths in found.values()) > 0
    assert "\n".join(wrong) == ""


def test_a_page_that_is_too_wide_would_be_found(open_page: Callable[..., Page]) -> None:
    page = open_page("/accounts/login/", width=390)
    assert too_wide(page) == []
    page.evaluate("document.querySelector('main').append('wide'.repeat(200))")
    assert too_wide(page) != []


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("<h1>Gifts</h1><form method=post><button>Save</button></form>", 0),
        ("<h1>Gifts</h1><form method=post id=f></form><button form=f>Save</button>", 0),
        ("<h1>Gifts</h1><form><input></form>", 0),
        ("<h1>Gifts</h1><form method=post hidden><button>Save</button></form>", 0),
        ("<h1 hidden>Gifts</h1>", 1),
        ("<div hidden><h1>Gifts</h1></div><form method=post><button type=button>Save</button></form>", 2),
        ("<h1>Gifts</h1><form method=post><button hidden>Save</button></form>", 1),
    ],
)
def test_a_page_that_needs_a_script_would_be_found(page: str, wrong: int) -> None:
    assert len(without_script(f"<html><body>{page}</body></html>".encode())) == wrong


def test_a_cell_that_runs_over_would_be_found(open_page: Callable[..., Page]) -> None:
    page = open_page("/accounts/login/", width=390)
    page.evaluate("""document.querySelector("main").insertAdjacentHTML("beforeend",
        '<table class="list list-cards"><tr><td data-label="Name">short</td></tr></table>')""")
    assert overflowing(page) == []
    page.evaluate("document.querySelector('.list-cards td').append('wide'.repeat(40))")
    assert overflowing(page) == []  # it breaks where it must
    page.evaluate("document.querySelector('.list-cards td').style.whiteSpace = 'nowrap'")
    assert overflowing(page) != []
