"""Whose data the running code may touch. Set once per request or task, in the transaction, for Python and PostgreSQL
alike.

PostgreSQL hears of it by `set_config(…, is_local => true)`, so it ends with the transaction and cannot leak to the
next request on the same connection (trust rules T1, T2, T2b).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import connection


class NoScope(RuntimeError):
    """Scoped data was asked for while nobody had said whose. Always a mistake in the program, never of the user."""


@dataclass(frozen=True)
class Scope:
    """An agency, or an alliance with the member that acts in it (none for the backbone), or neither. `through` is the
    key of the program that acts, by its name: the trail says so.
    """

    agency_id: int | None = None
    alliance_id: int | None = None
    member_id: int | None = None
    through: str = ""


NOBODY = Scope()
_current: ContextVar[Scope] = ContextVar("scope", default=NOBODY)
SET = (
    "SELECT set_config('app.agency_id', %s, true), set_config('app.alliance_id', %s, true), "
    "set_config('app.member_id', %s, true)"
)


def current() -> Scope:
    """The scope in force."""
    return _current.get()


def current_agency_id() -> int:
    """The agency in scope; raises NoScope when there is none."""
    agency_id = _current.get().agency_id
    if agency_id is None:
        raise NoScope("No agency is in scope.")
    return agency_id


def enter(scope: Scope) -> None:
    """Set the scope until the surrounding transaction, or the surrounding `within`, ends. Needs a transaction."""
    if not connection.in_atomic_block:
        raise NoScope("A scope can be set only inside a transaction.")
    _current.set(scope)
    values = (scope.agency_id, scope.alliance_id, scope.member_id)
    with connection.cursor() as cursor:
        cursor.execute(SET, ["" if value is None else str(value) for value in values])


@contextmanager
def within(scope: Scope) -> Iterator[None]:
    """Run a block in another scope and come back to the one before, also after an error that the caller survives."""
    before = _current.get()
    enter(scope)
    try:
        yield
    finally:
        _current.set(before)
        if connection.in_atomic_block and not connection.needs_rollback and connection.connection is not None:
            restore(before)


def restore(scope: Scope) -> None:
    """Tell PostgreSQL the former scope again, unless the transaction is beyond hearing (it ends with the setting
    anyway).
    """
    from psycopg2.extensions import TRANSACTION_STATUS_INERROR

    if connection.connection.info.transaction_status != TRANSACTION_STATUS_INERROR:
        enter(scope)


@contextmanager
def fresh() -> Iterator[None]:
    """Begin with nobody in scope and forget whatever the block set: the frame around a request or a task."""
    mark = _current.set(NOBODY)
    try:
        yield
    finally:
        _current.reset(mark)


@contextmanager
def of_agency(agency_id: int) -> Iterator[None]:
    """Run a block in the scope of one agency."""
    with within(Scope(agency_id=agency_id)):
        yield
