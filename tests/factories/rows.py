"""A row of any model, made from its fields alone: so every table takes part in the guard tests.

Rows are written by the provisioning role, past triggers and row-level security; CHECK and UNIQUE constraints hold.
"""

import contextlib
import itertools
import os
from collections.abc import Callable, Iterator
from datetime import date, time
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import connection, models
from django.utils import timezone
from psycopg2.extensions import cursor as Cursor  # noqa: N812

from agencies.guard import scope_of
from config.provision import connect

SCOPED = ("agency", "alliance", "shared")
_numbers = itertools.count(1)

Ids = dict[type[models.Model], list[int]]
# What the CHECK constraints of a table ask for, where the first choice and the defaults do not give it.
ASKED: dict[str, Callable[[Ids], dict[str, Any]]] = {
    "alliances.Overlap": lambda ids: dict(
        zip(("one", "other"), ids[apps.get_model("alliances", "Member")], strict=False)
    ),
    "communications.LetterMessage": lambda ids: {"outgoing": ids[apps.get_model("delivery", "OutgoingMessage")][0]},
    "reports.StatementPart": lambda ids: {"job": ids[apps.get_model("jobs", "Job")][0]},
}


def scoped_models() -> list[type[models.Model]]:
    """Every model whose rows belong to somebody, the tables of many-to-many keys included."""
    return [model for model in apps.get_models(include_auto_created=True) if scope_of(model) in SCOPED]


@contextlib.contextmanager
def provisioner() -> Iterator[Cursor]:
    """A connection to the test database past triggers and row-level security, each statement its own transaction."""
    server = connect(os.environ["DATABASE_URL"], connection.settings_dict["NAME"])
    with contextlib.closing(server), server.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield cursor


def plain_value(field: models.Field[Any, Any]) -> Any:
    """A value that the column takes. Texts are unique, so that no unique constraint refuses a second row."""
    if field.choices:
        return next(key for key, _label in field.flatchoices if key not in ("", None))
    if isinstance(field, models.CharField | models.TextField):
        size = field.max_length or 40
        return "USD" if size == 3 else f"{next(_numbers)} {field.name}"[:size]
    known: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.BooleanField, False),
        (models.DateTimeField, timezone.now()),
        (models.DateField, date(2024, 1, 15)),
        (models.TimeField, time(12)),
        (models.DecimalField, Decimal(1)),
        (models.UUIDField, uuid4()),
        (models.BinaryField, b"x"),
        (models.JSONField, {}),
        (models.IntegerField, next(_numbers)),
    ]
    return next(value for kind, value in known if isinstance(field, kind))


def value_of(cursor: Cursor, field: models.Field[Any, Any], owner: dict[str, int], ids: Ids) -> Any:
    """What goes into one column: the owner, a row of the same owner, the default, or any plain value."""
    if field.column in owner:
        return owner[field.column]
    if isinstance(field, models.ForeignKey) and not field.null:
        return key_to(cursor, field.related_model, owner, ids)
    if field.has_default():
        return field.get_default()
    if field.null:
        return None
    if isinstance(field, models.CharField | models.TextField) and field.blank:
        return ""
    return plain_value(field)


def key_to(cursor: Cursor, model: type[models.Model], owner: dict[str, int], ids: Ids) -> int:
    """A row of the same owner, made when there is none; of a table without owner, any row."""
    if scope_of(model) in SCOPED:
        if not ids.get(model):
            ids.setdefault(model, []).append(make_row(cursor, model, owner, ids))
        return ids[model][0]
    cursor.execute(f'SELECT id FROM "{model._meta.db_table}" ORDER BY id LIMIT 1')
    found = cursor.fetchone()
    return found[0] if found else make_row(cursor, model, {}, ids)


def make_row(cursor: Cursor, model: type[models.Model], owner: dict[str, int], ids: Ids, **given: Any) -> int:
    """Insert one row of `owner` ({"agency_id": 1} or {"alliance_id": 1}) and return its id."""
    values: dict[str, Any] = {}
    ask = ASKED.get(model._meta.label)
    asked = {**(ask(ids) if ask else {}), **given}
    for field in model._meta.local_concrete_fields:
        if field.generated or (field.primary_key and isinstance(field, models.AutoField)):
            continue
        value = asked[field.name] if field.name in asked else value_of(cursor, field, owner, ids)
        values[field.column] = field.get_db_prep_save(getattr(value, "pk", value), connection)
    columns, marks = ", ".join(f'"{name}"' for name in values), ", ".join(["%s"] * len(values))
    key = model._meta.pk.column
    statement = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks}) RETURNING "{key}"'
    cursor.execute(statement, list(values.values()))
    made: int = cursor.fetchone()[0]
    return made


def newest(cursor: Cursor) -> dict[type[models.Model], int]:
    """The highest id of each scoped table now; what comes later was made by whoever ran in between."""
    highest = {}
    for model in scoped_models():
        cursor.execute(f'SELECT coalesce(max("{model._meta.pk.column}"), 0) FROM "{model._meta.db_table}"')
        highest[model] = cursor.fetchone()[0]
    return highest


def made_since(cursor: Cursor, before: dict[type[models.Model], int]) -> Ids:
    """The ids of the rows of each scoped table made since `newest`."""
    ids: Ids = {}
    for model, last in before.items():
        key, table = model._meta.pk.column, model._meta.db_table
        cursor.execute(f'SELECT "{key}" FROM "{table}" WHERE "{key}" > %s ORDER BY 1', [last])
        ids[model] = [row[0] for row in cursor.fetchall()]
    return ids
