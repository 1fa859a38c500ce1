"""Undoing an import: what goes back, what stays, what holds it; and the order to do it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from imports.forms import UndoForm
from imports.operations import request_undo
from imports.pages import undo as undo_pages
from imports.views.imports import run_or_404


@member(can="imports.run")
@require_http_methods(["GET", "POST"])
def import_undo(request: AgencyRequest, pk: int) -> HttpResponse:
    """Show what an undo takes back, and have it done in the background."""
    run = run_or_404(pk)
    form = UndoForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            request_undo(agency=request.seat.agency, actor=request.user, run=run, reason=form.cleaned_data["reason"])
        if not form.errors:
            return redirect("import", request.seat.agency.slug, pk)
    context = {"form": form, **undo_pages.undo_page(request.seat, run)}
    return TemplateResponse(request, "imports/undo.html", context, status=422 if form.errors else 200)
