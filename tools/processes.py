"""Child processes that never outlive this one, and their stop in order."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tools.terminal import say

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
Argument = str | Path


@dataclass(frozen=True)
class Child:
    """A started process; `stop_with` asks it to end, `grace` is how many seconds it gets for that."""

    name: str
    process: subprocess.Popen[bytes]
    stop_with: signal.Signals
    grace: float

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        if not self.is_alive:
            return
        self.process.send_signal(self.stop_with)
        try:
            self.process.wait(self.grace)
        except subprocess.TimeoutExpired:
            say(f"{self.name} did not stop within {self.grace:g} s and is killed")
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def bound_to(parent: int, orphan_signal: signal.Signals) -> Callable[[], None]:
    """A hook for the new process: the kernel sends it `orphan_signal` when `parent` dies, even by SIGKILL."""

    def bind() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, int(orphan_signal))
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return bind


@dataclass
class Supervisor:
    """Starts children in sessions of their own: a Ctrl-C reaches only this process, which then stops them in order."""

    children: list[Child] = field(default_factory=list)

    def spawn(
        self,
        name: str,
        arguments: Sequence[Argument],
        *,
        stop_with: signal.Signals = signal.SIGTERM,
        orphan_signal: signal.Signals | None = None,
        grace: float = 20,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        log: IO[bytes] | None = None,
    ) -> Child:
        """Start a child; `orphan_signal` (by default `stop_with`) reaches it if this process is killed outright."""
        process = subprocess.Popen(
            [str(argument) for argument in arguments],
            preexec_fn=bound_to(os.getpid(), orphan_signal or stop_with),
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT if log else None,
            env=env,
            cwd=cwd,
        )
        child = Child(name, process, stop_with, grace)
        self.children.append(child)
        return child

    def forget(self, child: Child) -> None:
        self.children.remove(child)

    def wait_for_first_death(self) -> Child:
        """Return the first child that ends by itself. A signal to this process interrupts the wait by an exception."""
        while True:
            for child in self.children:
                if not child.is_alive:
                    return child
            time.sleep(0.3)

    def stop_all(self) -> None:
        """Stop the children, last started first. A second Ctrl-C must not cut this short and leave services behind."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        while self.children:
            self.children.pop().stop()


def exit_on_signals() -> None:
    """Turn the polite ends (TERM, a closed terminal) into SystemExit, so that `finally` blocks stop the services."""

    def leave(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGHUP, leave)


def run_in_foreground(arguments: Sequence[Argument], *, env: Mapping[str, str], cwd: Path) -> int:
    """Run a child that owns the terminal and return its exit code.

    A Ctrl-C reaches it directly, so this process only waits; a TERM that reaches this process alone is handed on.
    """
    child = subprocess.Popen(
        [str(argument) for argument in arguments],
        env=env,
        cwd=cwd,
        preexec_fn=bound_to(os.getpid(), signal.SIGTERM),
    )
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue
        except SystemExit:
            child.terminate()
            child.wait()
            raise
