"""Making the statements of a year."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.errors import Refused
from core.toasts import toast
from jobs.polling import polled
from reports import operations
from reports.models import StatementRun
from reports.pages import runs as pages
from reports.queries.runs import runs


@member(can="statements.run")
@require_POST
def statement_run_start(request: AgencyRequest) -> HttpResponse:
    """Start making the statements of a year."""
    agency, asked = request.seat.agency, request.POST.get("year", "")
    if not (asked.isascii() and asked.isdigit() and 1950 <= int(asked) <= agency.today().year + 1):
        raise Http404
    try:
        run = operations.start_run(agency=agency, actor=request.user, year=int(asked))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('statements', args=[agency.slug])}?year={asked}")
    toast(request, _("The statements are being made."))
    return redirect("statement_run", agency.slug, run.pk)


@member(can="statements.view")
@require_safe
def statement_run(request: AgencyRequest, pk: int) -> HttpResponse:
    """One run with its progress. Asked by htmx it answers the changing part alone."""
    run = get_object_or_404(runs(), pk=pk)
    context = {"run": run, "job": pages.run_panel(request.seat, run)}
    if request.headers.get("HX-Request"):
        return polled(request, context["job"])
    agency = request.seat.agency
    context |= {"failures": pages.failures(agency, run), "skipped": pages.skipped(agency, run)}
    return TemplateResponse(request, "reports/statement_run.html", context)


@member(can="statements.run")
@require_POST
def statement_run_cancel(request: AgencyRequest, pk: int) -> HttpResponse:
    """Stop a run between two chunks; what was issued stands."""
    run = get_object_or_404(StatementRun, pk=pk)
    asked = operations.cancel_run(agency=request.seat.agency, actor=request.user, run=run)
    toast(request, _("The run stops. What was issued stands.") if asked else _("The run had ended already."))
    return redirect("statement_run", request.seat.agency.slug, pk)
