"""Correcting the rows of an import that are kept out."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from imports.forms import RowsForm
from imports.operations import correct_rows
from imports.pages import fixing as fixing_pages
from imports.views.imports import run_or_404


@member(can="imports.run")
@require_http_methods(["GET", "POST"])
def import_rows(request: AgencyRequest, pk: int) -> HttpResponse:
    """Every row that is kept out with what is wrong beside its cell; saving judges the file again."""
    run = run_or_404(pk)
    form = RowsForm(request.POST or None)
    typed = fixing_pages.typed_cells(run, request.POST)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        with shown_on(form):
            correct_rows(agency=request.seat.agency, actor=request.user, run=run, cells=typed, seen=seen)
        if not form.errors:
            toast(request, _("Saved. The file is being checked again."))
            return redirect("import_rows", request.seat.agency.slug, pk)
    context = fixing_pages.rows_page(request.seat, run, request.GET.get("page"), typed)
    return TemplateResponse(request, "imports/rows.html", {"form": form, **context}, status=422 if form.errors else 200)
