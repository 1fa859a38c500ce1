"""Evidence: what may be added, and what its removal does."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from agencies.models import Agency
from jobs.operations.sweep import sweep_files
from jobs.written import undone_with_its_row
from ssu import evidence as registry
from ssu import file_types, operations
from ssu.models import Evidence, ItemEvent, State, Unit
from ssu.operations import evidence, items
from tests.ssu.conftest import claimed, item_of, noted


def packed(*names: str) -> bytes:
    """A zip archive with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


def open_document(kind: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
    return out.getvalue()


def encrypted(content: bytes) -> bytes:
    """The same archive with its first entry marked as encrypted, in its head and in the table of contents."""
    changed, central = bytearray(content), content.index(b"PK\x01\x02")
    changed[6] |= 1
    changed[central + 8] |= 1
    return bytes(changed)


def damaged() -> bytes:
    """An OpenDocument whose line of type cannot be unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    content = bytearray(out.getvalue())
    begin = 30 + len("mimetype")
    content[begin : begin + 8] = b"\xff" * 8
    return bytes(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7 ..."),
        ("a.png", b"\x89PNG\r\n\x1a\n..."),
        ("a.JPG", b"\xff\xd8\xff\xe0..."),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 "),
        ("a.docx", packed("[Content_Types].xml", "word/document.xml")),
        ("a.xlsx", packed("[Content_Types].xml", "xl/workbook.xml")),
        ("a.odt", open_document("text")),
        ("notes.txt", "Grüße aus dem Tal\n".encode()),
        ("list.csv", b"\xef\xbb\xbfname,age\n"),
    ],
)
def test_kinds_of_files_that_may_be_evidence(name: str, content: bytes) -> None:
    assert file_types.name_fits(name, file_types.type_of(content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00"),
        ("a.png", b"<svg onload=alert(1)>"),
        ("a.html", b"<!doctype html><script>"),
        ("a.txt", b"\xef\xbb\xbf <html>"),
        ("a.zip", packed("anything.exe")),
        ("a.docx", packed("word/document.xml")),
        ("a.odt", open_document("formula")),
        ("a.pdf", b"\x89PNG\r\n\x1a\n..."),
        ("a.txt", b"nul\x00byte"),
        ("a.txt", b"\xff\xfe\x00"),
        ("a.docx", b"PK\x03\x04 cut short"),
        ("a.odt", encrypted(open_document("text"))),
        ("a.odt", damaged()),
        ("a", b"%PDF-1.7"),
    ],
)
def test_other_kinds_and_false_names_are_refused(
    inside: Agency, led: SimpleNamespace, bob: User, name: str, content: bytes
) -> None:
    file = SimpleUploadedFile(name, content)
    with pytest.raises(evidence.FileTypeWrong):
        operations.add_file(agency=inside, actor=bob, item=item_of(led.open), file=file)
    assert Evidence.objects.count() == 0


def test_empty_and_too_large_files_are_refused(
    inside: Agency, led: SimpleNamespace, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_types, "MAX_BYTES", 10)
    for content, refusal in ((b"", evidence.FileEmpty), (b"eleven byte", evidence.FileTooLarge)):
        file = SimpleUploadedFile("a.txt", content)
        with pytest.raises(refusal):
            operations.add_file(agency=inside, actor=bob, item=item_of(led.open), file=file)
    file = SimpleUploadedFile("a.txt", b"ten bytes!")
    kept = operations.add_file(agency=inside, actor=bob, item=item_of(led.open), file=file)
    assert (kept.size, kept.content_type, kept.title) == (10, "text/plain", "a.txt")
    assert "a.txt" not in str(kept.file.name)


def test_file_of_evidence_that_is_undone_goes(
    inside: Agency, led: SimpleNamespace, bob: User, tmp_path: Path, settings: Any
) -> None:
    default = {**settings.STORAGES["default"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    place = f"evidence/{inside.pk}"
    with undone_with_its_row(), transaction.atomic():
        kept = operations.add_file(agency=inside, actor=bob, item=item_of(led.open), file=pdf())
    with undone_with_its_row(), transaction.atomic():
        operations.add_file(agency=inside, actor=bob, item=item_of(led.open), file=pdf())
        transaction.set_rollback(True)
    assert [f"{place}/{name}" for name in default_storage.listdir(place)[1]] == [kept.file.name]
    assert sweep_files(now=timezone.now() + timedelta(days=2)) == 0
    assert default_storage.exists(str(kept.file.name))


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", b"%PDF-1.7 ...")


def test_removing_evidence_opens_a_completed_item_and_says_so(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User
) -> None:
    item = claimed(inside, bob, item_of(led.open))
    operations.confirm_item(agency=inside, actor=alice, item=item)
    piece = Evidence.objects.get(item=item)
    opened = operations.remove_evidence(agency=inside, actor=bob, evidence=piece, reason="Wrong village.")
    assert (opened.state, opened.reason) == (State.NOT_STARTED, "Evidence was removed. Wrong village.")
    assert opened.claimed_by is None
    assert opened.confirmed_by is None
    events = ItemEvent.objects.filter(item=item).order_by("pk").values_list("kind", flat=True)
    assert list(events)[-2:] == ["evidence_removed", "reopened"]
    with pytest.raises(evidence.AlreadyRemoved):
        operations.remove_evidence(agency=inside, actor=bob, evidence=piece)


def test_removing_one_of_two_pieces_opens_the_item_in_progress(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    item = noted(inside, bob, item_of(led.open))
    second = operations.add_link(agency=inside, actor=bob, item=item, url="https://example.org/map")
    operations.claim_item(agency=inside, actor=bob, item=item)
    assert operations.remove_evidence(agency=inside, actor=bob, evidence=second).state == State.IN_PROGRESS


def test_removing_evidence_of_an_open_item_only_removes_it(inside: Agency, led: SimpleNamespace, bob: User) -> None:
    item = noted(inside, bob, item_of(led.open))
    operations.remove_evidence(agency=inside, actor=bob, evidence=Evidence.objects.get(item=item))
    assert item_of(led.open).state == State.NOT_STARTED
    assert not ItemEvent.objects.filter(item=item, kind="reopened").exists()


def test_item_that_is_set_aside_takes_no_evidence(inside: Agency, led: SimpleNamespace, bob: User, alice: User) -> None:
    operations.set_not_applicable(agency=inside, actor=alice, item=item_of(led.open), reason="No team.")
    with pytest.raises(evidence.SetAside):
        noted(inside, bob, item_of(led.open))


@pytest.fixture
def things(monkeypatch: pytest.MonkeyPatch) -> dict[int, registry.Thing]:
    """Objects of an app above: what the dictionary holds, the resolver finds."""
    held: dict[int, registry.Thing] = {}

    def offered(unit: Unit) -> list[registry.Thing]:
        return [thing for thing in held.values() if thing.unit_id == unit.pk]

    resolver = registry.Resolver("Budget", offered, lambda ids: {i: held[i] for i in ids if i in held}, keys=("5.2",))
    monkeypatch.setattr(registry, "_resolvers", {"budgets.budget": resolver})
    return held


def test_object_of_the_app_as_evidence(
    inside: Agency, led: SimpleNamespace, bob: User, alice: User, things: dict[int, registry.Thing]
) -> None:
    things[7] = registry.Thing(7, led.open.pk, "2026, version 1", "budgets.view")
    item = item_of(led.open, "5.2")
    piece = operations.add_object(agency=inside, actor=bob, item=item, kind="budgets.budget", object_id=7)
    assert piece.title == "Budget: 2026, version 1"
    with pytest.raises(evidence.AlreadyAttached):
        operations.add_object(agency=inside, actor=bob, item=item, kind="budgets.budget", object_id=7)
    operations.claim_item(agency=inside, actor=bob, item=item)
    things[7] = registry.Thing(7, led.open.pk, "2026, version 1", "budgets.view", trouble="It was superseded.")
    with pytest.raises(items.EvidenceUnsound, match=r"It was superseded\."):
        operations.confirm_item(agency=inside, actor=alice, item=item)
    opened = operations.reopen_resting_on(
        agency=inside, actor=alice, kind="budgets.budget", object_ids=[7], reason="Version 2 was approved."
    )
    assert [(each.key, each.state, each.reason) for each in opened] == [
        ("5.2", State.IN_PROGRESS, "Version 2 was approved.")
    ]


@pytest.mark.parametrize(("kind", "object_id", "key"), [("x", 7, "5.2"), ("budgets.budget", 8, "5.2")])
def test_unknown_objects_are_refused(
    inside: Agency,
    led: SimpleNamespace,
    bob: User,
    things: dict[int, registry.Thing],
    kind: str,
    object_id: int,
    key: str,
) -> None:
    with pytest.raises(evidence.NotThere):
        operations.add_object(agency=inside, actor=bob, item=item_of(led.open, key), kind=kind, object_id=object_id)


def test_object_of_another_unit_or_for_another_item_is_refused(
    inside: Agency, led: SimpleNamespace, bob: User, things: dict[int, registry.Thing]
) -> None:
    things[7] = registry.Thing(7, led.careful.pk, "2026", "budgets.view")
    things[8] = registry.Thing(8, led.open.pk, "2026", "budgets.view")
    for object_id, key in ((7, "5.2"), (8, "5.1")):
        item = item_of(led.open, key)
        with pytest.raises(evidence.NotThere):
            operations.add_object(agency=inside, actor=bob, item=item, kind="budgets.budget", object_id=object_id)


def test_the_page_of_an_item_leads_to_where_it_is_worked_on(
    inside: Agency, led: SimpleNamespace, bob: User, carol: User, visit: Any
) -> None:
    page = reverse("item", args=[inside.slug, led.open.pk, "4.2"])
    place = reverse("coaching", args=[inside.slug, led.open.pk])
    assert f'href="{place}"' in visit(bob).get(page).content.decode().partition('id="place"')[2]
    assert 'id="place"' not in visit(carol).get(page).content.decode()


@pytest.mark.parametrize(
    ("title", "content_type", "name"),
    [
        ("report.html", "text/plain", "report.html.txt"),
        ("invoice.exe", "application/pdf", "invoice.exe.pdf"),
        ("What the elders said. ", "text/plain", "What the elders said.txt"),
        ("Liste.CSV", "text/plain", "Liste.CSV"),
        ("a.jpeg", "image/jpeg", "a.jpeg"),
        ("a.odt", "image/png", "a.odt.png"),
        ("a.exe", "unknown/type", "a.exe.bin"),
    ],
)
def test_a_file_is_called_by_its_title_and_ends_as_its_type(title: str, content_type: str, name: str) -> None:
    assert file_types.name_for(title, content_type) == name


def test_a_title_gives_a_checked_file_no_other_type(
    inside: Agency, led: SimpleNamespace, bob: User, visit: Any
) -> None:
    args = [inside.slug, led.open.pk, "1.1"]
    sent = {"title": "report.html", "file": SimpleUploadedFile("a.txt", b"hello <script>alert(1)</script>")}
    browser = visit(bob)
    assert browser.post(reverse("evidence_upload", args=args), sent).status_code == 302
    answer = browser.get(reverse("evidence_file", args=[*args, Evidence.objects.get().pk]))
    assert answer["Content-Disposition"] == 'attachment; filename="report.html.txt"'
    assert answer["Content-Type"].startswith("text/plain")
    assert answer.getvalue().startswith(b"hello")
