"""The test database is created, migrated and flushed as the owner; every test runs as the web role (trust rule T4).

Migrating once makes a template named after the hash of all migrations; each test process gets a copy of it.
"""

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg2.extensions import connection as connection_type

from agencies import scope
from config.provision import ask, connect, provision, run
from core.roles import role_name, role_url

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ("*/migrations/*.py", "*/*sql.py", "*/policies.py", "*/protect.py", "*/lookups.py")
LENT = ("due_work(integer)", "agency_ids()", "figures_after_import(bigint)", "take_back_stages(bigint)")


def fingerprint() -> str:
    """The hash of everything that shapes the schema, functions and policies included."""
    found = hashlib.sha256()
    written = [path for name in SCHEMA for path in ROOT.glob(name)]
    for path in sorted([*written, ROOT / "config/provision.py"]):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def point_to(name: str, role: str) -> None:
    """Let Django's connection use this database as this role."""
    from environ import Env

    connection.close()
    found = Env.db_url_config(role_url(os.environ["DATABASE_URL"], role))
    connection.settings_dict.update(NAME=name, USER=found["USER"], PASSWORD=found["PASSWORD"])
    settings.DB_ROLE = role
    settings.DATABASES["default"]["NAME"] = name


def make_template(url: str) -> str:
    """The migrated template database; made under a lock when the schema is new, and the former ones dropped."""
    name = f"test_yokefellow_{fingerprint()}"
    lock_name = f"yokefellow-template-{hashlib.sha256(url.encode()).hexdigest()[:12]}.lock"
    with open(Path(tempfile.gettempdir()) / lock_name, "w") as lock:  # noqa: PTH123
        fcntl.flock(lock, fcntl.LOCK_EX)
        server = connect(url, "postgres")
        with contextlib.closing(server):
            if ask(server, "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate", name):
                return name
            drop_former_templates(server)
        provision(url, name)
        point_to(name, "owner")
        call_command("migrate", verbosity=0)
        connection.close()
        server = connect(url, "postgres")
        with contextlib.closing(server):
            run(server, "ALTER DATABASE {} IS_TEMPLATE true", name)
    return name


def drop_former_templates(server: connection_type) -> None:
    """Templates of schemas that are no more, and what a killed run left of this one."""
    with server.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_yokefellow\\_%' AND datistemplate")
        names = [row[0] for row in cursor.fetchall()]
    for name in [*names, f"test_yokefellow_{fingerprint()}"]:
        if name in names:
            run(server, "ALTER DATABASE {} IS_TEMPLATE false", name)
        run(server, "DROP DATABASE IF EXISTS {}", name)


def lend_to_web(url: str, name: str) -> None:
    """Tests do the worker's work in their own process and connection, so the web role borrows the worker's look-ups."""
    inside = connect(url, name)
    with contextlib.closing(inside):
        for function in LENT:
            run(inside, f"GRANT EXECUTE ON FUNCTION {function} TO {{}}", role_name("web"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """A copy of the template for this process, dropped at the end."""
    url = os.environ["DATABASE_URL"]
    name = f"test_yokefellow_{worker_id}_{os.getpid()}"
    with django_db_blocker.unblock():
        template = make_template(url)
        server = connect(url, "postgres")
        with contextlib.closing(server):
            run(server, "CREATE DATABASE {} TEMPLATE {} OWNER {}", name, template, role_name("owner"))
        lend_to_web(url, name)
        point_to(name, "web")
    yield
    with django_db_blocker.unblock():
        connection.close()
        server = connect(url, "postgres")
        with contextlib.closing(server):
            run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@pytest.fixture(scope="session")
def worker_id(request: pytest.FixtureRequest) -> str:
    """The process of a parallel run, or `main`."""
    return getattr(request.config, "workerinput", {}).get("workerid", "main")


# TRUNCATE makes new files for each of 150 tables and their indexes. A test has written into a few of them.
EMPTY = """
DO $$
DECLARE
  name text;
  filled boolean;
BEGIN
  FOREACH name IN ARRAY %s LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %%I)', name) INTO filled;
    IF filled THEN
      EXECUTE format(CASE WHEN pg_relation_size(name::regclass) > %s THEN 'TRUNCATE %%I CASCADE'
                     ELSE 'DELETE FROM %%I' END, name);
    END IF;
  END LOOP;
END $$
"""
LARGE = 1_000_000  # bytes
AS_MIGRATED = {"django_content_type", "auth_permission"}


def empty_as_provisioner(self: DatabaseOperations, style: object, tables: list[str], **_options: object) -> list[str]:
    """What empties these tables after a test that committed: past the triggers that keep the ledger append-only, as no
    application role may. The rows that migrations write for Django stay.
    """
    return [name for name in tables if name not in AS_MIGRATED]


def flush_as_provisioner(self: DatabaseOperations, tables: list[str]) -> None:
    server = connect(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    with contextlib.closing(server), server.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(EMPTY, [tables, LARGE])


DatabaseOperations.sql_flush = empty_as_provisioner  # type: ignore[method-assign,assignment]
DatabaseOperations.execute_sql_flush = flush_as_provisioner  # type: ignore[method-assign,assignment]


@pytest.fixture(autouse=True)
def nobody_in_scope() -> Iterator[None]:
    """No test begins with the scope that another left behind."""
    with scope.fresh():
        yield
