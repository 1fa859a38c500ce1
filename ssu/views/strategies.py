"""The agency's strategies."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from ssu.forms.units import StrategyForm
from ssu.models import Strategy
from ssu.operations import add_strategy, edit_strategy
from ssu.queries.units import strategies_with_units


@member(can="units.view")
@require_safe
def strategies(request: AgencyRequest) -> HttpResponse:
    """All strategies, and how many units of each this person may see."""
    context = {"strategies": strategies_with_units(request.seat)}
    return TemplateResponse(request, "ssu/strategies.html", context)


@member(can="units.edit")
def strategy_add(request: AgencyRequest) -> HttpResponse:
    """A new strategy."""
    form = StrategyForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            add_strategy(agency=request.seat.agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("%(name)s was added.") % {"name": form.cleaned_data["name"]})
            return redirect("strategies", request.seat.agency.slug)
    return TemplateResponse(request, "ssu/strategy.html", {"form": form}, status=422 if form.errors else 200)


@member(can="units.edit")
def strategy_edit(request: AgencyRequest, pk: int) -> HttpResponse:
    """Change a strategy."""
    found = get_object_or_404(Strategy, pk=pk)
    form = StrategyForm(request.POST or None, initial={n: getattr(found, n) for n in StrategyForm.base_fields})
    if form.is_valid():
        with shown_on(form):
            edit_strategy(agency=request.seat.agency, actor=request.user, strategy=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Saved."))
            return redirect("strategies", request.seat.agency.slug)
    context = {"form": form, "strategy": found}
    return TemplateResponse(request, "ssu/strategy.html", context, status=422 if form.errors else 200)
