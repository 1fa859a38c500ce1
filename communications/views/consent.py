"""The consent of one partner, and the agency's rule for who gives."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from agencies.settings_tabs import settings_tabs
from communications.forms import ConsentForm, PolicyForm
from communications.operations import decide_policy, record_consent
from communications.partner_part import entry_row, standing_rows
from communications.queries.consent import ledger_of, policy_in_force
from core.refusals import shown_on
from core.toasts import toast
from partners.models import Partner
from ssu.queries import names_of


@member(can="consent.view")
@require_http_methods(["GET", "HEAD", "POST"])
def partner_consent(request: AgencyRequest, pk: int) -> HttpResponse:
    """What counts, the whole ledger, and, for who may, one more entry."""
    seat = request.seat
    partner = get_object_or_404(Partner.objects.seen_by(seat, "consent.view"), pk=pk)
    may_edit = seat.can("consent.edit")
    if request.method == "POST" and not may_edit:
        raise PermissionDenied("consent.edit")
    form = ConsentForm(request.POST or None, initial={"on": seat.agency.today(), "channel": "email", "purpose": "news"})
    if form.is_valid():
        with shown_on(form):
            record_consent(agency=seat.agency, actor=request.user, partner=partner, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Entry added."))
            return redirect("partner_consent", seat.agency.slug, pk)
    ledger = ledger_of(partner)
    names = names_of(seat, {entry.by_id for entry in ledger})
    context = {
        "partner": partner,
        "standing": standing_rows(seat.agency, partner),
        "ledger": [{**entry_row(seat.agency, each), "by": names.get(each.by_id or 0, "")} for each in ledger],
        "form": form if may_edit else None,
    }
    return TemplateResponse(request, "communications/consent.html", context, status=422 if form.is_bound else 200)


@member(can="settings.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def letter_settings(request: AgencyRequest) -> HttpResponse:
    """Whether those who give get letters without having been asked, and why."""
    seat, policy = request.seat, policy_in_force()
    stands = {name: getattr(policy, name) for name in ("news", "appeals", "months", "wording")} if policy else {}
    form = PolicyForm(request.POST or None, initial=stands)
    if form.is_valid():
        with shown_on(form):
            decide_policy(agency=seat.agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Rule saved."))
            return redirect("letter_settings", seat.agency.slug)
    context = {"form": form, "tabs": settings_tabs(seat, "letter_settings"), "policy": policy}
    return TemplateResponse(
        request, "communications/letter_settings.html", context, status=422 if form.is_bound else 200
    )
