"""The world of the guard tests: built once, committed, and emptied when the last of them is through."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command

from tests.factories.world import World, build_world


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Two agencies and two alliances with a row in every table. Tests that use it also need `db`, and never commit."""
    with django_db_blocker.unblock():
        made = build_world()
    yield made
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)
