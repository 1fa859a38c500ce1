"""Taking a file in."""

import os
from pathlib import Path
from typing import IO

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from imports.kinds import domain
from imports.models import ImportRun
from imports.operations.check import OriginalErased, may_be_judged, original_erased
from imports.reading.limits import MAX_BYTES, MAX_MEGABYTES
from jobs.operations import keep_file, start

HEAD = 4096


class UnknownFormat(Refused):
    """The format is not one that we read."""

    code = "unknown_format"
    field = "format_name"
    message = "We do not read this format. Choose one of the list, or let the file be recognized."


class FileTooLarge(Refused):
    """The file is over the limit of files that are read, which is lower than that of uploads in general."""

    code = "too_large"
    status = 413
    field = "file"
    message = (
        f"The file is larger than {MAX_MEGABYTES} MB. Export a shorter period and import the parts one after another."
    )


class CheckedTooLate(Refused):
    """What is applied is not judged any more."""

    code = "checked_too_late"
    message = "This file was applied or is being applied now, so it cannot be checked again."


@transaction.atomic
def receive_file(
    *,
    agency: Agency,
    actor: User | None,
    name: str,
    content: bytes | Path | IO[bytes],
    format_name: str = "auto",
    check: bool = True,
) -> ImportRun:
    """Keep a file, less its secrets, and have it checked in the background. Raises UnknownFormat, FileTooLarge and
    FileRefused.
    """
    check_format(format_name)
    if size_of(content) > MAX_BYTES:
        raise FileTooLarge
    kept = keep_file(name=name, content=fit_to_keep(content), purpose="import")
    run: ImportRun = ImportRun.objects.create(
        agency=agency,
        file_name=name[:200],
        sha256=kept.sha256,
        size=kept.size,
        stored_file_id=kept.pk,
        wanted_format=format_name,
        uploaded_by=actor,
    )
    audit.record(actor=actor, verb="upload file", of=run, label=f"import {run.pk}", changes={"sha256": kept.sha256})
    if check:
        start_check(actor, run)
    return run


def fit_to_keep(content: bytes | Path | IO[bytes]) -> bytes | Path | IO[bytes]:
    """The file as it came; of one that may carry passwords or keys, its bytes without them."""
    if not domain().may_hold_secrets(head_of(content)):
        return content
    if isinstance(content, bytes):
        return domain().without_secrets(content)
    if isinstance(content, Path):
        return domain().without_secrets(content.read_bytes())
    return domain().without_secrets(content.read())


def head_of(content: bytes | Path | IO[bytes]) -> bytes:
    """The first bytes of what is to be kept. An open file is left at its beginning."""
    if isinstance(content, bytes):
        return content[:HEAD]
    if isinstance(content, Path):
        with content.open("rb") as file:
            return file.read(HEAD)
    head = content.read(HEAD)
    content.seek(0)
    return head


def size_of(content: bytes | Path | IO[bytes]) -> int:
    """Bytes of what is to be kept, without reading it. An open file is left at its beginning."""
    if isinstance(content, bytes):
        return len(content)
    if isinstance(content, Path):
        return content.stat().st_size
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    return size


def start_check(actor: User | None, run: ImportRun) -> None:
    """Have a file judged in the background. Its title names no file, which may tell a place (trust rule T6)."""
    run.job_id = start(
        kind="imports.check", actor=actor, title=f"Check of import {run.pk}", arguments={"run": run.pk}
    ).pk
    run.save(update_fields=["job_id"])


@transaction.atomic
def request_check(*, agency: Agency, actor: User, run: ImportRun) -> ImportRun:
    """Have a file judged again, against what the agency knows now. Raises OriginalErased, CheckedTooLate once it is
    being applied."""
    locked: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    if original_erased(locked):
        raise OriginalErased
    if not may_be_judged(locked):
        raise CheckedTooLate
    locked.state = ImportRun.State.UPLOADED
    locked.save(update_fields=["state"])
    start_check(actor, locked)
    return locked


def check_format(name: str) -> None:
    """Raise UnknownFormat unless the domain reads files of this name, or they are to be recognized."""
    if name != "auto" and name not in domain().formats:
        raise UnknownFormat
