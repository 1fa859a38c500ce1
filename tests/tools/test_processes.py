"""Children never outlive the command, and stop in order."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.processes import Child, Supervisor, run_in_foreground

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
PARENT = """
import sys, time
from tools.processes import Supervisor
child = Supervisor().spawn("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"])
print(child.process.pid, flush=True)
time.sleep(60)
"""
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"


def is_running(pid: int) -> bool:
    """Whether a process lives; one that ended but was not waited for yet does not count."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def gone_within(seconds: float, pid: int) -> bool:
    deadline = time.monotonic() + seconds
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_running(pid)


def test_kill_9_of_the_supervisor_takes_its_child_along():
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        child = int(parent.stdout.readline())
    assert is_running(child)
    parent.kill()
    parent.wait()
    assert gone_within(5, child)


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of children in the order in which they are stopped."""
    names: list[str] = []
    stop = Child.stop

    def stop_and_tell(child: Child) -> None:
        names.append(child.name)
        stop(child)

    monkeypatch.setattr(Child, "stop", stop_and_tell)
    return names


@pytest.fixture
def keeps_handlers() -> Iterator[None]:
    """Stopping takes the signals away from the process, which is this one here."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


def test_children_stop_last_started_first(order, keeps_handlers):
    supervisor = Supervisor()
    for name in ("database", "worker", "web"):
        supervisor.spawn(name, SLEEP)
    supervisor.stop_all()
    assert order == ["web", "worker", "database"]


def test_a_child_that_ignores_the_polite_signal_is_killed(tmp_path, capsys):
    with (tmp_path / "log").open("wb") as log:
        child = Supervisor().spawn("mule", [sys.executable, "-c", STUBBORN], grace=0.2, log=log)
    while not (tmp_path / "log").read_bytes():
        time.sleep(0.02)
    child.stop()
    assert child.process.returncode == -signal.SIGKILL
    assert "mule did not stop within 0.2 s" in capsys.readouterr().err


def test_the_first_death_is_named():
    supervisor = Supervisor()
    lasting = supervisor.spawn("lasting", SLEEP)
    supervisor.spawn("short", [sys.executable, "-c", "raise SystemExit(3)"])
    dead = supervisor.wait_for_first_death()
    lasting.stop()
    assert (dead.name, dead.process.returncode) == ("short", 3)


def test_the_exit_code_of_a_foreground_command_is_handed_on(tmp_path):
    assert run_in_foreground([sys.executable, "-c", "raise SystemExit(7)"], env=dict(os.environ), cwd=tmp_path) == 7
