"""Taking the demo away: only what carries its flag goes, and only the owner can do it."""

import contextlib
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from psycopg2.errors import InsufficientPrivilege

from accounts.models import User
from agencies import scope
from agencies.lookups import agency_by_slug
from agencies.models import Agency
from agencies.operations import create_agency
from config.provision import connect
from core.roles import role_url
from home import demo
from jobs.operations import keep_file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stored(tmp_path: Path, settings: Any) -> Path:
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return tmp_path


def kept_in(agency: Agency) -> str:
    with transaction.atomic(), scope.of_agency(agency.pk):
        return keep_file(name="a", content=b"a").path


def test_the_demo_goes_with_its_files_and_the_others_stay(agency: Agency, alice: User, stored: Path) -> None:
    with transaction.atomic():
        shown = create_agency(actor=alice, slug="shown", name="Shown", is_demo=True)
    files = [stored / kept_in(shown), stored / kept_in(agency)]
    demo.reset()
    assert [agency_by_slug(slug) for slug in ("shown", "harbor")] == [None, agency.pk]
    assert [file.exists() for file in files] == [False, True]


@pytest.mark.parametrize("role", ["web", "worker", "readonly"])
def test_the_roles_of_a_real_installation_may_not(agency: Agency, role: str) -> None:
    opened = connect(role_url(os.environ["DATABASE_URL"], role), connection.settings_dict["NAME"])
    with contextlib.closing(opened), opened.cursor() as cursor, pytest.raises(InsufficientPrivilege):
        cursor.execute("SELECT delete_demo()")


def test_the_command_is_of_development_alone(agency: Agency, settings: Any) -> None:
    settings.DEMO_SIGN_INS = False
    with pytest.raises(CommandError, match="development settings only"):
        call_command("demo", "--reset")


def test_without_the_owners_address_nothing_is_deleted(agency: Agency, monkeypatch: Any) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.delenv("OWNER_DATABASE_URL", raising=False)
    with pytest.raises(SystemExit):
        demo.reset()
