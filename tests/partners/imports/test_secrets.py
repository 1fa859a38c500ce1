"""Sign-in names, passwords and keys inside a TntConnect export are nowhere: not on disk, not in any table, not in the
trail. Whatever is said here of secrets is shown to be found when it is no secret.
"""

import gzip
import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from accounts.models import User
from agencies.guard import scope_of
from agencies.models import Agency
from imports.models import ImportRun, StagedRow
from imports.operations import check_import, receive_file, request_apply
from jobs.testing import run_due
from partners.imports.formats.tnt_secrets import find_secrets, kept_bytes, without
from partners.models import GiftLine
from tests.cast import Visitor
from tests.imports.conftest import SAMPLES, harbor

__all__ = ["harbor"]
EXPORT = SAMPLES / "tnt/database_export.xml"
SECRETS: list[str] = json.loads((SAMPLES / "expected.json").read_text())["files"]["tnt/database_export.xml"][
    "must_not_survive"
]
NO_SECRET = "MonthlySupportGoal"
CONTROL = "Coastal Literacy Program"


def clean(data: bytes) -> bytes:
    return without(data, find_secrets(data))


def on_disk() -> bytes:
    """Every byte of every kept file."""
    return b"".join(path.read_bytes() for path in sorted(Path(default_storage.path("")).rglob("*")) if path.is_file())


def in_database() -> str:
    """Every value of every table with rows of agencies, as text; an import writes no other."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if scope_of(model) in {"agency", "shared"}:
                cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" t')
                found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def assert_nowhere() -> None:
    kept, rows = on_disk(), in_database()
    assert (CONTROL.encode() in kept, CONTROL in rows, NO_SECRET in rows) == (True, True, True)
    assert [secret for secret in SECRETS if secret.encode() in kept or secret in rows] == []


@pytest.mark.parametrize("in_memory", [True, False])
def test_nothing_is_left_of_them_after_an_upload(
    in_memory: bool, harbor: Agency, alice: User, visit: Callable[[User], Visitor], settings: Any
) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 2**20 if in_memory else 0
    file = SimpleUploadedFile(EXPORT.name, EXPORT.read_bytes())
    browser = visit(alice)
    browser.post(reverse("imports", args=["harbor"]), {"file": file, "format_name": "auto"})
    run_due()
    run = ImportRun.objects.get()
    request_apply(agency=harbor, actor=alice, run=run)
    run_due()
    run.refresh_from_db()
    assert (run.state, run.applied["gift_lines"], GiftLine.objects.count()) == ("applied", 86, 86)
    assert StagedRow.objects.filter(section="history").count() == 13
    assert not StagedRow.objects.filter(section="login").exists()
    assert_nowhere()
    page = browser.get(reverse("import", args=["harbor", run.pk])).content.decode()
    assert [secret for secret in SECRETS if secret in page] == []


def test_nothing_is_left_of_them_after_the_command(harbor: Agency, capsys: Any) -> None:
    call_command("import_file", "--agency", harbor.slug, "--apply", "--json", str(EXPORT))
    said = capsys.readouterr().out
    assert '"gift_lines": 86' in said
    assert [secret for secret in SECRETS if secret in said] == []
    assert_nowhere()


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"</Login>\r\n    <LoginProfile>", b"<LoginProfile>"),
        lambda data: data.replace(b"<Database>", b"<!DOCTYPE Database [<!ENTITY x 'y'>]><Database>", 1),
        lambda data: data + b"<more/>",
    ],
    ids=["cut short", "never closed", "document type", "more behind the end"],
)
def test_a_damaged_export_is_refused_and_keeps_no_secret(change: Any, harbor: Agency, alice: User) -> None:
    content = change(EXPORT.read_bytes())
    assert content != EXPORT.read_bytes()
    run = receive_file(agency=harbor, actor=alice, name="x.xml", content=content, check=False)
    checked = check_import(agency=harbor, run=run)
    assert (checked.state, checked.outcome["reason"] in {"not_well_formed", "doctype"}) == ("refused", True)
    kept = on_disk()
    assert [secret for secret in SECRETS if secret.encode() in kept] == []


def packed(data: bytes) -> bytes:
    with BytesIO() as file:
        with ZipFile(file, "w") as archive:  # stored, not deflated: the secrets stand in its bytes
            archive.writestr("export.xml", data)
        return file.getvalue()


UNUSUAL: dict[str, Callable[[bytes], bytes]] = {
    "far down": lambda data: data.replace(b"<Database>", b" " * 5_000 + b"<Database>", 1),
    "behind a long remark": lambda data: data.replace(b"<Database>", b"<!--" + b"x" * 9_000 + b"--><Database>", 1),
    "small letters": lambda data: data.replace(b"<Database>", b"<database>").replace(b"</Database>", b"</database>"),
    "prefix": lambda data: re.sub(rb"<(/?)(\w+)", rb"<\1t:\2", data).replace(
        b"<t:Database>", b"<t:Database xmlns:t='x'>"
    ),
    "inside another": lambda data: data.replace(b"<Database>", b"<Export><Database>") + b"</Export>",
    "another root": lambda data: data.replace(b"Database>", b"Datenbank>"),
    "no tables": lambda data: data.replace(b"Tables>", b"Tabellen>"),
    "rows in capitals": lambda data: data.replace(b"<row ", b"<Row ").replace(b"</row>", b"</Row>"),
    "packed": packed,
    "packed well": gzip.compress,
}


@pytest.mark.parametrize("way", UNUSUAL)
def test_no_secret_is_kept_of_an_export_that_is_written_unusually(way: str, harbor: Agency, alice: User) -> None:
    content = UNUSUAL[way](EXPORT.read_bytes())
    run = receive_file(agency=harbor, actor=alice, name="x.xml", content=content, check=False)
    check_import(agency=harbor, run=run)
    kept = on_disk()
    assert [secret for secret in SECRETS if secret.encode() in kept] == []
    assert content != EXPORT.read_bytes()
    assert run.size <= 16 or not way.startswith("packed")
    assert [secret for secret in SECRETS if secret in in_database()] == []


@pytest.mark.parametrize("way", ["far down", "behind a long remark", "small letters", "prefix", "rows in capitals"])
def test_an_export_that_is_written_unusually_is_read(way: str, harbor: Agency, alice: User) -> None:
    run = receive_file(agency=harbor, actor=alice, name="x.xml", content=UNUSUAL[way](EXPORT.read_bytes()), check=False)
    checked = check_import(agency=harbor, run=run)
    assert (checked.state, checked.outcome["gift_lines"]) == ("checked", 86)


@pytest.mark.parametrize(
    "content",
    [
        (SAMPLES / "bank/camt053_july.xml").read_bytes(),
        b"<OFX><SIGNONMSGSRSV1><SONRS><USERKEY>1</SONRS></SIGNONMSGSRSV1></OFX>",
        b"<?xml version='1.0'?><?OFX VERSION='211'?><!-- x --><OFX><AUTHTOKEN>1</AUTHTOKEN></OFX>",
        b"<!DOCTYPE html><html><p>Please log in</html>",
        b"\n" * 5_000 + b"Date,Amount\n2026-01-01,5\n",
        b" " * 5_000,
        b"",
    ],
    ids=["camt", "ofx 1", "ofx 2", "page", "blank lines first", "blank", "empty"],
)
def test_what_is_no_such_export_stays_byte_for_byte(content: bytes) -> None:
    assert kept_bytes(content, find_secrets) == content


def test_wherever_an_export_is_cut_no_secret_stays() -> None:
    data = EXPORT.read_bytes()
    first = min(data.index(secret.encode()) for secret in SECRETS)
    last = max(data.index(secret.encode()) for secret in SECRETS) + 40
    for end in range(first - 200, last + 200, 37):
        kept = clean(data[:end])
        assert [secret for secret in SECRETS if secret.encode() in kept] == [], end


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "windows-1251"])
def test_secrets_go_in_any_encoding(encoding: str) -> None:
    data = EXPORT.read_bytes().decode("utf-8-sig").replace("good talk", "good \x01&#x2; talk")
    kept = clean(data.encode(encoding, "replace"))
    wide = "utf-16-le" if encoding == "utf-16" else encoding
    assert [secret for secret in SECRETS if secret.encode(wide) in kept] == []
    assert (NO_SECRET.encode(wide) in kept, "c2d7f55555".encode(wide) in kept) == (True, True)


def test_all_else_stays_byte_for_byte() -> None:
    data = EXPORT.read_bytes()
    spans, end, typed = find_secrets(data)
    assert (end, typed) == (len(data), False)
    assert len(clean(data)) == len(data) - sum(stop - begin for begin, stop in spans)
    assert clean(data.replace(b"FAKE-token-zzyx-1", b"")) == clean(data)


def test_fields_that_are_named_like_secrets_go_everywhere() -> None:
    export = (
        b"<Database><Tables><Organization><row id='1'><Code>HLM</Code><QueryPassword>hunter2</QueryPassword></row>"
        b"</Organization><Property><row id='2'><PropValue>sk_live_1</PropValue><PropName>Unknown</PropName></row>"
        b"<row id='3'><PropName>Columns</PropName><PropValue>12</PropValue></row></Property></Tables></Database>"
    )
    kept = clean(export)
    assert [word in kept for word in (b"HLM", b"hunter2", b"sk_live_1", b"<PropValue>12<")] == [
        True,
        False,
        False,
        True,
    ]
