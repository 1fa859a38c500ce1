"""How far a budget is covered, by month, and what a further gift would do."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import download, export_links, wants_file
from budgets.coverage_page import month_rows, month_sheet, scenario_context, would_rows
from budgets.forms import WouldForm
from budgets.gaps import basis_of
from budgets.models import Budget
from budgets.preferred import preferences_of
from budgets.preferring_part import preference_rows
from budgets.scenario import chosen_among, lost, may_choose, promised_to
from ssu.models import Unit


@member(can="budgets.view")
@require_safe
def budget_coverage(request: AgencyRequest, budget_id: int) -> HttpResponse:
    """One version by month for who reads the ledger, and what a gift would do for everybody who may see the budget."""
    seat = request.seat
    found = get_object_or_404(Budget.objects.seen_by(seat), pk=budget_id)
    unit = get_object_or_404(Unit.objects.seen_by(seat), pk=found.unit_id)
    withheld, basis = bool(unit.is_withheld), basis_of(seat.agency, found)
    may_read_months = seat.can("ledger.view", found.unit_id)
    if may_read_months and wants_file(request):
        label = f"{found.fiscal_year} version {found.version}"
        make = lambda: month_sheet(seat, found, basis.covered(), withheld=withheld)  # noqa: E731
        return download(request, "budget by month", make, of=found, label=label)
    promised = promised_to(seat, found) if may_choose(seat, found, withheld=withheld) else []
    without = chosen_among(request.GET.getlist("without"), promised)
    covered = basis.covered(lost(promised, without))
    form = WouldForm(request.GET if request.GET.get("amount") else None, currency=found.currency)
    context: dict[str, Any] = {"budget": found, "unit": unit, "form": form, "lines": bool(covered)}
    context |= scenario_context(seat, found, basis, promised, without, withheld=withheld)
    if form.is_valid():
        context |= would_rows(seat, found, covered, form.cleaned_data["money"], withheld=withheld)
    if may_read_months and covered:
        links = [] if without else export_links(request)
        context |= {"months": month_rows(seat, found, covered), "export_links": links}
    if seat.can("partners.care", found.unit_id) and not withheld:
        context |= {"cares": True, "preferences": preference_rows(seat, preferences_of(seat, found))}
    return TemplateResponse(request, "budgets/coverage.html", context, status=422 if form.errors else 200)
