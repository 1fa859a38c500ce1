"""The report of one unit as PDF."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from agencies.access import AgencyRequest, member, reachable
from reports.operations import start_unit_report
from ssu.models import Unit


@member(can="reports.view")
@require_POST
def unit_report_start(request: AgencyRequest, pk: int) -> HttpResponse:
    """Have the report made; the job's page shows how far it is and hands it out."""
    seat = request.seat
    unit: Any = get_object_or_404(Unit.objects.seen_by(seat), pk=pk)
    reachable(seat, "reports.view", unit.pk)
    job = start_unit_report(agency=seat.agency, actor=request.user, seat=seat, unit=unit)
    return redirect("job", seat.agency.slug, job.pk)
