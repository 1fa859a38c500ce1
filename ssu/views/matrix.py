"""Units x steps, the furthest behind first."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from agencies.days import day_in_words
from agencies.downloads import Sheet, dated, download, export_links, wants_file
from agencies.saved_views import saved_bar
from ssu.pages.matrix import by_strategy, drawn, is_grouped, sheet
from ssu.queries.matrix import STRATEGY
from ssu.queries.matrix import matrix as units_by_step
from ssu.unit_filters import MATRIX, filter_context, filters_of


@member(can="rollout.view")
@require_safe
def matrix(request: AgencyRequest) -> HttpResponse:
    """The matrix; `?export=csv` and `?export=xlsx` give the same rows, with the same filters and in the same order.

    No person and no amount stands in the file. It takes the password and is written down all the same, like every
    list that leaves (trust rules T13, T15): where teams work, and how far they are, outlives the session in a file.
    """
    seat, filters = request.seat, filters_of(request.GET)
    lines, asked = units_by_step(seat, filters), bool(filters.group) or filters.sort == STRATEGY
    if is_grouped(lines, asked):
        lines = by_strategy(lines)
    if wants_file(request):
        return download(request, "matrix", lambda: Sheet(dated(request, "units-by-step"), *sheet(seat, lines)))
    saved = saved_bar(request, "matrix")
    context = {
        "matrix": drawn(seat, lines, sort=filters.sort, grouped=asked),
        "count": len(lines),
        "today": day_in_words(seat.agency, seat.agency.today()),
        "export_links": export_links(request),
        "saved": saved,
        **filter_context(request.GET, filters, MATRIX, saved.choices),
    }
    return TemplateResponse(request, "ssu/matrix.html", context)
