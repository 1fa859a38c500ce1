"""Erasing a partner."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import reauthenticated
from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from partners import operations
from partners.forms.erasing import ErasePartnerForm
from partners.pages.erasing import what_goes
from partners.views.partners import partner_or_404


@member(can="partners.erase")
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def partner_erase(request: AgencyRequest, pk: int) -> HttpResponse:
    """What goes, what stays and why; then it is done, after the password, for good."""
    agency, found = request.seat.agency, partner_or_404(request, pk)
    if found.erased_at is not None and request.method != "POST":
        return redirect("partner", agency.slug, pk)
    form = ErasePartnerForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            operations.erase_partner(agency=agency, actor=request.user, partner=found, **form.arguments())
        if not form.errors:
            toast(request, _("Erased."))
            return redirect("partner", agency.slug, pk)
    context = {"form": form, **what_goes(agency, found)}
    return TemplateResponse(request, "partners/partner_erase.html", context, status=422 if form.errors else 200)
