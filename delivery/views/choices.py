"""How a person wants to be told."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from delivery.channels import channels_of
from delivery.digest_mail import PURPOSE, way_out
from delivery.forms import ChoicesForm
from delivery.me_tabs import me_tabs
from delivery.operations import choose_channels
from delivery.operations.digests import USUAL_HOUR
from delivery.queries import is_suppressed, mail_hour_of


@member(can="home.view")
@require_http_methods(["GET", "HEAD", "POST"])
def notice_choices(request: AgencyRequest) -> HttpResponse:
    """Kinds of matters by ways of being told, and the hour of the mail; each for this person in this agency."""
    seat, kept = request.seat, mail_hour_of(request.seat)
    hour = {"hour": kept.hour if kept else USUAL_HOUR, "time_zone": kept.time_zone if kept else seat.agency.time_zone}
    form = ChoicesForm(request.POST or None, chosen=channels_of(seat.user_id), initial=hour)
    if form.is_valid():
        with shown_on(form):
            choose_channels(
                agency=seat.agency,
                actor=request.user,
                chosen=form.chosen(),
                hour=form.cleaned_data["hour"],
                time_zone=form.cleaned_data["time_zone"],
            )
        if not form.errors:
            toast(request, _("Saved."))
            return redirect("notice_choices", seat.agency.slug)
    context = {
        "form": form,
        "lines": form.lines(),
        "is_out": is_suppressed(way_out(request.user), PURPOSE),
        "address": request.user.mail_address,
        "tabs": me_tabs(seat, "notice_choices"),
    }
    return TemplateResponse(request, "delivery/notice_choices.html", context, status=422 if form.errors else 200)
