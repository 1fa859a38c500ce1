"""Run a reader in a process of its own that can be killed: limits on memory, processor time and wall time.

The child is a fresh interpreter, so it inherits no connection and no secret of the parent, and works inside a Celery
pool too (whose processes may not fork). It writes frames to its standard output: eight bytes of length, then a pickle
of (kind, value). The parent unpickles only classes of the modules that it was told to trust.
"""

import contextlib
import importlib
import io
import os
import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO, Any

from imports.reading.findings import FileRefused

_ROOT = Path(__file__).resolve().parents[2]
_LENGTH = struct.Struct(">Q")
_MAX_FRAME = 64 * 1024 * 1024
_PLAIN = {("builtins", name) for name in ("list", "dict", "set", "frozenset", "tuple")}
_TRUSTED = ("imports.reading.", "core.money", "datetime", "collections")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one reader may use: bytes of address space, seconds of processor time and of wall time."""

    memory: int = 512 * 1024 * 1024
    cpu_seconds: int = 120
    wall_seconds: float = 300.0


DEFAULT_LIMITS = Limits()


class ReaderFailed(RuntimeError):
    """The reader has a fault of its own: it raised something that is no refusal. Holds its traceback as text."""


def stream_from_child(
    function: Callable[..., Iterable[Any]],
    *arguments: object,
    limits: Limits = DEFAULT_LIMITS,
    trusted: tuple[str, ...] = (),
) -> Iterator[Any]:
    """Yield what the function yields, running it in a child process; it and its arguments must be picklable.

    trusted: prefixes of the modules whose classes may come back. Raises FileRefused as the function does, FileRefused
    too_large when the child passes a limit, and ReaderFailed for any other error in it.
    """
    with _started(function, arguments, limits) as child:
        yield from _results(child, trusted)


@contextlib.contextmanager
def _started(
    function: Callable[..., Any], arguments: tuple[object, ...], limits: Limits
) -> Iterator[subprocess.Popen[bytes]]:
    """A child that has the task; it is ended after the block, or when its wall time is over."""
    child = subprocess.Popen(
        [sys.executable, "-m", "imports.reading.reader_process"],
        cwd=_ROOT,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    alarm = threading.Timer(limits.wall_seconds, child.kill)
    alarm.daemon = True
    alarm.start()
    try:
        _send_task(child, function, arguments, limits)
        yield child
    finally:
        alarm.cancel()
        child.kill()
        child.communicate()


def run_in_child(
    function: Callable[..., Any],
    *arguments: object,
    limits: Limits = DEFAULT_LIMITS,
    trusted: tuple[str, ...] = (),
) -> Any:
    """Return what the function returns, running it in a child process. See `stream_from_child`."""
    (result,) = stream_from_child(_once, function, arguments, limits=limits, trusted=trusted)
    return result


def _once(function: Callable[..., Any], arguments: tuple[object, ...]) -> Iterator[Any]:
    yield function(*arguments)


def _environment() -> dict[str, str]:
    """Return the few variables that an interpreter needs: no database address, no key."""
    names = ("PATH", "LANG", "LC_ALL", "TZ", "HOME", "PYTHONPYCACHEPREFIX")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return kept | {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def _send_task(
    child: subprocess.Popen[bytes], function: Callable[..., Any], arguments: tuple[object, ...], limits: Limits
) -> None:
    """Hand the task over; a child that ended before reading it is seen when its results are read."""
    if child.stdin is not None:
        with contextlib.suppress(BrokenPipeError), child.stdin as pipe:
            pickle.dump((limits, function, arguments), pipe)
        child.stdin = None


def _results(child: subprocess.Popen[bytes], trusted: tuple[str, ...]) -> Iterator[Any]:
    while (frame := _next_frame(child.stdout, trusted)) is not None:
        kind, value = frame
        if kind == "item":
            yield value
        elif kind == "refused":
            raise value
        elif kind == "failed":
            raise ReaderFailed(value)
        else:
            return
    if (code := child.wait()) < 0:
        raise FileRefused("too_large", "Reading this file took too much memory or time. Split it into smaller files.")
    raise ReaderFailed(f"The reader process ended with code {code} and no result.")


def _next_frame(pipe: IO[bytes] | None, trusted: tuple[str, ...]) -> tuple[str, Any] | None:
    """Return the next (kind, value), or None when the child ended without saying so: it was killed."""
    head = pipe.read(_LENGTH.size) if pipe else b""
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = pipe.read(length) if pipe and length <= _MAX_FRAME else b""
    if len(body) < length:
        return None
    frame: tuple[str, Any] = _Trusting(body, trusted).load()
    return frame


class _Trusting(pickle.Unpickler):
    """Loads only classes of trusted modules, so that a child taken over by a file cannot run code in the parent."""

    def __init__(self, body: bytes, trusted: tuple[str, ...]) -> None:
        super().__init__(io.BytesIO(body))
        self._trusted = (*_TRUSTED, *trusted)

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "getattr"):
            return _member
        if (module, name) in _PLAIN:
            return getattr(importlib.import_module(module), name)
        found = getattr(importlib.import_module(module), name, None) if module.startswith(self._trusted) else None
        if not isinstance(found, type) or found.__module__ != module:
            raise ReaderFailed(f"The reader answered with {module}.{name}, which is not trusted.")
        return found


def _member(kind: Any, name: str) -> Any:
    """The member of an enumeration: Python 3.11.0 to 3.11.3 pickle one as `getattr` of its class. Nothing else is read
    from anything in that way.
    """
    if not (isinstance(kind, type) and issubclass(kind, Enum) and name in kind.__members__):
        raise ReaderFailed("The reader answered with a name that no enumeration has, which is not trusted.")
    return kind.__members__[name]
