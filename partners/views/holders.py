"""Who holds the relationship with a partner, and where it stands."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from partners import operations
from partners.forms.care import EndHolderForm, HolderForm, StageForm
from partners.reached import cared_partner, ending_holder


@member(can="partners.hold")
@require_http_methods(["GET", "POST"])
def holder_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Name somebody of a team who is to care for the partner."""
    seat, partner = request.seat, cared_partner(request.seat, pk)
    form = HolderForm(request.POST or None, seat=seat)
    if form.is_valid():
        with shown_on(form):
            operations.appoint_holder(agency=seat.agency, actor=request.user, partner=partner, **form.arguments())
        if not form.errors:
            toast(request, _("Holder named."))
            return redirect("partner", seat.agency.slug, pk)
    context = {"form": form, "partner": partner}
    return TemplateResponse(request, "partners/holder_add.html", context, status=422 if form.errors else 200)


@member(can="partners.hold")
@require_http_methods(["GET", "POST"])
def holder_end(request: AgencyRequest, pk: int) -> HttpResponse:
    """From today somebody does not care for the partner any more."""
    seat, found = request.seat, ending_holder(request.seat, pk)
    form = EndHolderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            operations.end_holder(agency=seat.agency, actor=request.user, holder=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Ended."))
            return redirect("partner", seat.agency.slug, found.partner_id)
    context = {"form": form, "partner": found.partner, "holder": found.person_name, "unit": found.unit_name}
    return TemplateResponse(request, "partners/holder_end.html", context, status=422 if form.errors else 200)


@member(can="partners.care")
@require_http_methods(["GET", "POST"])
def stage_set(request: AgencyRequest, pk: int) -> HttpResponse:
    """Say where the relationship with a unit stands; `?unit=<id>` is chosen already."""
    seat, partner = request.seat, cared_partner(request.seat, pk)
    form = StageForm(request.POST or None, seat=seat, partner=partner, initial={"unit": request.GET.get("unit")})
    if form.is_valid():
        with shown_on(form):
            operations.set_stage(agency=seat.agency, actor=request.user, partner=partner, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Stage changed."))
            return redirect("partner", seat.agency.slug, pk)
    context = {"form": form, "partner": partner}
    return TemplateResponse(request, "partners/stage_set.html", context, status=422 if form.errors else 200)
