"""Deciding on the givers of a file who may be partners that are there."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from imports.models import ImportRun
from partners.forms.import_matches import MatchesForm
from partners.operations.import_matches import decide_matches
from partners.pages import import_matches as pages


@member(can="imports.run")
@require_http_methods(["GET", "POST"])
def import_givers(request: AgencyRequest, pk: int) -> HttpResponse:
    """Each giver beside the partner, with the reason and what would change; and the three ways."""
    seat, run = request.seat, get_object_or_404(ImportRun, pk=pk)
    form = MatchesForm(request.POST or None)
    if form.is_valid():
        decisions, kinds = pages.decisions_sent(request.POST)
        with shown_on(form):
            decide_matches(agency=seat.agency, actor=request.user, run=run, decisions=decisions, of_a_kind=kinds)
        if not form.errors:
            toast(request, _("Saved. It is done when the file is imported."))
            return redirect(request.get_full_path())
    context = {"form": form, **pages.givers_page(seat, run, request.GET.get("page"))}
    return TemplateResponse(request, "partners/import_givers.html", context, status=422 if form.errors else 200)
