"""A real Celery worker on the measuring database."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120.0
T = TypeVar("T")


@contextmanager
def working(processes: int) -> Iterator[None]:
    """A worker with so many processes for the length of a `with`."""
    command = [
        sys.executable,
        "-m",
        "celery",
        "--quiet",
        "-A",
        "config",
        "worker",
        "-c",
        str(processes),
        "-l",
        "warning",
    ]
    env = {**os.environ, "DB_ROLE": "worker", "PYTHONWARNINGS": "ignore"}
    child = subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True)
    try:
        yield
    finally:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def wait_until(reached: Callable[[], T], *, each: float = 0.002) -> T:
    """What `reached` answers once it is true. Raises TimeoutError after two minutes."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if answer := reached():
            return answer
        time.sleep(each)
    raise TimeoutError("the worker did not do it")
