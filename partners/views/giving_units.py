"""Whom receipts of a partner address."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from partners import operations
from partners.forms.partners import GivingUnitForm
from partners.models import GivingUnit, Partner


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def giving_unit_edit(request: AgencyRequest, pk: int) -> HttpResponse:
    """Change the name that receipts address, and how often they are made."""
    seat = request.seat
    known = GivingUnit.objects.filter(partner__in=Partner.objects.seen_by(seat)).select_related("partner")
    found: GivingUnit = get_object_or_404(known, pk=pk)
    form = GivingUnitForm(request.POST or None, initial={"name": found.name, "receipts": found.receipts})
    if form.is_valid():
        with shown_on(form):
            operations.change_giving_unit(
                agency=seat.agency, actor=request.user, giving_unit=found, **form.cleaned_data
            )
        if not form.errors:
            toast(request, _("Saved."))
            return redirect("partner", seat.agency.slug, found.partner_id)
    context = {"form": form, "partner": found.partner}
    return TemplateResponse(request, "partners/giving_unit_edit.html", context, status=422 if form.errors else 200)
