"""Lines of a draft."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AgencyRequest, member
from budgets import operations
from budgets.forms import LineForm
from budgets.models import Budget, Line
from budgets.months import months_of
from budgets.owners import owners_offered
from budgets.reached import open_unit_at
from core.refusals import shown_on
from core.toasts import toast
from ssu.models import Unit


def budget_to_change(request: AgencyRequest, budget_id: int) -> Budget:
    """The budget in the address, if the person may change budgets of its unit and reads their words: 403 while the unit
    is closed to them.
    """
    found: Budget = get_object_or_404(Budget.objects.seen_by(request.seat), pk=budget_id)
    open_unit_at(request, found.unit_id, "budgets.edit")
    return found


@member(can="budgets.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def line_add(request: AgencyRequest, budget_id: int) -> HttpResponse:
    """Add a line."""
    found = budget_to_change(request, budget_id)
    form = form_for(request, found)
    if form.is_valid():
        with shown_on(form):
            operations.add_line(agency=request.seat.agency, actor=request.user, budget=found, **form.said)
        if not form.errors:
            toast(request, _("Line added."))
            return redirect("budget", request.seat.agency.slug, found.pk)
    return page(request, form, found)


@member(can="budgets.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: AgencyRequest, budget_id: int, line_id: int) -> HttpResponse:
    """Change a line."""
    found = budget_to_change(request, budget_id)
    stands = get_object_or_404(Line.objects.select_related("budget"), budget=found, pk=line_id)
    form = form_for(request, found, stands)
    if form.is_valid():
        with shown_on(form):
            operations.change_line(agency=request.seat.agency, actor=request.user, line=stands, **form.said)
        if not form.errors:
            toast(request, _("Line saved."))
            return redirect("budget", request.seat.agency.slug, found.pk)
    return page(request, form, found, stands)


def form_for(request: AgencyRequest, found: Budget, stands: Line | None = None) -> LineForm:
    """The form of a line, new or as it stands."""
    agency = request.seat.agency
    unit = get_object_or_404(Unit.objects.seen_by(request.seat), pk=found.unit_id)
    return LineForm(
        request.POST or None,
        currency=found.currency,
        owners=owners_offered(request.seat, unit, [stands] if stands else []),
        months=months_of(agency, found.fiscal_year),
        locale=agency.locale,
        line=stands,
    )


def page(request: AgencyRequest, form: LineForm, found: Budget, stands: Line | None = None) -> HttpResponse:
    context = {"form": form, "budget": found, "line": stands}
    return TemplateResponse(request, "budgets/line.html", context, status=422 if form.is_bound else 200)


@member(can="budgets.edit")
@require_POST
def line_remove(request: AgencyRequest, budget_id: int, line_id: int) -> HttpResponse:
    """Take a line out."""
    found = budget_to_change(request, budget_id)
    stands = get_object_or_404(Line.objects.select_related("budget"), budget=found, pk=line_id)
    operations.remove_line(agency=request.seat.agency, actor=request.user, line=stands)
    toast(request, _("Line removed."))
    return redirect("budget", request.seat.agency.slug, found.pk)
