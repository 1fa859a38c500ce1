"""A reader in a child process: results come back, every way of going wrong is a clear error, nothing else runs."""

import os
import pickle
import time
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import pytest

from imports.reading import child
from imports.reading.child import Limits, ReaderFailed, run_in_child, stream_from_child
from imports.reading.findings import FileRefused, Finding
from imports.reading.limits import read_limited

pytestmark = pytest.mark.own_process

MIB = 1024 * 1024
FINDING = Finding(1, 2, "amount", "amount", "No amount.")


def test_results_come_back(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abc")
    assert run_in_child(read_limited, tmp_path / "file") == b"abc"
    assert run_in_child(Finding, 1, 2, "amount", "amount", "No amount.") == FINDING
    assert list(stream_from_child(range, 3)) == [0, 1, 2]


def test_a_refusal_is_raised_again(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"abcd")
    with pytest.raises(FileRefused) as caught:
        run_in_child(_read_three_bytes, tmp_path / "file")
    assert caught.value.code == "too_large"


def test_a_fault_of_the_reader_is_not_a_refusal() -> None:
    with pytest.raises(ReaderFailed, match="ZeroDivisionError"):
        run_in_child(divmod, 1, 0)


@pytest.mark.parametrize(
    ("function", "arguments", "limits"),
    [
        (bytearray, (600 * MIB,), Limits(memory=256 * MIB)),
        (time.sleep, (60,), Limits(wall_seconds=1)),
        (pow, (3, 10**8), Limits(cpu_seconds=1)),
    ],
    ids=["memory", "wall time", "processor time"],
)
def test_limits_stop_a_reader(function: Any, arguments: tuple[object, ...], limits: Limits) -> None:
    begun = time.monotonic()
    with pytest.raises(FileRefused) as caught:
        run_in_child(function, *arguments, limits=limits)
    assert (caught.value.code, time.monotonic() - begun < 20) == ("too_large", True)


def test_the_same_work_within_its_limits_is_done() -> None:
    assert len(run_in_child(bytes, 10 * MIB, limits=Limits(memory=256 * MIB))) == 10 * MIB


def test_only_trusted_classes_come_back() -> None:
    with pytest.raises(ReaderFailed, match="not trusted"):
        run_in_child(Path, "/")
    with pytest.raises(ReaderFailed, match="not trusted"):
        child._Trusting(b"cposix\nsystem\n(S'true'\ntR.", ()).load()


class _Color(Enum):
    RED = "red"


class _OldPickle:
    """Comes out of a pickle as `getattr` of these two, as Python 3.11.0 to 3.11.3 write a member of an enumeration."""

    def __init__(self, *of: object) -> None:
        self.of = of

    def __reduce__(self) -> tuple[Any, ...]:
        return getattr, self.of


def test_a_member_of_an_enumeration_comes_back_from_an_early_python() -> None:
    trusted = (__name__,)
    assert child._Trusting(pickle.dumps(_OldPickle(_Color, "RED")), trusted).load() is _Color.RED
    others: tuple[tuple[Any, str], ...] = ((_Color, "mro"), (_Color, "GREEN"), (_OldPickle, "__init__"), ([], "append"))
    for of in others:
        with pytest.raises(ReaderFailed, match="not trusted"):
            child._Trusting(pickle.dumps(_OldPickle(*of)), trusted).load()


def test_the_child_sees_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    assert run_in_child(os.getenv, "DATABASE_URL") is None


def test_leaving_early_ends_the_child() -> None:
    stream: Iterator[int] = stream_from_child(range, 10**9)
    assert next(stream) == 0
    stream.close()  # type: ignore[attr-defined]


def _read_three_bytes(path: Path) -> bytes:
    return read_limited(path, limit=3)
