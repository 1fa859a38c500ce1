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

JOIN_SECONDS = 300.0  # a first ./dev run makes its demo in less
DEVELOPMENT = "config.settings.dev"
SERVICES = ("DATABASE_URL", "REDIS_URL")
ADDRESSES = (*SERVICES, "SITE_URL")
"""What a command that joins takes over, unless its caller says otherwise: the services, and where the pages are."""


@dataclass
class Stack:
    """Running services: the environment that names them, and the supervisor of what was started."""

    state: State
    env: dict[str, str]
    supervisor: Supervisor
    owns_database: bool  # the cluster is ours: it may be provisioned and migrated without asking

    def role(self, name: str) -> dict[str, str]:
        return {**self.env, "DB_ROLE": name}

    def call(self, *arguments: str, role: str | None = None) -> None:
        """Run a Python command to its end; raises CannotStart when it fails."""
        env = self.role(role) if role else self.env
        if subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env).returncode:
            raise CannotStart(f"failed: python {' '.join(arguments)}")

    def name_site(self) -> None:
        """Links that commands and mails name lead to the port of the page, unless SITE_URL or other settings say where.

        By name, not by number: passkeys refuse an IP address.
        """
        if self.env["DJANGO_SETTINGS_MODULE"] == DEVELOPMENT:
            self.env.setdefault("SITE_URL", f"http://localhost:{self.env.get('PORT') or '8000'}")

    def announce(self) -> None:
        """Let commands that share services join: the database is ready for them."""
        unfinished = addresses_file(self.state).with_suffix(".new")
        unfinished.write_text(json.dumps({name: self.env[name] for name in ADDRESSES if name in self.env}))
        unfinished.rename(addresses_file(self.state))

    def provision(self) -> None:
        say("making the database's roles")
        self.call("-m", "config.provision")

    def migrate(self) -> None:
        say("making the tables")
        self.call("manage.py", "migrate", "-v0", role="owner")


@contextmanager
def services(kind: str, *, durable: bool = True) -> Iterator[Stack]:
    """Hold the state `kind` and its services for the length of a `with`; refused while another ./dev holds them."""
    state = State.of(kind)
    lock = take_lock(state, "lock", fcntl.LOCK_EX)
    if lock is None:
        raise CannotStart(f"already running with {state.path}; set STACK_STATE to a folder for a second one")
    with lock, held(state, durable=durable) as stack:
        yield stack


@contextmanager
def shared_services(kind: str) -> Iterator[Stack]:
    """Use the services of a running ./dev of this kind, else hold them until the last command that uses them ended."""
    state = State.of(kind)
    deadline = time.monotonic() + JOIN_SECONDS
    while time.monotonic() < deadline:
        if lock := take_lock(state, "lock", fcntl.LOCK_EX):
            with lock, held(state, durable=True) as stack:
                yield stack
                wait_for_guests(state)
            return
        if guest := take_lock(state, "guests", fcntl.LOCK_SH):
            with guest:
                if joined := join_running(state):
                    yield joined
                    return
        time.sleep(0.2)  # it is starting, or stopping
    raise CannotStart(f"another ./dev has held {state.path} for {JOIN_SECONDS:g} s without being ready")


@contextmanager
def held(state: State, *, durable: bool) -> Iterator[Stack]:
    """The services of a caller that holds the lock."""
    supervisor = Supervisor()
    addresses_file(state).unlink(missing_ok=True)  # a killed run left it
    try:
        yield start(state, supervisor, durable=durable)
    finally:
        addresses_file(state).unlink(missing_ok=True)
        supervisor.stop_all()
        state.remove_sockets()


def wait_for_guests(state: State) -> None:
    """No more guests from here on, and those who came may finish."""
    addresses_file(state).unlink(missing_ok=True)
    with (state.path / "guests").open("w") as guests:
        fcntl.flock(guests, fcntl.LOCK_EX)


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
    return Stack(state, env, supervisor, owns_database)


def defaults(state: State) -> dict[str, str]:
    """What the caller's environment may say otherwise."""
    return {
        "DJANGO_SETTINGS_MODULE": DEVELOPMENT,
        "STORED_FILES": str(state.path / "stored"),
        "KEPT_MAIL": str(state.path / "mail"),
    }


def take_lock(state: State, name: str, kind: int) -> IO[str] | None:
    """A lock of this state, or None while another process holds it. The kernel frees it however that process ends."""
    lock = (state.path / name).open("w")
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    return lock


def join_running(state: State) -> Stack | None:
    """The stack that another ./dev announced; None while there is none."""
    try:
        addresses = json.loads(addresses_file(state).read_text())
    except FileNotFoundError:
        return None
    given = {name: os.environ[name] for name in ADDRESSES if os.environ.get(name)}
    env = {**defaults(state), **os.environ, **addresses, **given}
    return Stack(state, env, Supervisor(), owns_database=False)


def addresses_file(state: State) -> Path:
    return state.path / "services.json"
