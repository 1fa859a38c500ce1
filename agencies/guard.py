"""The loud half of tenancy: SQL over scoped tables without the scope they need raises, also raw SQL (trust rule T2).

Without it PostgreSQL would answer 0 rows, and a page would say "nothing here" when the truth is "nobody set the
agency".
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings

from agencies.scope import NoScope, current

UNGUARDED_ROLES = frozenset({"owner", "backup", "readonly"})


@cache
def tables(kind: str) -> frozenset[str]:
    """The tables whose model declares this kind of scope."""
    return frozenset(m._meta.db_table for m in apps.get_models(include_auto_created=True) if scope_of(m) == kind)


def scope_of(model: type) -> str:
    """The scope that a model declares: agency, alliance, shared or global. A table made for a many-to-many has its
    owner's.
    """
    made_for = getattr(model, "_meta").auto_created  # noqa: B009
    return getattr(made_for or model, "scope", "")


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """Finds any table of this kind in a statement, quoted or bare."""
    names = "|".join(sorted(map(re.escape, tables(kind)), key=len, reverse=True)) or r"(?!)"
    return re.compile(rf'(?<![\w.])"?({names})"?(?!\w)')


def refuse_unscoped(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """A database `execute_wrapper`: raise NoScope when the statement names a table that the scope in force does not
    cover.
    """
    scope = current()
    if scope.agency_id is None:
        refuse("agency", sql)
    if scope.alliance_id is None:
        refuse("alliance", sql)
    return execute(sql, params, many, context)


def refuse(kind: str, sql: str) -> None:
    """Raise if the statement names a table of this kind."""
    found = pattern(kind).search(str(sql))
    if found:
        raise NoScope(f"The statement reads {found[1]}, which belongs to one {kind}, but none is in scope.")


def watch(sender: Any, connection: Any, **kwargs: Any) -> None:
    """Put the guard on a new connection, once. The roles that own or copy whole databases are not scoped."""
    if settings.DB_ROLE not in UNGUARDED_ROLES and refuse_unscoped not in connection.execute_wrappers:
        connection.execute_wrappers.append(refuse_unscoped)
