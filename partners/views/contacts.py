"""The log of contacts, and what follows from one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from partners import operations
from partners.forms.care import ContactForm, WithdrawContactForm
from partners.models import FollowUp, Partner
from partners.reached import cared_partner, own_contact


@member(can="partners.care")
@require_http_methods(["GET", "POST"])
def contact_log(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write down that one was in touch; `?settles=<id>` is what is done with it."""
    seat, partner = request.seat, cared_partner(request.seat, pk)
    form = ContactForm(request.POST or None, seat=seat, partner=partner, initial=begin(request, partner))
    if form.is_valid():
        with shown_on(form):
            given = form.cleaned_data
            made = operations.log_contact(agency=seat.agency, actor=request.user, partner=partner, **given)
        if not form.errors:
            toast(request, _("Contact logged."))
            record = reverse("partner", args=[seat.agency.slug, pk])
            return redirect(f"{record}?contact={made.pk}#next")
    context = {"form": form, "partner": partner}
    return TemplateResponse(request, "partners/contact_log.html", context, status=422 if form.errors else 200)


def begin(request: AgencyRequest, partner: Partner) -> dict[str, Any]:
    """Today, and what is known from the follow-up in the address."""
    settles = request.GET.get("settles", "")
    number = int(settles) if settles.isascii() and settles.isdigit() and len(settles) < 19 else 0
    planned = FollowUp.objects.seen_by(request.seat).open().filter(partner=partner, pk=number).first()
    known = {"settles": planned.pk, "channel": planned.channel, "unit": planned.unit_id} if planned else {}
    return {"happened_on": request.seat.agency.today(), **known}


@member(can="partners.care")
@require_http_methods(["GET", "POST"])
def contact_withdraw(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take a contact out of the log, with the reason."""
    seat, found = request.seat, own_contact(request.seat, pk)
    form = WithdrawContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            operations.withdraw_contact(agency=seat.agency, actor=request.user, contact=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Contact withdrawn."))
            return redirect("partner", seat.agency.slug, found.partner_id)
    context = {"form": form, "partner": found.partner}
    return TemplateResponse(request, "partners/contact_withdraw.html", context, status=422 if form.errors else 200)


@member(can="partners.care")
@require_POST
def contact_take(request: AgencyRequest, pk: int, part: str) -> HttpResponse:
    """Take the stage, the follow-up or the prayer that a contact proposes."""
    seat, found = request.seat, own_contact(request.seat, pk)
    if part == "stage":
        operations.take_stage(agency=seat.agency, actor=request.user, contact=found)
        toast(request, _("Stage changed."))
    elif part == "prayer":
        made = operations.take_prayer(agency=seat.agency, actor=request.user, contact=found)
        toast(request, _("Noted."), undo_url=reverse("undertaking_withdraw", args=[seat.agency.slug, made.pk]))
    elif part == "follow-up":
        operations.take_follow_up(agency=seat.agency, actor=request.user, contact=found)
        toast(request, _("Follow-up added to your tasks."))
    else:
        raise Http404
    record = reverse("partner", args=[seat.agency.slug, found.partner_id])
    return redirect(f"{record}?contact={found.pk}#next")
