"""One connection, 1,000 requests in turn for two agencies, with errors between: nothing is left for the other (test 7).

Pooled connections are what makes a scope leak. These requests commit and roll back for real, as in the running product.
"""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

import config.urls
from agencies import scope
from agencies.access import AgencyRequest, member
from agencies.models import Agency, Membership
from agencies.scope import NoScope
from core.errors import Refused
from tests.cast import Visitor

REQUESTS = 1000
SETTINGS = "SELECT current_setting('app.agency_id', true), current_setting('app.alliance_id', true), pg_backend_pid()"


@member(can="home.view")
def whose(request: AgencyRequest) -> HttpResponse:
    """The names that this connection sees, by SQL without any filter."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM agencies_agency")
        seen = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT DISTINCT agency_id FROM agencies_membership")
        return HttpResponse("|".join([*seen, *(str(row[0]) for row in cursor.fetchall())]))


@member(can="home.view")
def breaking(request: AgencyRequest, how: str) -> HttpResponse:
    """Fails in one of the ways in which a request can fail, with the scope set."""
    if how == "python":
        raise ZeroDivisionError
    if how == "sql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
    if how == "refused":
        raise Refused
    if how == "denied":
        raise PermissionDenied
    return HttpResponse("broken", status=503)


def without_scope(request: HttpRequest) -> HttpResponse:
    """Reads scoped data, though nobody said whose."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agencies_membership")
        return HttpResponse(str(cursor.fetchone()[0]))


def leaking(request: HttpRequest, agency: str) -> HttpResponse:
    """What a product would do that sets the scope for the session."""
    from agencies.lookups import agency_by_slug

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.agency_id', %s, false)", [str(agency_by_slug(agency))])
    return HttpResponse()


ERRORS = ("python", "sql", "refused", "denied", "status")


@pytest.fixture
def site() -> Iterator[None]:
    made: Any = ModuleType("connection_site")
    made.urlpatterns = [
        path("a/<slug:agency>/whose/", whose),
        path("a/<slug:agency>/breaking/<str:how>/", breaking),
        path("a/<slug:agency>/leaking/", leaking),
        path("without-scope/", without_scope),
        *config.urls.urlpatterns,
    ]
    for name in ("handler400", "handler403", "handler404", "handler500"):
        setattr(made, name, getattr(config.urls, name))
    sys.modules["connection_site"] = made
    with override_settings(ROOT_URLCONF="connection_site"):
        yield
    del sys.modules["connection_site"]


@pytest.fixture
def visitors(agency: Agency, elsewhere: Agency, alice: Any, mallory: Any) -> list[tuple[Agency, Visitor]]:
    """The two agencies, each with its administrator's browser."""
    made = []
    for place, user in ((agency, alice), (elsewhere, mallory)):
        visitor = Visitor(raise_request_exception=False)
        visitor.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        made.append((place, visitor))
    return made


def left_behind() -> tuple[str, str, int]:
    """What the connection remembers between two requests, and which connection it is."""
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS)
        agency, alliance, pid = cursor.fetchone()
    return agency or "", alliance or "", pid


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_for_the_next_request(visitors: list[tuple[Agency, Visitor]], site: None) -> None:
    connections = set()
    for number in range(REQUESTS):
        place, visitor = visitors[number % 2]
        if number % 3 == 2:
            how = ERRORS[number // 3 % len(ERRORS)]
            assert visitor.get(f"/a/{place.slug}/breaking/{how}/").status_code in (403, 409, 500, 503)
        else:
            seen = visitor.get(f"/a/{place.slug}/whose/").content.decode()
            assert seen == f"{place.name}|{place.pk}"
        agency, alliance, pid = left_behind()
        connections.add(pid)
        assert (agency, alliance, scope.current()) == ("", "", scope.NOBODY)
    assert len(connections) == 1


@pytest.mark.django_db(transaction=True)
def test_a_request_without_scope_is_an_error_not_an_empty_page(visitors: Any, site: None) -> None:
    place, visitor = visitors[0]
    assert visitor.get(f"/a/{place.slug}/whose/").status_code == 200
    assert visitor.get("/without-scope/").status_code == 500
    with pytest.raises(NoScope), transaction.atomic():
        Membership.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_scope_of_the_session_would_be_seen(visitors: Any, site: None) -> None:
    """The control: a view that sets the scope for the session leaves it behind, and `left_behind` tells."""
    place, visitor = visitors[1]
    visitor.get(f"/a/{place.slug}/leaking/")
    assert left_behind()[0] == str(place.pk)
    connection.close()
