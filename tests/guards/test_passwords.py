"""What gives rights to others asks for the password again (trust rule T13), on pages and in the API, by one rule."""

import inspect
import re
import sys
from typing import Any

import pytest

from agencies.api import GIVING, asks_password
from agencies.rights import GIVING_RIGHTS
from tests.factories.addresses import Address, addresses

GIVES = re.compile(
    r"\b(add_team_member|grant_role|add_member|invite|send_held|resend_invitation|receive_people|correct_service"
    r"|invite_person)\("
)
ASKS = re.compile(r"^@reauthenticated", re.MULTILINE)
WRITES = ("POST", "PUT", "PATCH", "DELETE")


def endpoint(address: Address) -> Any:
    """The class behind an address of the API, else None."""
    return getattr(address.view, "view_class", None) or getattr(address.view, "cls", None)


def asking(address: Address) -> set[str]:
    """The methods of an endpoint before which it asks for the password."""
    found = endpoint(address)
    rights = address.verbs
    methods = [each for each in WRITES if hasattr(found, each.lower())]
    return {each for each in methods if asks_password(found, rights.get(each, rights.get("*", "")), each)}


def giving_modules(only: str) -> dict[str, list[Address]]:
    """The modules of pages (`views`) or endpoints (`api`) that call what gives rights, with their addresses."""
    found: dict[str, list[Address]] = {}
    for address in addresses():
        is_api = address.route.startswith("api/")
        if is_api != (only == "api") or not address.route.startswith(("a/", "alliances/", "api/a/")):
            continue
        module = (endpoint(address) if is_api else inspect.unwrap(address.view)).__module__
        if GIVES.search(inspect.getsource(sys.modules[module])):
            found.setdefault(module, []).append(address)
    return found


def test_pages_that_give_rights_ask_for_the_password() -> None:
    found = giving_modules("views")
    assert {
        "agencies.views.people",
        "agencies.views.invitations",
        "alliances.views.invitations",
        "ssu.views.team",
    } <= set(found)
    assert [module for module in found if not ASKS.search(inspect.getsource(sys.modules[module]))] == []


def test_endpoints_that_give_rights_ask_for_the_password() -> None:
    found = giving_modules("api")
    assert "ssu.api.invitation" in found
    assert [module for module, here in found.items() if not any(asking(each) for each in here)] == []


def test_every_write_under_a_right_that_gives_rights_asks() -> None:
    under = [each for each in addresses() if endpoint(each) and set(each.verbs.values()) & GIVING_RIGHTS]
    silent = {}
    for address in under:
        writes = {each for each in GIVING if hasattr(endpoint(address), each.lower())}
        under_it = {each for each in writes if address.verbs.get(each, address.verbs.get("*")) in GIVING_RIGHTS}
        silent[address.name] = under_it - asking(address)
    assert silent
    assert {name: methods for name, methods in silent.items() if methods} == {}


@pytest.mark.parametrize(
    ("right", "method", "said", "expected"),
    [
        ("people.edit", "POST", (), True),
        ("people.edit", "PATCH", (), True),
        ("people.edit", "GET", (), False),
        ("people.edit", "DELETE", (), False),
        ("units.edit", "POST", (), False),
        ("units.edit", "POST", ("POST",), True),
        ("jobs.view", "GET", ("GET",), True),
    ],
)
def test_the_rule(right: str, method: str, said: tuple[str, ...], expected: bool) -> None:
    view = type("View", (), {"password_first": said} if said else {})
    assert asks_password(view, right, method) is expected
