"""All lines of a draft on one page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from agencies.seen import revision_seen
from budgets import operations
from budgets.forms.grid import BLANK, grid_of, grid_sent
from budgets.line_words import LinesWrong
from budgets.models import Budget, Line
from budgets.owners import owners_offered
from budgets.reached import open_unit_at
from budgets.views.lines import budget_to_change
from core.errors import Refused
from core.toasts import toast

MORE = 10


@member(can="budgets.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def lines_edit(request: AgencyRequest, budget_id: int) -> HttpResponse:
    """The grid: every line in a row and some empty ones below, written together or not at all."""
    found = budget_to_change(request, budget_id)
    if request.method != "POST" and not found.is_draft:
        return redirect("budget", request.seat.agency.slug, found.pk)
    unit = open_unit_at(request, found.unit_id, "budgets.edit")
    lines = list(Line.objects.filter(budget=found).order_by("kind", "priority", "pk"))
    owners = owners_offered(request.seat, unit, lines)
    if request.method != "POST":
        blank = MORE if "more" in request.GET else BLANK
        return page(request, found, unit, lines, grid_of(lines, found.currency, owners, blank=blank))
    grid = grid_sent(request.POST, found.currency, owners)
    refusal, done = save(request, found, grid) if grid.is_valid() else (None, None)
    if done is None:
        return page(request, found, unit, lines, grid, refusal)
    toast(request, said(**done))
    if request.POST.get("act") == "more":
        return redirect(f"{request.path}?more=1#more")
    return redirect("budget", request.seat.agency.slug, found.pk)


def save(request: AgencyRequest, found: Budget, grid: Any) -> tuple[Refused | None, dict[str, int] | None]:
    """Write the grid: what refuses it as a whole, and what was done; neither where single rows are refused."""
    try:
        done = operations.write_lines(
            agency=request.seat.agency,
            actor=request.user,
            budget=found,
            rows=grid.words(),
            removed=grid.removed(),
            revision=revision_seen(request.POST),
        )
    except LinesWrong as wrong:
        grid.show(wrong.problems)
        return None, None
    except Refused as refusal:
        return refusal, None
    return None, done


def page(
    request: AgencyRequest, found: Budget, unit: Any, lines: list[Line], grid: Any, refusal: Refused | None = None
) -> HttpResponse:
    context = {
        "budget": found,
        "unit": unit,
        "grid": grid,
        "refusal": refusal,
        "revision": revision_seen(request.POST) if grid.is_bound else found.revision,
        "categories": sorted({line.category for line in lines}),
    }
    status = refusal.status if refusal else 422 if grid.is_bound else 200
    return TemplateResponse(request, "budgets/grid.html", context, status=status)


def said(added: int, changed: int, removed: int) -> str:
    """What became of the lines."""
    if not (added or changed or removed):
        return _("Nothing was changed.")
    counts = {"added": added, "changed": changed, "removed": removed}
    return _("Lines saved: %(added)s added, %(changed)s changed, %(removed)s removed.") % counts
