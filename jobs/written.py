"""A file is written before the row that names it is committed. When that never happens, the file goes too: at once
where the end of the transaction is seen, else by the nightly sweep (`jobs.operations.sweep`).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db import Error, connection, transaction

from agencies.scope import within
from jobs.keepers import scope_of, without_row

logger = logging.getLogger(__name__)


@dataclass
class Written:
    """A file, the connection (the driver's) that was open then, and whether the transaction in which it was written has
    been committed.
    """

    path: str
    link: Any
    committed: bool = False

    def settle(self) -> None:
        self.committed = True

    def is_in_doubt(self) -> bool:
        """Whether the connection broke meanwhile: then the commit may have come through, or still be on its way (to a
        standby, say), and a row that is not seen now may be seen later.
        """
        return self.link is not connection.connection


_frame: ContextVar[list[Written] | None] = ContextVar("written", default=None)


def note_written(path: str) -> None:
    """Note a file that is about to be written. Outside a frame nobody looks, and the sweep is left."""
    frame = _frame.get()
    if frame is not None:
        written = Written(path, connection.connection)
        frame.append(written)
        if connection.in_atomic_block and not connection.needs_rollback:
            transaction.on_commit(written.settle, robust=True)


@contextmanager
def undone_with_its_row() -> Iterator[None]:
    """Around a transaction: a file written inside whose row is not there afterwards is deleted.

    Each is asked for, so a commit that was answered by an error loses nothing; where the connection broke, the sweep
    asks, a day later. Inside another frame, what has its row by now is handed on: the outer transaction may still be
    undone.
    """
    outer = _frame.get()
    written: list[Written] = []
    mark = _frame.set(written)
    try:
        yield
    finally:
        _frame.reset(mark)
        kept = keep_those_with_row([each for each in written if not each.committed])
        if outer is not None:
            outer.extend(kept)


def keep_those_with_row(open_ends: list[Written]) -> list[Written]:
    """Delete the files without a row; the others come back, with those in doubt or that cannot be asked for now."""
    kept = []
    for each in open_ends:
        try:
            if each.is_in_doubt() or has_row(each.path):
                kept.append(each)
            else:
                default_storage.delete(each.path)
        except (Error, OSError) as error:
            kept.append(each)
            logger.warning("A file may be left without a row; the sweep will look: %s", error)
    return kept


def has_row(path: str) -> bool:
    """Whether a row names this file, also one of the transaction that is open. A file that nobody answers for counts
    as named.
    """
    scope = scope_of(path)
    if scope is None:
        return True
    with transaction.atomic(), within(scope):
        return not without_row([path])
