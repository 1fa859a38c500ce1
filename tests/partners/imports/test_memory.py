"""What a check weighs: the worker, the reader's process and PostgreSQL's together."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportFinding
from imports.operations import check_import, receive_file

pytestmark = pytest.mark.own_process

MIB = 1024 * 1024
WORKER = 120 * MIB
"""What a worker weighs that does nothing; this process, which has run other tests, may weigh more."""


def weight(pid: int) -> int:
    """Bytes of a process, of what it shares with others only its part; 0 when it is gone or is nobody's to read."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))


def children() -> list[int]:
    """The processes that this one has started, once they run a program of their own: until then a child is this very
    process (vfork) and would be weighed twice.
    """
    tasks = Path("/proc/self/task").glob("*/children")
    found = [int(pid) for task in tasks for pid in task.read_text().split()]
    return [pid for pid in found if program(pid) != program(os.getpid())]


def program(pid: int) -> bytes:
    """The command line of a process, nothing of one that is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@contextmanager
def scales(backend: int) -> Iterator[list[int]]:
    """Weigh everything twenty times a second; the list holds the sums, a worker that does nothing included;
    what other tests have started is left out.
    """
    sums: list[int] = []
    done, before, others = threading.Event(), weight(os.getpid()), set(children())

    def weigh() -> None:
        while not done.wait(0.05):
            mine = max(weight(os.getpid()) - before, 0)
            sums.append(WORKER + mine + weight(backend) + sum(map(weight, {*children()} - others)))

    thread = threading.Thread(target=weigh)
    thread.start()
    try:
        yield sums
    finally:
        done.set()
        thread.join()


@pytest.mark.slow
def test_a_file_of_200_000_errors_is_checked_in_bounded_memory(inside: Agency, alice: User) -> None:
    rows = "".join(f"HLM,{n},2026-01-05,7,0100,{n}e3\n" for n in range(200_000))
    content = f"source,gift_id,gift_date,donor_id,designation,amount\n{rows}".encode()
    run = receive_file(agency=inside, actor=alice, name="errors.csv", content=content, check=False)
    del rows, content
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    with scales(backend) as sums:
        checked = check_import(agency=inside, run=run)
    assert checked.outcome["findings"]["errors"] == ImportFinding.objects.filter(import_run=run).count() == 200_000
    assert max(sums) < 512 * MIB
