"""Promises: adding and ending."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from partners import operations
from partners.forms.commitments import CommitmentForm, EndForm
from partners.models import Commitment
from partners.views.partners import partner_or_404


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def commitment_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Record what a partner promised."""
    agency, partner = request.seat.agency, partner_or_404(request, pk)
    initial = {"currency": agency.base_currency, "starts_on": agency.today()}
    form = CommitmentForm(request.POST or None, seat=request.seat, partner=partner, initial=initial)
    if form.is_valid():
        with shown_on(form):
            operations.add_commitment(agency=agency, actor=request.user, **form.arguments())
        if not form.errors:
            toast(request, _("Commitment added."))
            return redirect("partner", agency.slug, pk)
    context = {"form": form, "partner": partner}
    return TemplateResponse(request, "partners/commitment_add.html", context, status=422 if form.errors else 200)


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def commitment_end(request: AgencyRequest, pk: int) -> HttpResponse:
    """End a promise on a day."""
    agency = request.seat.agency
    seen = Commitment.objects.seen_by(request.seat).select_related("giving_unit__partner")
    found = get_object_or_404(seen, pk=pk)
    form = EndForm(request.POST or None, initial={"on": agency.today()})
    if form.is_valid():
        with shown_on(form):
            operations.end_commitment(agency=agency, actor=request.user, commitment=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Commitment ended."))
            return redirect("partner", agency.slug, found.giving_unit.partner_id)
    context = {"form": form, "commitment": found, "partner": found.giving_unit.partner}
    return TemplateResponse(request, "partners/commitment_end.html", context, status=422 if form.errors else 200)
