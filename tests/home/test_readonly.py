"""The readonly role reads no credential."""

import contextlib
import os
from importlib import import_module

import psycopg2
import pytest
from django.db import connection

from config.provision import connect
from core.roles import role_url

CREDENTIALS = import_module("home.migrations.0002_readonly").CREDENTIALS


def ask(db: None, table: str) -> None:
    url = role_url(os.environ["DATABASE_URL"], "readonly")
    with contextlib.closing(connect(url, connection.settings_dict["NAME"])) as opened, opened.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")


@pytest.mark.parametrize("table", CREDENTIALS)
def test_credentials_are_kept_from_readonly(db: None, table: str) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(db, table)


def test_other_tables_are_not(db: None) -> None:
    ask(db, "ssu_unit")
