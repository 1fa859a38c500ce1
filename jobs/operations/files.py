"""Keeping files outside the database, under names that say nothing."""

import hashlib
import secrets
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from agencies.scope import current
from jobs.keepers import whose
from jobs.models import Job, StoredFile

Content = bytes | Path | IO[bytes]
FOLDER = "kept"


def keep_file(
    *,
    name: str,
    content: Content,
    content_type: str = "application/octet-stream",
    purpose: str = "",
    job: Job | None = None,
) -> StoredFile:
    """Store bytes, a file on disk, or an open binary file, in the scope in force. A job that keeps a name again
    replaces the former file.

    `name` is what a person sees on download; it must not name a closed place (trust rule T6).
    """
    if isinstance(content, Path):
        with content.open("rb") as stream:
            return keep_file(name=name, content=stream, content_type=content_type, purpose=purpose, job=job)
    opened = ContentFile(content) if isinstance(content, bytes) else File(content)
    size, sha256 = measure(opened)
    token = secrets.token_hex(16)
    path = default_storage.save(f"{FOLDER}/{whose(current())}/{token[:2]}/{token}", opened)
    with transaction.atomic():
        for former in StoredFile.objects.filter(job=job, name=name[:200]) if job else ():
            remove_file(stored=former)
        kept: StoredFile = StoredFile.objects.create(
            job=job, name=name[:200], content_type=content_type, size=size, sha256=sha256, path=path, purpose=purpose
        )
    return kept


def measure(opened: File) -> tuple[int, str]:  # type: ignore[type-arg]
    """Size and SHA-256 of a file, which is left at its beginning."""
    digest, size = hashlib.sha256(), 0
    opened.seek(0)
    for chunk in opened.chunks():
        digest.update(chunk)
        size += len(chunk)
    opened.seek(0)
    return size, digest.hexdigest()


def remove_file(*, stored: StoredFile) -> None:
    """Forget a file: the row now, the bytes once that is committed."""
    path = stored.path
    stored.delete()
    transaction.on_commit(lambda: default_storage.delete(path), robust=True)


def with_row(paths: list[str]) -> set[str]:
    """Those of these files of the scope in force that a row names. One query."""
    return set(StoredFile.objects.filter(path__in=paths).values_list("path", flat=True))
