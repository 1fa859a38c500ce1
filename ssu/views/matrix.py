"""Units x steps, the furthest behind first."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies import audit
from agencies.access import AgencyRequest, member
from core.export import csv_download
from ssu.pages.matrix import drawn, sheet
from ssu.queries.units import matrix as units_by_step
from ssu.views.units import filter_context, filters_of


@member(can="rollout.view")
@require_safe
def matrix(request: AgencyRequest) -> HttpResponse:
    """The matrix; `?export=csv` gives the same rows, with the same filters and in the same order, as a file."""
    filters = filters_of(request.GET)
    pairs = units_by_step(request.seat, filters)
    if request.GET.get("export") == "csv":
        audit.record(actor=request.user, verb="export matrix", changes={"units": len(pairs)})
        return csv_download("units-by-step", *sheet(request.seat, pairs), bom="nobom" not in request.GET)
    query = request.GET.copy()
    query["export"] = "csv"
    context = {
        "matrix": drawn(request.seat, pairs),
        "export_url": f"?{query.urlencode()}",
        **filter_context(request, filters),
    }
    return TemplateResponse(request, "ssu/matrix.html", context)
