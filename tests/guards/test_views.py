"""Every address says who may use it (trust rule T5, test 1 of the list): a view that says nothing fails here.

`core.access.Declaration` is on the view, or `right` on the class of the API. What cannot say it is listed with why.
"""

from types import ModuleType
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework.views import APIView

from agencies.access import member
from agencies.api import MayUse
from agencies.rights import RIGHTS
from alliances.rights import RIGHTS as ALLIANCE_RIGHTS
from core.access import Declaration, declare, public
from tests.factories.addresses import Address, addresses

# Code of others, that cannot carry our declaration: the beginning of the route, and why it is safe.
OF_OTHERS = {
    "accounts/": "allauth: sign-in, password, second factor and sessions of the person who asks; no scoped data",
}
# Views of ours that everybody reaches; each new one is named here on purpose.
OPEN_TO_ALL = {
    "": "the front door tells what this is and leads to the sign-in",
    "healthz": "the process lives; asks nothing of the database",
    "readyz": "database and migrations answer; no data",
    "invitations/<str:token>/": "a signed, single-use link to join",
    "alliance-invitations/<str:token>/": "a signed, single-use link to a seat in an alliance",
    "p/unsubscribe/<str:token>/": "a signed link; the person has no sign-in",
    "p/preferences/<str:token>/": "a signed link; the person has no sign-in",
    "p/<slug:agency>/<int:unit_id>/": "a page that the agency opened to everybody; nothing where it did not",
    "p/statements/<str:token>/": "a signed link, good for two weeks; the person has no sign-in",
    "p/preferences/confirm/<str:token>/": "a signed link, good for a week and once; the person has no sign-in",
}
KINDS = {"public", "signed_in", "token", "member", "alliance", "api"}
WITHIN = {"a/<slug:agency>/": "member", "alliances/<slug:alliance>/": "alliance", "api/a/<slug:agency>/": "api"}
METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}


def faults_of(address: Address, open_to_all: dict[str, str]) -> list[str]:
    """What is wrong with one address's declaration."""
    if address.route.startswith(tuple(OF_OTHERS)):
        return []
    access = address.access
    if not isinstance(access, Declaration):
        return [f"{address}: declares nothing"]
    faults = [] if access.kind in KINDS else [f"{address}: unknown kind {access.kind}"]
    space = next((kind for start, kind in WITHIN.items() if address.route.startswith(start)), None)
    if space and access.kind != space:
        faults.append(f"{address}: stands in a workspace but is {access.kind}")
    if not space and access.kind in WITHIN.values():
        faults.append(f"{address}: is {access.kind} outside of every workspace")
    if access.kind in ("public", "token") and address.route not in open_to_all:
        faults.append(f"{address}: is open to all and not on the list")
    return faults + faults_of_verbs(address, access.kind) + faults_of_endpoint(address)


def faults_of_verbs(address: Address, kind: str) -> list[str]:
    """Every right is one of the table, every method has one."""
    if kind not in WITHIN.values():
        return []
    known = ALLIANCE_RIGHTS if kind == "alliance" else RIGHTS
    faults = [f"{address}: unknown right {right}" for right in address.verbs.values() if right not in known]
    unsaid = methods(address) - set(address.verbs) - {"HEAD", "OPTIONS"} if "*" not in address.verbs else set()
    return faults + [f"{address}: {method} names no right" for method in sorted(unsaid)]


def methods(address: Address) -> set[str]:
    """The methods that a class of the API answers."""
    endpoint = getattr(address.view, "view_class", None) or getattr(address.view, "cls", None)
    actions = getattr(address.view, "actions", None)
    named = actions if actions else [name.lower() for name in METHODS if hasattr(endpoint, name.lower())]
    return {name.upper() for name in named} & METHODS


def faults_of_endpoint(address: Address) -> list[str]:
    """An endpoint keeps the API's door, and opens no other."""
    endpoint = getattr(address.view, "view_class", None) or getattr(address.view, "cls", None)
    if endpoint is None or not issubclass(endpoint, APIView):
        return []
    return [] if endpoint.permission_classes == [MayUse] else [f"{address}: has another door than MayUse"]


def faults(found: list[Address], open_to_all: dict[str, str]) -> list[str]:
    return [fault for address in found for fault in faults_of(address, open_to_all)]


def test_every_address_declares_who_may_use_it() -> None:
    assert faults(addresses(), OPEN_TO_ALL) == []


def test_the_lists_of_exceptions_name_what_exists() -> None:
    routes = [address.route for address in addresses()]
    assert [route for route in OPEN_TO_ALL if route not in routes] == []
    assert [start for start in OF_OTHERS if not any(route.startswith(start) for route in routes)] == []


def test_the_walk_sees_every_space() -> None:
    routes = [address.route for address in addresses()]
    assert [start for start in WITHIN if sum(route.startswith(start) for route in routes) == 0] == []


def silent(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class Endpoint(APIView):
    """An endpoint that says nothing."""

    def get(self, request: Any, agency: str) -> HttpResponse:
        return HttpResponse()

    post = get


class ReadOnly(Endpoint):
    right = {"GET": "units.view"}


class Ajar(Endpoint):
    right = "units.view"
    permission_classes = []


def site(route: str, view: Any) -> Any:
    """A urlconf with one view."""
    made = ModuleType("one_view")
    made.urlpatterns = [path("", include([path(route, view)]))]  # type: ignore[attr-defined]
    return made


@pytest.mark.parametrize(
    ("route", "view", "fault"),
    [
        ("me/secret/", silent, "declares nothing"),
        ("a/<slug:agency>/x/", silent, "declares nothing"),
        ("a/<slug:agency>/x/", public(lambda request: None), "stands in a workspace but is public"),
        ("a/<slug:agency>/x/", declare(lambda request: None, "member", "units.fly"), "unknown right units.fly"),
        ("alliances/<slug:alliance>/x/", member(can="units.view")(silent), "stands in a workspace but is member"),
        ("x/", member(can="units.view")(silent), "is member outside of every workspace"),
        ("p/new/", public(lambda request: None), "is open to all and not on the list"),
        ("me/x/", declare(lambda request: None, "everybody"), "unknown kind everybody"),
        ("api/a/<slug:agency>/x/", Endpoint.as_view(), "declares nothing"),
        ("api/a/<slug:agency>/x/", ReadOnly.as_view(), "POST names no right"),
        ("api/a/<slug:agency>/x/", Ajar.as_view(), "has another door than MayUse"),
    ],
)
def test_a_view_that_says_too_little_is_found(route: str, view: Any, fault: str) -> None:
    found = faults(addresses(site(route, view)), {})
    assert [line.rpartition(": ")[2] for line in found if line.endswith(fault)] == [fault]


def test_a_view_that_says_enough_passes() -> None:
    assert faults(addresses(site("a/<slug:agency>/x/", member(can="units.view")(silent))), {}) == []
