"""The lists as files: at once, or from a job where that would take too long."""

import tempfile
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import redirect

from agencies import downloads
from agencies.access import AgencyRequest
from agencies.downloads import Document, dated, download, export_links, wants_file
from partners.exporting.formats import FORMATS, OF_LISTS
from partners.exporting.lists import LISTS, ListFile
from partners.exporting.starting import start_export
from partners.exporting.writing import write_list


def links(request: AgencyRequest, what: str) -> list[tuple[str, str]]:
    """The formats of a list: label and address."""
    return export_links(request, {kind: FORMATS[kind].label for kind in OF_LISTS[what]})


def is_asked(request: AgencyRequest, what: str) -> bool:
    """Whether the list is asked for as a file."""
    return wants_file(request, OF_LISTS[what])


def as_file(request: AgencyRequest, what: str) -> HttpResponse:
    """The list by the filter of the address, whose form has been found valid."""
    kind = request.GET["export"]
    found = LISTS[what](request.seat, request.GET)
    if found.count(kind) > downloads.MOST_ROWS:
        job = start_export(request.seat, what, kind, request.GET)
        return redirect("job", request.seat.agency.slug, job.pk)
    return download(request, what, lambda: document(request, what, found, kind))


def document(request: AgencyRequest, what: str, found: ListFile, kind: str) -> Document:
    """The whole file."""
    form = FORMATS[kind]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list")
        rows = write_list(found, kind, path)
        return Document(f"{dated(request, what)}.{form.ending}", path.read_bytes(), form.type, rows)
