"""A budget as PDF: the whole of it, or the case for support."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from agencies.access import AgencyRequest, member
from budgets.models import Budget
from reports.operations import start_budget_paper
from reports.queries.budget_papers import CASE, WHOLE


@member(can="budgets.view")
@require_POST
def budget_paper_start(request: AgencyRequest, pk: int) -> HttpResponse:
    """Have the version made as PDF; the job's page shows how far it is and hands it out."""
    return started(request, pk, WHOLE)


@member(can="budgets.view")
@require_POST
def case_start(request: AgencyRequest, pk: int) -> HttpResponse:
    """Have the case for support made of the version."""
    return started(request, pk, CASE)


def started(request: AgencyRequest, pk: int, kind: str) -> HttpResponse:
    """Start one of the papers of a version that the reader sees."""
    seat = request.seat
    budget = get_object_or_404(Budget.objects.seen_by(seat), pk=pk)
    job = start_budget_paper(agency=seat.agency, actor=request.user, seat=seat, budget=budget, kind=kind)
    return redirect("job", seat.agency.slug, job.pk)
