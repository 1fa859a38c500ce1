"""The child's side of `child.py`: limit itself, run the task that stands on standard input, write frames of results."""

import pickle
import resource
import struct
import sys
import traceback
from collections.abc import Callable, Iterable
from typing import BinaryIO

from imports.reading.child import Limits
from imports.reading.findings import FileRefused

_LENGTH = struct.Struct(">Q")


def main() -> None:
    """Read one task, answer with frames of ("item", value), and end with one of done, refused or failed."""
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # nothing that prints by mistake may break the frames
    limits, function, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent
    _limit(limits)
    answer(out, function, arguments)


def answer(out: BinaryIO, function: Callable[..., Iterable[object]], arguments: tuple[object, ...]) -> None:
    """Run the task and write the frames of what it yields and how it ended."""
    try:
        for item in function(*arguments):
            _write(out, "item", item)
        _write(out, "done", None)
    except FileRefused as refusal:
        _write(out, "refused", refusal)
    except MemoryError:
        _write(out, "refused", FileRefused("too_large"))
    except Exception:  # noqa: BLE001 - the parent raises it with this text
        _write(out, "failed", traceback.format_exc())


def _limit(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _write(out: BinaryIO, kind: str, value: object) -> None:
    body = pickle.dumps((kind, value), protocol=pickle.HIGHEST_PROTOCOL)
    out.write(_LENGTH.pack(len(body)) + body)
    out.flush()


if __name__ == "__main__":
    main()
