"""The lists as files: at once, or from a job where that would take too long. A job is begun by a form, never by opening
an address: what a mail scanner or a preview opens begins nothing.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from agencies import downloads
from agencies.access import AgencyRequest, member
from agencies.downloads import FRAME, Document, dated, download, export_links, wants_file
from core.money_forms import new_key
from partners.exporting.formats import FORMATS, OF_LISTS
from partners.exporting.lists import LISTS, ListFile
from partners.exporting.starting import start_once
from partners.exporting.writing import lacks_numbers, write_list

LONGEST_FILTER = 4000
"""Characters of a filter, as an address holds them."""


def links(request: AgencyRequest, what: str) -> list[tuple[str, str]]:
    """The formats of a list: label and address."""
    return export_links(request, {kind: FORMATS[kind].label for kind in OF_LISTS[what]})


def is_asked(request: AgencyRequest, what: str) -> bool:
    """Whether the list is asked for as a file."""
    return wants_file(request, OF_LISTS[what])


def as_file(request: AgencyRequest, what: str) -> HttpResponse:
    """The list by the filter of the address, whose form has been found valid. A long one is asked for once more, and
    one whose partners need numbers first: reading an address gives nobody a number.
    """
    kind = request.GET["export"]
    found = LISTS[what](request.seat, request.GET)
    if found.count(kind) > (found.at_once or downloads.MOST_ROWS) or lacks_numbers(found, kind):
        return ask_first(request, what, f"{what}_file")
    return download(request, found.words, lambda: document(request, found, kind))


def ask_first(request: AgencyRequest, page: str, start: str, *parts: Any) -> HttpResponse:
    """Say that a file takes a while, and begin it by a button. `page` is the list, `start` takes the form."""
    slug, back = request.seat.agency.slug, request.GET.copy()
    back.pop("export", None)
    context = {
        "start_url": reverse(start, args=[slug, *parts]),
        "back_url": f"{reverse(page, args=[slug])}?{back.urlencode()}",
        "kept": request.GET.urlencode(),
        "is_filtered": any(value for name, value in request.GET.items() if name not in FRAME),
        "key": new_key(),
    }
    return TemplateResponse(request, "partners/long_file.html", context)


def query_sent(request: AgencyRequest) -> QueryDict:
    """The filter and the format that the form carries."""
    return QueryDict(request.POST.get("kept", "")[:LONGEST_FILTER])


def starts(what: str) -> Callable[..., HttpResponseBase]:
    """The view that begins the job of one list, once per form."""

    @member(can=LISTS[what].right)
    @require_POST
    def start(request: AgencyRequest) -> HttpResponse:
        query = query_sent(request)
        pk = start_once(request.seat, what, query.get("export", ""), query, key=request.POST.get("key", ""))
        return redirect("job", request.seat.agency.slug, pk)

    return start


partners_file, gifts_file, commitments_file, own_giving_file, reconcile_file = (
    starts(what) for what in ("partners", "gifts", "commitments", "own_giving", "reconcile")
)


def document(request: AgencyRequest, found: ListFile, kind: str) -> Document:
    """The whole file."""
    form = FORMATS[kind]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "list")
        rows = write_list(found, kind, path)
        return Document(f"{dated(request, found.file_name)}.{form.ending}", path.read_bytes(), form.type, rows)
