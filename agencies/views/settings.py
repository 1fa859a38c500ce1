"""What the agency says about itself."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from agencies.forms.settings import SettingsForm
from agencies.models import Agency
from agencies.operations import update_agency
from agencies.settings_tabs import settings_tabs
from core.refusals import shown_on
from core.toasts import toast


@member(can="settings.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: AgencyRequest) -> HttpResponse:
    """Read and change the settings."""
    agency = request.seat.agency
    rows = Agency.objects.select_for_update(no_key=True) if request.POST else Agency.objects
    stands = rows.get(pk=agency.pk)  # a bound form writes into its instance
    form = SettingsForm(request.POST or None, instance=stands)
    if form.is_valid():
        with shown_on(form):
            update_agency(agency=agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Settings saved."))
            return redirect("settings", agency.slug)
    context = {"form": form, "tabs": settings_tabs(request.seat, "settings")}
    return TemplateResponse(request, "agencies/settings.html", context, status=422 if form.is_bound else 200)
