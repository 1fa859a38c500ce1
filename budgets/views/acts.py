"""What is done to a version as a whole."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AgencyRequest, member, reachable
from agencies.seen import revision_seen
from budgets import operations
from budgets.forms.start import StartForm
from budgets.models import Budget
from budgets.queries import model_for
from budgets.reached import open_unit_at
from core.refusals import shown_on
from core.toasts import toast

YEARS = range(1950, 2201)
"""The fiscal years that there may be."""


def unit_of(request: AgencyRequest, unit_id: int, year: int) -> Any:
    """The unit whose budget of a year is begun. Raises Http404 for a year that there is not."""
    if year not in YEARS:
        raise Http404
    return open_unit_at(request, unit_id, "budgets.edit")


@member(can="budgets.edit")
@require_POST
def start(request: AgencyRequest, unit_id: int, year: int) -> HttpResponse:
    """Begin the next version of a unit's budget."""
    seat = request.seat
    unit = unit_of(request, unit_id, year)
    made = operations.start_budget(agency=seat.agency, actor=request.user, unit=unit, fiscal_year=year)
    toast(request, _("Version %(version)s is started.") % {"version": made.version})
    return redirect("budget", seat.agency.slug, made.pk)


@member(can="budgets.edit")
@require_http_methods(["GET", "POST"])
def begin(request: AgencyRequest, unit_id: int, year: int) -> HttpResponse:
    """Begin the next version of a unit's budget with other amounts."""
    seat = request.seat
    unit = unit_of(request, unit_id, year)
    form = StartForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            made = operations.start_budget(
                agency=seat.agency, actor=request.user, unit=unit, fiscal_year=year, **form.cleaned_data
            )
        if not form.errors:
            toast(request, _("Version %(version)s is started.") % {"version": made.version})
            return redirect("budget", seat.agency.slug, made.pk)
    context = {"form": form, "unit": unit, "year": year, "model": model_for(unit, year)}
    return TemplateResponse(request, "budgets/begin.html", context, status=422 if form.errors else 200)


def act(
    request: AgencyRequest, budget_id: int, right: str, do: Callable[..., Any], done: str, **seen: Any
) -> HttpResponse:
    """Do one thing to a version that the person may see and reach, and come back to its page. Changing one takes who
    reads its words; approving one takes who answers for its amounts, which are kept from nobody who approves.
    """
    seat = request.seat
    found = get_object_or_404(Budget.objects.seen_by(seat), pk=budget_id)
    if right == "budgets.edit":
        open_unit_at(request, found.unit_id, right)
    reachable(seat, right, found.unit_id)
    do(agency=seat.agency, actor=request.user, budget=found, **seen)
    toast(request, done)
    return redirect("budget", seat.agency.slug, found.pk)


@member(can="budgets.edit")
@require_POST
def submit(request: AgencyRequest, budget_id: int) -> HttpResponse:
    """Hand a draft in."""
    return act(request, budget_id, "budgets.edit", operations.submit_budget, _("Handed in for approval."))


@member(can="budgets.edit")
@require_POST
def withdraw(request: AgencyRequest, budget_id: int) -> HttpResponse:
    """Take a submitted version back."""
    return act(request, budget_id, "budgets.edit", operations.withdraw_budget, _("Taken back: change it again."))


@member(can="budgets.approve")
@require_POST
def approve(request: AgencyRequest, budget_id: int) -> HttpResponse:
    """Put a version in force."""
    done, seen = _("Approved. It is in force now."), revision_seen(request.POST)
    return act(request, budget_id, "budgets.approve", operations.approve_budget, done, revision=seen)
