"""Which lines a partner would like to help with."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from budgets import operations
from budgets.forms.preferring import EndPreferenceForm, PreferForm
from budgets.preferred import lines_to_prefer, own_giving_unit, preferences_seen
from core.refusals import shown_on
from core.toasts import toast
from partners.reached import cared_partner


@member(can="partners.care")
@require_http_methods(["GET", "HEAD", "POST"])
def line_preference_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write down that a partner would like to help with a line."""
    seat, partner = request.seat, cared_partner(request.seat, pk)
    lines, giver = lines_to_prefer(seat, partner), own_giving_unit(partner)
    form = PreferForm(request.POST or None, lines=lines, initial={"starts_on": seat.agency.today()})
    if form.is_valid():
        with shown_on(form):
            given = form.cleaned_data
            operations.prefer_line(agency=seat.agency, actor=request.user, giving_unit=giver, **given)
        if not form.errors:
            toast(request, _("Noted."))
            return redirect("partner", seat.agency.slug, partner.pk)
    context = {"form": form, "partner": partner, "has_lines": lines.exists()}
    return TemplateResponse(request, "budgets/preference_add.html", context, status=422 if form.errors else 200)


@member(can="partners.care")
@require_http_methods(["GET", "HEAD", "POST"])
def line_preference_end(request: AgencyRequest, pk: int) -> HttpResponse:
    """From a day the partner prefers it no more."""
    seat = request.seat
    found = get_object_or_404(preferences_seen(seat), pk=pk)
    form = EndPreferenceForm(request.POST or None, initial={"ends_on": seat.agency.today()})
    if form.is_valid():
        with shown_on(form):
            ends_on = form.cleaned_data["ends_on"]
            operations.end_preference(agency=seat.agency, actor=request.user, preference=found, ends_on=ends_on)
        if not form.errors:
            toast(request, _("Ended."))
            return redirect("partner", seat.agency.slug, found.giving_unit.partner_id)
    context = {"form": form, "partner": found.giving_unit.partner, "preference": found}
    return TemplateResponse(request, "budgets/preference_end.html", context, status=422 if form.errors else 200)
