"""Starting a real worker, and waiting for what it does."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from core.roles import role_url

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30.0
ONE_FOR_ALL = ("--queues", "long,short", "--concurrency", "2")
"""One worker for both queues, as before there were two."""


def wait_until(what: Callable[[], Any]) -> Any:
    """Ask until the answer is true; fail after half a minute."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        answer = what()
        if answer:
            return answer
        time.sleep(0.05)
    raise AssertionError("It did not happen within half a minute.")


@contextmanager
def process(*arguments: object, env: dict[str, str] | None = None, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A child that ends with the block."""
    with log.open("wb") as written:
        child = subprocess.Popen(
            [str(argument) for argument in arguments], cwd=ROOT, env=env, stdout=written, stderr=subprocess.STDOUT
        )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


@contextmanager
def worker_on(redis_url: str, log: Path, options: Sequence[str] = ONE_FOR_ALL) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker on the test database, as the worker role, that knows the trial kinds. No task may fail."""
    address = role_url(os.environ["DATABASE_URL"], "worker")
    env = {
        **os.environ,
        "DB_ROLE": "worker",
        "WORKER_DATABASE_URL": f"{address.rpartition('/')[0]}/{connection.settings_dict['NAME']}",
        "REDIS_URL": redis_url,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    celery = Path(sys.executable).parent / "celery"
    command = ["-A", "config", "worker", "-l", "info", "-I", "tests.jobs.worker_kinds", *options]
    with process(celery, *command, env=env, log=log) as child:
        wait_until(lambda: b" ready." in log.read_bytes() or child.poll() is not None)
        assert child.poll() is None, log.read_text()
        yield child
        assert b"raised unexpected" not in log.read_bytes(), log.read_text()
