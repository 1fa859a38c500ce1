"""The world of the guard tests: built once, committed, and emptied when the last of them is through."""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from psycopg2.extensions import cursor as Cursor  # noqa: N812

import config.urls
from tests.factories.rows import provisioner
from tests.factories.world import World, build_world


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Two agencies and two alliances with a row in every table. Tests that use it also need `db`, and never commit."""
    with django_db_blocker.unblock():
        made = build_world()
    yield made
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def cursor() -> Iterator[Cursor]:
    """PostgreSQL's catalog, asked by the database's owner."""
    with provisioner() as made:
        made.execute("SET search_path = public")
        yield made


def leaky(request: HttpRequest, agency: str, pk: int = 0) -> HttpResponse:
    """A page that finds a unit by its id alone, as if nobody had set a scope."""
    with provisioner() as cursor:
        cursor.execute("SELECT name FROM ssu_unit WHERE id = %s", [pk])
        found = cursor.fetchone()
    return HttpResponse(found[0] if found else "none", status=200 if found else 404)


@pytest.fixture
def leaking_site() -> Iterator[None]:
    """A site with one page that asks nobody anything."""
    made = ModuleType("leaking_site")
    made.urlpatterns = [path("a/<slug:agency>/units/<int:pk>/", leaky), *config.urls.urlpatterns]  # type: ignore[attr-defined]
    made.handler404 = config.urls.handler404  # type: ignore[attr-defined]
    sys.modules["leaking_site"] = made
    with override_settings(ROOT_URLCONF="leaking_site"):
        yield
    del sys.modules["leaking_site"]
