"""The archive of an agency: every table and column is decided on, all of its own rows are in it, nothing of another
agency, and no secret.
"""

import csv
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from agencies import scope
from agencies.models import Agency
from home.archive.making import write_archive
from home.archive.rows import PEOPLE, columns_of, file_of, tables
from home.archive.tables import COLUMNS, KEPT_BACK, LEFT_OUT
from partners.models import Tag
from tests.factories.rows import provisioner
from tests.factories.world import Chain, World

SECRET = re.compile(r"password|secret|token|nonce|hash|sha256|sign$|session|headers")
NO_SECRETS = {
    "agencies.ApiKey.sign": "the part of a key that is shown in lists",
    "agencies.Look.sha256": "of a file",
    "jobs.StoredFile.sha256": "of a file",
    "imports.ImportRun.sha256": "of a file",
    "partners.OldTotals.sha256": "of a file",
    "reports.StatementFile.sha256": "of a file",
    "ssu.CoachingRecord.session_id": "an hour of coaching",
    "reports.StatementIssue.content_hash": "of a document",
    "delivery.Suppression.address_hash": "keeps letters away from who wants none, also after an erasure",
    "communications.LetterMessage.address_hash": "the same",
}


def undecided(found: list[type[models.Model]]) -> list[str]:
    """Tables and columns that are neither in the archive nor left out with a reason."""
    open_ends = []
    for model in found:
        label = model._meta.label
        if label in LEFT_OUT:
            continue
        if label not in COLUMNS:
            open_ends.append(label)
            continue
        decided = {*COLUMNS[label].split(), *KEPT_BACK.get(label, {}), "agency_id"}
        columns = {field.attname for field in model._meta.concrete_fields}
        open_ends += [f"{label}.{name}" for name in sorted(columns ^ decided) if name != "agency_id"]
    return open_ends


def owned() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if getattr(model, "scope", "") in {"agency", "shared"}]


def test_every_table_and_column_is_decided_on() -> None:
    assert undecided(owned()) == []
    assert {model._meta.label for model in owned()} == set(COLUMNS) | set(LEFT_OUT)
    assert [label for label, why in LEFT_OUT.items() if isinstance(why, str)] == []  # a reason is in the reader's words


def test_a_column_that_nobody_decided_on_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COLUMNS, "partners.Tag", "id name")
    tag: list[type[models.Model]] = [Tag]
    assert undecided(tag) == ["partners.Tag.import_run_id", "partners.Tag.norm", "partners.Tag.retired_at"]
    monkeypatch.delitem(COLUMNS, "partners.Tag")
    assert undecided(tag) == ["partners.Tag"]


def secrets(columns: dict[str, str]) -> list[str]:
    return [f"{label}.{name}" for label, names in columns.items() for name in names.split() if SECRET.search(name)]


def test_no_column_of_the_archive_is_a_secret() -> None:
    assert set(secrets(COLUMNS)) == set(NO_SECRETS)
    assert secrets({"x.X": "id password_hash"}) == ["x.X.password_hash"]
    assert not [name for name in PEOPLE if SECRET.search(name)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def archive_of(world: World, chain: Chain, name: str, folder: Path) -> zipfile.ZipFile:
    with transaction.atomic(), scope.within(chain.scope):
        path = folder / "a.zip"
        write_archive(Agency.objects.get(), world.people[name], path)
    return zipfile.ZipFile(path)


def text_of(zipped: zipfile.ZipFile) -> str:
    return "\n".join(zipped.read(name).decode("utf-8", "replace") for name in zipped.namelist())


@pytest.mark.django_db
def test_nothing_of_another_agency_is_in_the_archive(world: World, folder: Path) -> None:
    with archive_of(world, world.mine, "alice", folder) as zipped:
        text = text_of(zipped)
        assert world.canaries.found_in(text) == set()
        assert len(text) > 10_000
    with archive_of(world, world.foreign, "mallory", folder) as zipped:  # the control: hers would be seen
        assert len(world.canaries.found_in(text_of(zipped))) > 100


@pytest.mark.django_db
def test_all_rows_are_in_it_and_the_manifest_tells_them(world: World, folder: Path) -> None:
    with archive_of(world, world.mine, "alice", folder) as zipped, provisioner() as cursor:
        listed = json.loads(zipped.read("manifest.json"))
        assert zipped.testzip() is None
        told = {each["file"]: each for each in listed["tables"]}
        assert set(zipped.namelist()) == {*told, "README.txt", "manifest.json"} | {
            each["file"] for each in listed["files"] if not each.get("missing")
        }
        for model in tables():
            found = told[f"tables/{file_of(model)}"]
            body = zipped.read(found["file"])
            rows = list(csv.reader(io.StringIO(body.decode(), newline="")))
            assert rows[0] == columns_of(model) == found["columns"]
            assert found["rows"] == len(rows) - 1 == counted(cursor, model, world.mine.scope.agency_id)
            assert found["sha256"] == hashlib.sha256(body).hexdigest()
        readme = zipped.read("README.txt").decode()
        assert [model for model in tables() if file_of(model) not in readme] == []


def counted(cursor: Any, model: type[models.Model], agency: int | None) -> int:
    """How many rows the agency has in a table, asked past all fences."""
    column = "id" if model is Agency else "agency_id"
    cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}" WHERE "{column}" = %s', [agency])
    return int(cursor.fetchone()[0])


@pytest.mark.django_db
def test_what_is_kept_back_stands_nowhere(world: World, folder: Path) -> None:
    with archive_of(world, world.mine, "alice", folder) as zipped, provisioner() as cursor:
        text = text_of(zipped)
        for table, column in (
            ("agencies_invitation", "nonce"),
            ("agencies_apikey", "sha256"),
            ("accounts_user", "password"),
        ):
            cursor.execute(f'SELECT "{column}"::text FROM "{table}"')
            values = [value for (value,) in cursor.fetchall() if value and len(value) > 12]
            assert values
            assert [value for value in values if value in text] == []
