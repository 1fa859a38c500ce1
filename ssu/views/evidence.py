"""Adding, opening and removing the evidence of an action item."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.form_pages import download
from ssu import evidence as registry
from ssu import operations
from ssu.file_types import name_for
from ssu.forms.items import FileForm, LinkForm, NoteForm, ThingForm
from ssu.models import Evidence
from ssu.views.items import act, done
from ssu.views.reached import item_at


@member(can="rollout.claim")
@require_POST
def evidence_note(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Add a note."""
    found = item_at(request, pk, key, "rollout.claim")
    form = NoteForm(request.POST, auto_id="note_%s")
    return added(request, found, operations.add_note, form, "note_form")


@member(can="rollout.claim")
@require_POST
def evidence_link(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Add a link."""
    found = item_at(request, pk, key, "rollout.claim")
    form = LinkForm(request.POST, auto_id="link_%s")
    return added(request, found, operations.add_link, form, "link_form")


@member(can="rollout.claim")
@require_POST
def evidence_upload(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Add a file."""
    found = item_at(request, pk, key, "rollout.claim")
    form = FileForm(request.POST, request.FILES, auto_id="file_%s")
    return added(request, found, operations.add_file, form, "file_form")


@member(can="rollout.claim")
@require_POST
def evidence_object(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Add an object of the app."""
    found = item_at(request, pk, key, "rollout.claim")
    offered = [] if found.is_withheld else registry.offered(found.unit, found.key)
    form = ThingForm(request.POST, auto_id="thing_%s", offered=offered)
    kind, object_id = form.chosen() if form.is_valid() else ("", 0)
    refused = act(request, found, operations.add_object, form, "thing_form", kind=kind, object_id=object_id)
    return refused or done(request, found, _("Evidence added."))


def added(request: AgencyRequest, found: Any, operation: Any, form: Any, name: str) -> HttpResponse:
    """Add what the form holds; its fields are the operation's."""
    fields = form.cleaned_data if form.is_valid() else {}
    refused = act(request, found, operation, form, name, **fields)
    return refused or done(request, found, _("Evidence added."))


@member(can="rollout.claim")
@require_POST
def evidence_remove(request: AgencyRequest, pk: int, key: str, evidence: int) -> HttpResponse:
    """Take a piece away; a claimed or completed item opens again, and the page says so."""
    found = item_at(request, pk, key, "rollout.claim")
    piece = get_object_or_404(Evidence.objects.select_related("item"), item=found.pk, pk=evidence)
    before = found.state
    row = operations.remove_evidence(agency=request.seat.agency, actor=request.user, evidence=piece)
    opened = before in ("ready", "completed") and row.state != before
    said = _("Evidence removed. The item is open again.") if opened else _("Evidence removed.")
    return done(request, found, said)


@download
@member(can="rollout.view")
@require_safe
def evidence_file(request: AgencyRequest, pk: int, key: str, evidence: int) -> FileResponse:
    """Download a file; never shown inside a page of ours, and never to whom its unit is closed."""
    found = item_at(request, pk, key)
    piece = get_object_or_404(Evidence, item=found.pk, pk=evidence, kind=Evidence.Kind.FILE, removed_at=None)
    if found.is_withheld:
        raise Http404
    name = name_for(piece.title, piece.content_type)
    return FileResponse(piece.file.open(), as_attachment=True, filename=name, content_type=piece.content_type)
