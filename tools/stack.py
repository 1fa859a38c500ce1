"""The services of one checkout: those given by DATABASE_URL and REDIS_URL are used, the others started and stopped."""

import fcntl
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tools import postgres, valkey
from tools.places import ROOT, State
from tools.processes import Supervisor
from tools.terminal import CannotStart, say

ADDRESSES = ("DATABASE_URL", "REDIS_URL")


@dataclass
class Stack:
    """Running services: the environment that names them, and the supervisor of what was started."""

    state: State
    env: dict[str, str]
    supervisor: Supervisor
    owns_database: bool  # the cluster is ours: it may be provisioned and migrated without asking
    joined: bool = False  # another ./dev started the services and will stop them

    def role(self, name: str) -> dict[str, str]:
        return {**self.env, "DB_ROLE": name}

    def call(self, *arguments: str, role: str | None = None) -> None:
        """Run a Python command to its end; raises CannotStart when it fails."""
        env = self.role(role) if role else self.env
        if subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env).returncode:
            raise CannotStart(f"failed: python {' '.join(arguments)}")

    def provision(self) -> None:
        self.call("-m", "config.provision")

    def migrate(self) -> None:
        self.call("manage.py", "migrate", "-v0", role="owner")


@contextmanager
def services(kind: str, *, durable: bool = True, join: bool = False) -> Iterator[Stack]:
    """Hold the state `kind` and its services for the length of a `with`.

    `join` uses the services of a running ./dev of the same kind; without it that is refused.
    """
    state = State.of(kind)
    lock = take_lock(state)
    if lock is None:
        if not join:
            raise CannotStart(f"already running with {state.path}; set STACK_STATE to a folder for a second one")
        yield join_running(state)
        return
    supervisor = Supervisor()
    try:
        yield start(state, supervisor, durable=durable)
    finally:
        supervisor.stop_all()
        state.remove_sockets()
        addresses_file(state).unlink(missing_ok=True)
        lock.close()


def start(state: State, supervisor: Supervisor, *, durable: bool) -> Stack:
    begun = time.monotonic()
    state.make_sockets()
    env = {**defaults(state), **os.environ}
    owns_database = not env.get("DATABASE_URL")
    if owns_database:
        env["DATABASE_URL"] = postgres.start(supervisor, state, durable=durable)
    if not env.get("REDIS_URL"):
        env["REDIS_URL"] = valkey.start(supervisor, state)
    if supervisor.children:
        names = " and ".join(child.name for child in supervisor.children)
        say(f"{names} up in {time.monotonic() - begun:.1f} s")
    addresses_file(state).write_text(json.dumps({name: env[name] for name in ADDRESSES}))
    return Stack(state, env, supervisor, owns_database)


def defaults(state: State) -> dict[str, str]:
    """What the caller's environment may say otherwise."""
    return {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "STORED_FILES": str(state.path / "stored")}


def take_lock(state: State) -> IO[str] | None:
    """The lock of this state, or None while another process holds it. The kernel frees it however that process ends."""
    lock = (state.path / "lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock


def join_running(state: State) -> Stack:
    try:
        addresses = json.loads(addresses_file(state).read_text())
    except FileNotFoundError:
        raise CannotStart("another ./dev is just starting; try again in a moment") from None
    given = {name: os.environ[name] for name in ADDRESSES if os.environ.get(name)}
    env = {**defaults(state), **os.environ, **addresses, **given}
    return Stack(state, env, Supervisor(), owns_database=False, joined=True)


def addresses_file(state: State) -> Path:
    return state.path / "services.json"
