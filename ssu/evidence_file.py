"""Handing out a file of evidence. Who may have it is decided before."""

from django.http import FileResponse

from ssu.file_types import name_for
from ssu.models import Evidence


def file_answer(piece: Evidence) -> FileResponse:
    """The file as a download under the name that people know, never shown inside the site (trust rule T12)."""
    name = name_for(piece.title, piece.content_type)
    return FileResponse(piece.file.open(), as_attachment=True, filename=name, content_type=piece.content_type)
