"""Letting files go that hold a person who was erased; what tells of them as files stays."""

from collections.abc import Collection
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction

from jobs.models import Job, StoredFile
from jobs.operations.files import remove_file

GONE = "erased"
"""The folder that a file names whose bytes went. Nothing lies there."""


def drop_bytes(*, stored_ids: Collection[int]) -> int:
    """Delete the bytes of these files once this is committed; name, size and SHA-256 stay. Should the process die in
    between, no row names the bytes any more and the nightly sweep deletes them.
    """
    dropped = StoredFile.objects.select_for_update().filter(pk__in=stored_ids).exclude(path__startswith=f"{GONE}/")
    paths = []
    for stored in dropped.order_by("pk"):
        paths.append(stored.path)
        stored.path = f"{GONE}/{stored.pk}"
        stored.save(update_fields=["path"])
    transaction.on_commit(partial(delete_all, paths), robust=True)
    return len(paths)


def delete_all(paths: Collection[str]) -> None:
    for path in paths:
        default_storage.delete(path)


def drop_job_files(*, kinds: Collection[str]) -> int:
    """Delete every file that jobs of these kinds have made until now."""
    found = list(StoredFile.objects.filter(job__kind__in=kinds))
    for stored in found:
        remove_file(stored=stored)
    return len(found)


def forget_arguments(*, kinds: Collection[str], words: Collection[str]) -> int:
    """Take away what jobs of these kinds that have ended were asked for, where it holds one of these words."""
    ended = Job.objects.filter(kind__in=kinds, state__in=Job.ENDED)
    found = [job.pk for job in ended if any(word in str(job.arguments).lower() for word in words)]
    return int(Job.objects.filter(pk__in=found).update(arguments={}))


def running(kinds: Collection[str]) -> list[int]:
    """The jobs of these kinds that are at work now."""
    return list(Job.objects.filter(kind__in=kinds, state=Job.State.RUNNING).order_by("pk").values_list("pk", flat=True))
