"""Where files lie, noticed as they are written."""

from typing import Any

from django.core.files.storage import FileSystemStorage

from jobs.written import note_written


class StoredFiles(FileSystemStorage):
    """Files on disk. Each is noted before its first byte, so that it goes when the transaction of its row does not
    commit.
    """

    def _save(self, name: str, content: Any) -> str:
        note_written(name)
        return str(super()._save(name, content))  # type: ignore[misc]
