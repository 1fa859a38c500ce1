"""What the agency decides about its partners."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from agencies.settings_tabs import settings_tabs
from core.refusals import shown_on
from core.toasts import toast
from partners.forms.audiences import AudienceForm
from partners.forms.settings import TeamNoticeForm
from partners.models.notice import notice_in_force
from partners.operations import choose_audiences, record_team_notice
from partners.queries.audiences import audiences


@member(can="settings.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def partner_settings(request: AgencyRequest) -> HttpResponse:
    """Whether members of teams may know partners by name, because the partners were told."""
    seat, notice = request.seat, notice_in_force()
    stands = {name: getattr(notice, name) for name in TeamNoticeForm.base_fields} if notice else {}
    form = TeamNoticeForm(request.POST or None, initial=stands)
    if form.is_valid():
        with shown_on(form):
            record_team_notice(agency=seat.agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Saved. It holds from now on."))
            return redirect("partner_settings", seat.agency.slug)
    context = {
        "form": form,
        "tabs": settings_tabs(seat, "partner_settings"),
        "is_open": notice is not None and notice.is_given,
    }
    return TemplateResponse(request, "partners/partner_settings.html", context, status=422 if form.is_bound else 200)


@member(can="settings.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def commitment_settings(request: AgencyRequest) -> HttpResponse:
    """Who hears of what happens with commitments. By which way, each chooses on a page of their own."""
    seat = request.seat
    form = AudienceForm(request.POST or None, stands=audiences())
    if form.is_valid():
        with shown_on(form):
            choose_audiences(agency=seat.agency, actor=request.user, told=form.told())
        if not form.errors:
            toast(request, _("Saved. It holds from now on."))
            return redirect("commitment_settings", seat.agency.slug)
    context = {"form": form, "tabs": settings_tabs(seat, "commitment_settings"), "live_on": seat.agency.live_on}
    return TemplateResponse(request, "partners/commitment_settings.html", context, status=422 if form.errors else 200)
