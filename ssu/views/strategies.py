"""The agency's strategies."""

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.opened import values_of
from core.refusals import shown_on
from core.toasts import toast
from ssu.forms.units import StrategyForm
from ssu.models import Strategy, Unit
from ssu.operations import add_strategy, edit_strategy, set_strategy_archived
from ssu.pages.parts import Link
from ssu.queries.units import strategies_with_units


@member(can="units.view")
@require_safe
def strategies(request: AgencyRequest) -> HttpResponse:
    """The strategies at work or those put away, and how many active units of each this person may see."""
    archived = "archived" in request.GET
    wanted = Strategy.Status.ARCHIVED if archived else Strategy.Status.ACTIVE
    found = [(strategy, count) for strategy, count in strategies_with_units(request.seat) if strategy.status == wanted]
    context = {"strategies": found, "archived": archived}
    return TemplateResponse(request, "ssu/strategies.html", context)


@member(can="units.edit")
def strategy_add(request: AgencyRequest) -> HttpResponse:
    """A new strategy."""
    form = StrategyForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            made = add_strategy(agency=request.seat.agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("%(name)s was added.") % {"name": made.name})
            return redirect("strategy_edit", request.seat.agency.slug, made.pk)
    context = {"form": form, "strategy_form": form}
    return TemplateResponse(request, "ssu/strategy.html", context, status=422 if form.errors else 200)


@member(can="units.edit")
def strategy_edit(request: AgencyRequest, pk: int) -> HttpResponse:
    """Change a strategy, and see its units."""
    found = get_object_or_404(Strategy, pk=pk)
    said = values_of(found, StrategyForm.base_fields, held=bool(request.POST))
    form = StrategyForm(request.POST or None, stands=said)
    if form.is_valid():
        with shown_on(form):
            edit_strategy(agency=request.seat.agency, actor=request.user, strategy=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Saved."))
            return redirect("strategies", request.seat.agency.slug)
    return strategy_page(request, found, form)


def strategy_page(
    request: AgencyRequest, found: Strategy, form: StrategyForm, asked: Form | None = None
) -> HttpResponse:
    """A strategy with its units at work, which are archived before it; `asked` is what was refused, if anything."""
    of_it = Unit.objects.seen_by(request.seat).active().filter(strategy=found)
    links = [Link(unit.shown_name, reverse("unit", args=[request.seat.agency.slug, unit.pk])) for unit in of_it]
    context = {
        "form": asked or form,
        "strategy_form": form,
        "asked": asked,
        "strategy": found,
        "units": links,
        "add_unit_url": reverse("unit_add", args=[request.seat.agency.slug]) + f"?strategy={found.pk}",
    }
    return TemplateResponse(request, "ssu/strategy.html", context, status=422 if form.errors or asked else 200)


@member(can="units.edit")
@require_POST
def strategy_archive(request: AgencyRequest, pk: int) -> HttpResponse:
    """Put a strategy away whose units are."""
    found = get_object_or_404(Strategy, pk=pk)
    form = StrategyForm(initial={n: getattr(found, n) for n in StrategyForm.base_fields})
    asked = Form({})
    with shown_on(asked):
        set_strategy_archived(agency=request.seat.agency, actor=request.user, strategy=found, archived=True)
    if asked.errors:
        return strategy_page(request, found, form, asked)
    undo = reverse("strategy_restore", args=[request.seat.agency.slug, found.pk])
    toast(request, _("%(name)s was archived.") % {"name": found.name}, undo_url=undo)
    return redirect("strategies", request.seat.agency.slug)


@member(can="units.edit")
@require_POST
def strategy_restore(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take an archived strategy up again."""
    found = get_object_or_404(Strategy, pk=pk)
    set_strategy_archived(agency=request.seat.agency, actor=request.user, strategy=found, archived=False)
    toast(request, _("%(name)s is active again.") % {"name": found.name})
    return redirect("strategies", request.seat.agency.slug)
