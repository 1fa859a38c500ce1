"""Children never outlive the command, and stop in order."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tools.processes import Supervisor, run_in_foreground

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


def test_children_stop_last_started_first():
    supervisor = Supervisor()
    order = []
    for name in ("database", "worker", "web"):
        child = supervisor.spawn(name, SLEEP)
        stop = child.process.wait
        child.process.wait = lambda timeout=None, name=name, stop=stop: order.append(name) or stop(timeout)  # type: ignore[method-assign]
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        supervisor.stop_all()
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
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
