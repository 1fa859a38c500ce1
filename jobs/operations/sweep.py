"""Deleting files that no row names: left by a process that was killed between the file and the commit."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from agencies.models import Agency
from agencies.scope import NOBODY, Scope, within
from jobs.keepers import folders, scope_named, whose, without_row
from jobs.models import StoredFile

logger = logging.getLogger(__name__)
YOUNG = timedelta(days=1)
"""So long nothing is touched: no transaction is open for a day, so what is being written has its row by then."""
BATCH = 500
MANY = 100
"""From so many files on, a scope in which most have no row is left alone: then the database is the wrong one."""


def sweep_files(*, now: datetime | None = None) -> int:
    """Delete the files older than a day that no row names, scope by scope; return how many went.

    Left alone: what lies outside the folders of `jobs.keepers`, the folder of an agency or alliance that this database
    does not know, and one where most files have no row.
    """
    before = (now or timezone.now()) - YOUNG
    places = [f"{folder}/{name}" for folder in folders() for name in names_in(folder)]
    known = [
        (place, scope) for place in places if (scope := scope_named(PurePosixPath(place).name)) and is_known(scope)
    ]
    if len(known) < len(places):
        logger.warning("%s folders of files belong to nobody whom this database knows.", len(places) - len(known))
    return sum(sweep_scope(place, scope, before) for place, scope in known)


def remove_files_of(scope: Scope) -> int:
    """Delete the files of an agency or alliance that is gone; return how many. Its rows must be gone before."""
    before, count = timezone.now() + YOUNG, 0
    for folder in folders():
        if whose(scope) in names_in(folder):
            for path in list(old_files(f"{folder}/{whose(scope)}", before)):
                default_storage.delete(path)
                count += 1
    return count


def names_in(folder: str) -> list[str]:
    """The folders inside a folder, which need not exist."""
    try:
        return sorted(default_storage.listdir(folder)[0])
    except FileNotFoundError:
        return []


def sweep_scope(place: str, scope: Scope, before: datetime) -> int:
    """Delete what no row names in the folder of one scope."""
    seen = 0
    lost: list[str] = []
    for paths in batches(old_files(place, before)):
        seen += len(paths)
        with transaction.atomic(), within(scope):
            lost += without_row(paths)
    if seen >= MANY and len(lost) * 2 > seen:
        logger.error("%s of %s files in %s have no row; they are left alone.", len(lost), seen, place)
        return 0
    for path in lost:
        default_storage.delete(path)
    return len(lost)


def is_known(scope: Scope) -> bool:
    """Whether the owner of a folder is in this database. Alliances stand above this floor: one is known by a file of
    it that has its row.
    """
    if scope == NOBODY:
        return True
    with transaction.atomic(), within(scope):
        found = Agency.objects.filter(pk=scope.agency_id) if scope.agency_id else StoredFile.objects.all()
        return bool(found.exists())


def old_files(place: str, before: datetime) -> Iterator[str]:
    """The files below a folder that were last written before a moment. One that goes meanwhile is passed by."""
    inner, files = default_storage.listdir(place)
    for name in files:
        path = f"{place}/{name}"
        try:
            if default_storage.get_modified_time(path) < before:
                yield path
        except FileNotFoundError:
            continue
    for name in inner:
        yield from old_files(f"{place}/{name}", before)


def batches(paths: Iterator[str]) -> Iterator[list[str]]:
    """So many at a time."""
    while found := list(islice(paths, BATCH)):
        yield found
