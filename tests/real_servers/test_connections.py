"""What only servers of one's own show: passwords over TCP, Debian's versions, a broker that is no socket.

`.ci/run` starts PostgreSQL and Redis from Debian's packages for these.
"""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.db import connection

from config.provision import connect, provision, run
from core.roles import ROLES, role_name, role_url
from tests.real_servers.commands import ROOT, manage

WORKER_SECONDS = 30.0
pytestmark = pytest.mark.services


def test_the_servers_are_reached_over_tcp_with_a_password():
    address = urlsplit(os.environ["DATABASE_URL"])
    assert address.port is not None
    assert address.password
    assert urlsplit(os.environ["REDIS_URL"]).scheme == "redis"


@pytest.mark.django_db
def test_the_tests_run_as_the_web_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (role_name("web"),)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_signs_in_with_its_derived_password_only(role):
    address = role_url(os.environ["DATABASE_URL"], role)
    with contextlib.closing(connect(address)) as made, made.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('is_superuser')")
        assert cursor.fetchone() == (role_name(role), "off")
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        connect(address.replace(str(urlsplit(address).password), "guessed"))


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a provisioned database without tables."""
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    name = f"test_yokefellow_empty_{os.getpid()}"
    provision(f"{server}/{name}")
    yield f"{server}/{name}"
    with contextlib.closing(connect(os.environ["DATABASE_URL"], "postgres")) as made:
        run(made, "DROP DATABASE {} WITH (FORCE)", name)


@pytest.mark.django_db
def test_a_backup_made_with_passwords_restores_on_this_version(empty_database, tmp_path):
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    here = f"{server}/{connection.settings_dict['NAME']}"
    made = manage(here, "backup", tmp_path / "backups", STORED_FILES=str(tmp_path / "stored"))
    assert "all the same" in manage(empty_database, "restore", made, STORED_FILES=str(tmp_path / "restored"))


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker on the given broker."""
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "1", "-l", "warning"]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.dev", "DB_ROLE": "worker"}
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    yield process
    process.terminate()
    process.wait(30)


def test_a_worker_answers_through_the_broker(worker):
    from config.celery import app

    deadline = time.monotonic() + WORKER_SECONDS
    answers: list[dict[str, dict[str, str]]] = []
    while not answers and worker.poll() is None and time.monotonic() < deadline:
        answers = app.control.ping(timeout=1) or []
    assert [list(answer.values()) for answer in answers] == [[{"ok": "pong"}]]
