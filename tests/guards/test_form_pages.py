"""Every address that takes only forms leads a browser to a page: after a reload by address, and after a sign-in."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import resolve

from tests.factories.addresses import Address, addresses
from tests.factories.browser import Browser
from tests.factories.parameters import below, fill_in
from tests.factories.rows import provisioner
from tests.factories.world import Chain, World

pytestmark = pytest.mark.django_db
ACCEPT = "text/html,application/xhtml+xml,*/*;q=0.8"
MOST_STEPS = 4
PEOPLE = ("finn", "alice", "carol")


def forms_only(*spaces: str) -> list[Address]:
    """The addresses of these spaces that take forms and nothing else."""
    chosen = below(*spaces)
    return [address for address in addresses() if chosen(address) and address.methods == ("POST",)]


def spaces(world: World) -> list[tuple[Chain, str, tuple[str, ...]]]:
    """(rows, first word of the address, people who get far in it)."""
    return [(world.mine, "a", ("finn", "alice")), (world.alliance, "alliances", ("alice", "carol"))]


@pytest.fixture
def form_paths(world: World) -> dict[str, str]:
    """Every address of a workspace that takes forms only and answers a plain GET with 405, with somebody who gets that
    far.
    """
    found: dict[str, str] = {}
    with provisioner() as cursor:
        for chain, space, people in spaces(world):
            browsers = [(name, Browser(world, name)) for name in people]
            for path in [fill_in(cursor, address, chain).path for address in forms_only(space)]:
                refused = [name for name, browser in browsers if browser.ask("GET", path).status_code == 405]
                if refused:
                    found[path] = refused[-1]
    return found


def steps(browser: Browser, path: str) -> Iterator[Any]:
    """The answers that a browser gets on its way."""
    for _ in range(MOST_STEPS):
        answer = browser.ask("GET", path)
        yield answer
        if answer.status_code != 302:
            return
        path = answer["Location"]


def test_each_leads_to_a_page(world: World, form_paths: dict[str, str]) -> None:
    """Also that each of them does answer a plain GET with 405."""
    declared = [address.name for address in forms_only("a", "alliances")]
    assert sorted(resolve(path).url_name or "" for path in form_paths) == sorted(declared)
    assert "evidence_note" in declared
    browsers = {name: Browser(world, name) for name in PEOPLE}
    for browser in browsers.values():
        browser.client.defaults["HTTP_ACCEPT"] = ACCEPT
    ends = {path: list(steps(browsers[name], path))[-1] for path, name in form_paths.items()}
    assert {path: end.status_code for path, end in ends.items() if end.status_code != 200} == {}
    assert {path: end["Content-Type"] for path, end in ends.items() if "text/html" not in end["Content-Type"]} == {}
