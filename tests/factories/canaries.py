"""Canaries: every text of the other side's rows becomes a token that stands nowhere else, so a leak names itself."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg2
from django.db import models
from psycopg2.extensions import cursor as Cursor  # noqa: N812
from pypdf import PdfReader

from accounts.models import User
from tests.factories.rows import Ids

TOKEN = re.compile(r"zqz\d{5}q", re.IGNORECASE)
SHORTEST = len("Zqz00000q")
# What the program reads as its own words: another value would break pages, not tell anything.
WORDS_OF_THE_PROGRAM = {"slug", "time_zone", "locale", "language", "sha256"}


@dataclass
class Canaries:
    """Which token stands in which column of which row; `refused` are the columns whose constraints take no token in any
    row, such as the reason of what was not withdrawn.
    """

    places: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)

    def token(self, place: str) -> str:
        made = f"Zqz{len(self.places):05d}q"
        self.places[made.lower()] = place
        return made

    def found_in(self, text: str) -> set[str]:
        """Where the tokens in this text come from."""
        return {self.places[token.lower()] for token in TOKEN.findall(text) if token.lower() in self.places}


def takes_a_token(column: models.Field[Any, Any]) -> bool:
    """Free text: no choices, long enough, not made by the database, not a word of the program."""
    if column.generated or column.choices or column.name in WORDS_OF_THE_PROGRAM:
        return False
    if isinstance(column, models.JSONField):
        return True
    text = isinstance(column, models.CharField | models.TextField | models.FileField)
    return text and (column.max_length or SHORTEST) >= SHORTEST


def with_token(column: models.Field[Any, Any], value: Any, token: str) -> Any:
    """The value that the column gets."""
    if isinstance(column, models.JSONField):
        return json.dumps(in_leaves(value, token))
    if isinstance(column, models.EmailField):
        return f"{token}@example.org".lower()
    if isinstance(column, models.URLField):
        return f"https://example.org/{token}"
    return token


def in_leaves(value: Any, token: str) -> Any:
    """The same structure with the token for each text; an empty object gets one entry."""
    if isinstance(value, dict):
        return {key: in_leaves(each, token) for key, each in value.items()} or {"canary": token}
    if isinstance(value, list):
        return [in_leaves(each, token) for each in value]
    return token if isinstance(value, str) else value


def plant(cursor: Cursor, ids: Ids, canaries: Canaries) -> None:
    """Put a token of its own into every free text of these rows."""
    for model, keys in ids.items():
        columns = [column for column in model._meta.local_concrete_fields if takes_a_token(column)]
        for key in keys:
            for column in columns:
                plant_one(cursor, model, key, column, canaries)
    canaries.refused -= canaries.taken


def plant_one(
    cursor: Cursor, model: type[models.Model], key: int, column: models.Field[Any, Any], canaries: Canaries
) -> None:
    table, place = model._meta.db_table, f"{model._meta.label}.{column.name}"
    cursor.execute(f'SELECT "{column.column}" FROM "{table}" WHERE "{model._meta.pk.column}" = %s', [key])
    value = with_token(column, cursor.fetchone()[0], canaries.token(place))
    try:
        cursor.execute(
            f'UPDATE "{table}" SET "{column.column}" = %s WHERE "{model._meta.pk.column}" = %s', [value, key]
        )
        canaries.taken.add(place)
    except psycopg2.errors.CheckViolation:
        canaries.refused.add(place)


def plant_people(cursor: Cursor, people: list[User], canaries: Canaries) -> None:
    """People who belong only to the other side: their names and addresses."""
    for user in people:
        name, email = canaries.token("a person's name"), canaries.token("a person's address")
        cursor.execute(
            "UPDATE accounts_user SET name = %s, email = %s WHERE id = %s",
            [name, f"{email}@example.org".lower(), user.pk],
        )


def texts_of(answer: Any) -> Iterator[str]:
    """All that an answer says: its headers, its body, and what is packed inside of a spreadsheet or a PDF."""
    yield "\n".join(f"{name}: {value}" for name, value in answer.items())
    body: bytes = answer.getvalue()
    yield body.decode(errors="replace")
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for name in packed.namelist():
                yield name
                yield packed.read(name).decode(errors="replace")
    if body.startswith(b"%PDF"):
        document = PdfReader(io.BytesIO(body))
        yield str(document.metadata)
        yield from (page.extract_text() for page in document.pages)
