"""The files of an archive: originals of imports, expenses, evidence, logos and issued statements, never what a job made
for one person.
"""

import mimetypes
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils.text import get_valid_filename

from agencies.models import Look
from jobs.models import StoredFile
from reports.models import StatementFile
from ssu.models import Evidence


@dataclass(frozen=True)
class ArchivedFile:
    """A file: its name in the archive, where it lies, and the table and the number of its row."""

    name: str
    path: str
    table: str
    row: int


def stored_files() -> Any:
    """The files that belong to the agency: uploads, and statements that were issued."""
    issued = StatementFile.objects.values("stored")
    return StoredFile.objects.named().filter(Q(job=None) | Q(pk__in=issued)).order_by("pk")


def evidence_files() -> Any:
    """The evidence that is a file."""
    return Evidence.objects.exclude(file="").order_by("pk")


def logos() -> Any:
    """The looks with a logo."""
    return Look.objects.exclude(logo="").order_by("pk")


def count() -> int:
    """How many files there are."""
    return int(stored_files().count() + evidence_files().count() + logos().count())


def archived_files() -> Generator[ArchivedFile]:
    """All of them."""
    for each in stored_files().iterator():
        name = f"files/stored/{each.pk}-{safe(each.name)}"
        yield ArchivedFile(name, each.path, "jobs_stored_file.csv", each.pk)
    for each in evidence_files().iterator():
        yield ArchivedFile(
            f"files/evidence/{each.pk}{ending(each.content_type)}", each.file.name, "ssu_evidence.csv", each.pk
        )
    for each in logos().iterator():
        name = f"files/logos/{each.pk}{ending(each.content_type)}"
        yield ArchivedFile(name, each.logo.name, "agencies_look.csv", each.pk)


def safe(name: str) -> str:
    """A name that leads nowhere else when it is unpacked."""
    return get_valid_filename(name.replace("/", "_").replace("..", "_") or "file")[-100:]


def ending(content_type: str) -> str:
    """The usual ending of a type."""
    return mimetypes.guess_extension(content_type.partition(";")[0].strip()) or ""


def parts_of(path: str) -> Iterator[bytes]:
    """The bytes of a file, part by part. Raises FileNotFoundError."""
    with default_storage.open(path) as opened:
        yield from opened.chunks()
