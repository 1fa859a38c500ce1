"""Asking for a less strict level of a unit, and answering."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from ssu.forms.units import LoweringForm
from ssu.models import Lowering
from ssu.operations import answer_lowering, ask_lowering
from ssu.views.reached import unit_at
from ssu.views.units import settings_page


@member(can="units.edit")
@require_POST
def lowering_ask(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask for a less strict level; another administrator answers."""
    found = unit_at(request, pk, "units.edit")
    form = LoweringForm(request.POST, level=found.discretion, auto_id="lower_%s")
    if form.is_valid():
        with shown_on(form):
            ask_lowering(agency=request.seat.agency, actor=request.user, unit=found, **form.cleaned_data)
    if form.errors:
        return settings_page(request, found, lowering_form=form)
    toast(request, _("Asked. Another administrator answers."))
    return redirect("unit_edit", request.seat.agency.slug, pk)


@member(can="units.edit")
@require_POST
def lowering_answer(request: AgencyRequest, pk: int, lowering: int) -> HttpResponse:
    """Agree or decline, by the button that was pressed."""
    found = unit_at(request, pk, "units.edit")
    asked = get_object_or_404(Lowering.objects.filter(unit=found.pk), pk=lowering)
    agree = request.POST.get("answer") == "agree"
    answer_lowering(agency=request.seat.agency, actor=request.user, lowering=asked, agree=agree)
    toast(request, _("The level is lowered.") if agree else _("The level stays as it is."))
    return redirect("unit_edit", request.seat.agency.slug, pk)
