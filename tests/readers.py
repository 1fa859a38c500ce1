"""Readers of files run in this process: three new interpreters per import took a third of a second.

What goes in and what comes back is pickled as for a child, and only trusted classes come back. A test marked
`own_process` runs the real child: those of the child itself, of its limits, and one that reads every sample. What goes
through the real worker does too.
"""

import io
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from imports.reading import child
from imports.reading.reader_process import answer


@contextmanager
def here(
    function: Callable[..., Any], arguments: tuple[object, ...], limits: child.Limits
) -> Iterator[SimpleNamespace]:
    """What a child would have written, as `child._started` gives it."""
    _, task, said = pickle.loads(pickle.dumps((limits, function, arguments)))
    frames = io.BytesIO()
    answer(frames, task, said)
    frames.seek(0)
    yield SimpleNamespace(stdout=frames, wait=lambda: 0)


@pytest.fixture(autouse=True)
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process, unless the test is marked `own_process`."""
    if request.node.get_closest_marker("own_process") is None:
        monkeypatch.setattr(child, "_started", here)
