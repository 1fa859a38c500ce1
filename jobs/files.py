"""Handing out stored files. Who may have one is for the view to decide, before it calls this."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from jobs.models import StoredFile


def answer(stored: StoredFile) -> FileResponse:
    """The file as a download under the name that people know, never shown inside the site (trust rule T12). 404 when
    it is lost.
    """
    try:
        opened = default_storage.open(stored.path)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(opened, as_attachment=True, filename=stored.name, content_type=stored.content_type)
    response["Cache-Control"] = "private, no-store"
    return response
