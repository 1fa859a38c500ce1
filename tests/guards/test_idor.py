"""The matrix of addresses, people, whose ids stand in the address, and methods (trust rule T5, test 2 of the list).

Outsiders get 404 whatever they ask for; another agency's id and an id that does not exist get the same answer; a right
that reaches own units only ends there. Every request is undone.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import override_settings

from agencies.access import space_mark
from agencies.models import Role
from agencies.rights import ALL, RIGHTS
from alliances.access import alliance_mark
from tests.cast import Visitor
from tests.factories.addresses import Address, addresses
from tests.factories.parameters import Filled, below, fill_in, space_of
from tests.factories.rows import Cursor, provisioner
from tests.factories.world import Chain, World

pytestmark = pytest.mark.django_db
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NOWHERE = 987_654_321
ROLES = {"dan": Role.BOARD, "gina": Role.STAFF, "finn": Role.FINANCE, "bob": Role.LEADER}
# Addresses that answer 404 for a reason of their own, also to those who may use them.
# The rows of the world do not let them be asked for in any other way.
NOT_IN_THE_WORLD: dict[str, str] = {}


class Browser:
    """Somebody's browser, whose every request is undone, and whose forms carry the mark of the space in the address."""

    def __init__(self, world: World, name: str = "") -> None:
        self.world, self.user = world, world.people.get(name)
        self.client = Visitor(raise_request_exception=False)
        if self.user:
            self.client.force_login(self.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def ask(self, method: str, path: str) -> Any:
        headers = {"X-Space": self.mark(path)}
        with transaction.atomic():
            answer = self.client.generic(method, path, b"{}", "application/json", headers=headers)
            if method == "POST" and not path.startswith("/api/"):
                form = {"space": headers["X-Space"]}
                answer = super(Visitor, self.client).post(path, form)
            transaction.set_rollback(True)
        return answer

    def mark(self, path: str) -> str:
        """The mark that this person's form would carry."""
        chains = {chain.slug: chain.scope for chain in self.world.chains}
        words = path.removeprefix("/api").split("/")
        scope = chains[words[2]]
        owner = self.user.pk if self.user else 0
        if scope.agency_id is not None:
            return space_mark(scope.agency_id, owner)
        return alliance_mark(scope.alliance_id or 0, owner)


@pytest.fixture
def cursor() -> Iterator[Cursor]:
    with provisioner() as made:
        yield made


def filled(cursor: Cursor, chain: Chain, *spaces: str) -> list[Filled]:
    """Every address of these spaces with the chain's own objects."""
    chosen = below(*spaces)
    return [fill_in(cursor, address, chain) for address in addresses() if chosen(address)]


def chains(world: World) -> list[tuple[Chain, Chain, tuple[str, ...], tuple[str, ...]]]:
    """(own chain, foreign chain, spaces, people of the own one) for agencies and alliances."""
    return [
        (world.mine, world.foreign, ("a", "api"), ("alice",)),
        (world.alliance, world.other_alliance, ("alliances",), ("carol", "alice")),
    ]


def test_outsiders_get_404_everywhere(world: World, cursor: Cursor) -> None:
    wrong = []
    for own, _foreign, spaces, _people in chains(world):
        for name in ("mallory", "nora", "eve"):
            browser = Browser(world, name)
            for each in filled(cursor, own, *spaces):
                for method in METHODS:
                    status = browser.ask(method, each.path).status_code
                    if status not in (404, *refused_to_all(each.address, method)):
                        wrong.append(f"{name} {method} {each.path}: {status}")
    assert wrong == []


def refused_to_all(address: Address, method: str) -> tuple[int, ...]:
    """405 stands for an answer where the view takes no such method from anybody: it was given before anything was looked up."""
    return (405,)


def test_strangers_are_asked_to_sign_in(world: World, cursor: Cursor) -> None:
    wrong, browser = [], Browser(world)
    for own, _foreign, spaces, _people in chains(world):
        for each in filled(cursor, own, *spaces):
            for method in ("GET", "POST"):
                answer = browser.ask(method, each.path)
                if not asks_to_sign_in(each.address, answer):
                    wrong.append(f"{method} {each.path}: {answer.status_code}")
    assert wrong == []


def asks_to_sign_in(address: Address, answer: Any) -> bool:
    if answer.status_code == 405:
        return True
    if space_of(address) == "api":
        return answer.status_code in (401, 403)
    return answer.status_code == 302 and answer["Location"].startswith("/accounts/login/?next=")
