"""Adding, opening and removing the evidence of an action item."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.form_pages import download
from core.uploads import takes_files
from ssu import evidence as registry
from ssu import operations
from ssu.evidence_file import file_answer
from ssu.file_types import MAX_BYTES
from ssu.forms.items import FileForm, LinkForm, NoteForm, RemovalForm, ThingForm
from ssu.models import Evidence, State
from ssu.queries.items import may_remove, may_restore
from ssu.views.items import act, done
from ssu.views.reached import item_at, open_item_at


@member(can="rollout.claim")
@require_POST
def evidence_note(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Add a note."""
    found = open_item_at(request, pk, key, "rollout.claim")
    form = NoteForm(request.POST, auto_id="note_%s")
    return added(request, found, operations.add_note, form, "note_form")


@member(can="rollout.claim")
@require_POST
def evidence_link(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Add a link."""
    found = open_item_at(request, pk, key, "rollout.claim")
    form = LinkForm(request.POST, auto_id="link_%s")
    return added(request, found, operations.add_link, form, "link_form")


@takes_files(MAX_BYTES)
@member(can="rollout.claim")
@require_POST
def evidence_upload(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Add a file."""
    found = open_item_at(request, pk, key, "rollout.claim")
    form = FileForm(request.POST, request.FILES, auto_id="file_%s")
    return added(request, found, operations.add_file, form, "file_form")


@member(can="rollout.claim")
@require_POST
def evidence_object(request: AgencyRequest, pk: int, key: str) -> HttpResponse:
    """Add an object of the app."""
    found = open_item_at(request, pk, key, "rollout.claim")
    offered = registry.offered(found.unit, found.key)
    form = ThingForm(request.POST, auto_id="thing_%s", offered=offered)
    return added(request, found, add_chosen, form, "thing_form")


def add_chosen(*, thing: tuple[str, int], **given: Any) -> Any:
    """Let an item rest on what was chosen, as `act` calls it."""
    kind, object_id = thing
    return operations.add_object(**given, kind=kind, object_id=object_id)


def added(request: AgencyRequest, found: Any, operation: Any, form: Any, name: str) -> HttpResponse:
    """Add what the form holds; its fields are the operation's."""
    refused = act(request, found, operation, form, name)
    return refused or done(request, found, _("Evidence added."), at="evidence")


@member(can="rollout.view")
@require_POST
def evidence_remove(request: AgencyRequest, pk: int, key: str, evidence: int) -> HttpResponse:
    """Take a piece away; a claimed or completed item opens again, and the page says so."""
    found = open_item_at(request, pk, key, "rollout.view")
    piece = get_object_or_404(Evidence.objects.select_related("item"), item=found.pk, pk=evidence)
    if not may_remove(request.seat, found, piece):
        raise PermissionDenied("rollout.confirm")
    form = RemovalForm(request.POST, evidence_id=piece.pk, is_needed=found.state == State.COMPLETED)
    before = found.state
    refused = act(request, found, lambda *, item, **given: remove(piece, **given), form, "removal_form")
    if refused:
        return refused
    opened = before in (State.READY, State.COMPLETED)
    said = _("Evidence removed. The item is open again.") if opened else _("Evidence removed.")
    undo = reverse("evidence_restore", args=[request.seat.agency.slug, pk, key, piece.pk])
    return done(request, found, said, at="evidence", undo_url=undo)


def remove(piece: Evidence, **given: Any) -> Any:
    """Take a piece away, as `act` calls it."""
    return operations.remove_evidence(evidence=piece, **given)


@member(can="rollout.view")
@require_POST
def evidence_restore(request: AgencyRequest, pk: int, key: str, evidence: int) -> HttpResponse:
    """Put a removed piece back, for whoever may add one or removed it."""
    found = open_item_at(request, pk, key, "rollout.view")
    piece = get_object_or_404(Evidence.objects.select_related("item"), item=found.pk, pk=evidence)
    if not may_restore(request.seat, found, piece):
        raise PermissionDenied("rollout.claim")
    row = operations.restore_evidence(agency=request.seat.agency, actor=request.user, evidence=piece)
    again = row.state in (State.READY, State.COMPLETED) and found.state != row.state
    said = _("It is back, and the item stands as before.") if again else _("It is back.")
    return done(request, found, said, at="evidence")


@download
@member(can="rollout.view")
@require_safe
def evidence_file(request: AgencyRequest, pk: int, key: str, evidence: int) -> FileResponse:
    """Download a file; never shown inside a page of ours, and never to whom its unit is closed."""
    found = item_at(request, pk, key)
    piece = get_object_or_404(Evidence, item=found.pk, pk=evidence, kind=Evidence.Kind.FILE, removed_at=None)
    if found.is_withheld:
        raise Http404
    return file_answer(piece)
