"""The call page: who is calling, where their gift went, what may be said; logged before the receiver is down."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from core import slots
from core.refusals import shown_on
from core.toasts import toast
from partners import operations
from partners.forms.calls import OUTCOMES, CallForm, follow_up_form
from partners.models import Partner
from partners.pages.calls.call import call_page
from partners.pages.calls.found import caller_rows
from partners.queries.calls.finding import callers
from partners.queries.calls.heard import heard
from partners.reached import cared_partner

SHORTEST = 2
LONGEST_ID = 18


@member(can="partners.contact")
@require_safe
def calls(request: AgencyRequest) -> HttpResponse:
    """Find who is calling by what they say; with htmx the answers alone, as one types."""
    said = heard(request.GET.get("q", ""))
    asked = len(said.text) >= SHORTEST
    answer = callers(request.seat, said) if asked else None
    context = {
        "q": said.text,
        "asked": asked,
        "rows": caller_rows(request.seat, answer.callers) if answer else [],
        "more": bool(answer and answer.more),
        "said": said,
    }
    part = request.headers.get("HX-Request") and request.headers.get("HX-Target") == "callers"
    return TemplateResponse(request, "partners/_callers.html" if part else "partners/calls.html", context)


@member(can="partners.contact")
@require_safe
def call(request: AgencyRequest, pk: int) -> HttpResponse:
    """One caller: gifts, commitment, shift, holder, and words to say. `?gift=<id>` is the one that is asked about."""
    return show(request, cared_partner(request.seat, pk))


def show(request: AgencyRequest, partner: Partner, **forms: Any) -> HttpResponse:
    """The page, with a form that was refused in the place of a fresh one."""
    seat = request.seat
    page = call_page(seat, partner, asked_gift(request))
    log = forms.get("log") or CallForm(seat=seat, partner=partner)
    follow = forms.get("follow") or follow_up_form(seat, partner, page["first_holder"])
    context = {
        **page,
        "log": log,
        "follow": follow,
        "form": log if log.errors else follow if follow.errors else None,
        "outcomes": [(each.value, each.label) for each in OUTCOMES],
        "caring": slots.render("call-care", request, partner=partner),
        "sending": slots.render("call-send", request, partner=partner),
    }
    return TemplateResponse(request, "partners/call.html", context, status=422 if forms else 200)


def asked_gift(request: AgencyRequest) -> int | None:
    """The gift in the address."""
    said = request.GET.get("gift", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST_ID else None


@member(can="partners.contact")
@require_POST
def call_log(request: AgencyRequest, pk: int) -> HttpResponse:
    """Log the call of today by one tap, and be ready for the next one."""
    seat, partner = request.seat, cared_partner(request.seat, pk)
    form = CallForm(request.POST, seat=seat, partner=partner)
    if form.is_valid():
        with shown_on(form):
            made = operations.log_contact(
                agency=seat.agency,
                actor=request.user,
                partner=partner,
                happened_on=seat.agency.today(),
                **form.arguments(),
            )
    if form.errors:
        return show(request, partner, log=form)
    undo = reverse("contact_withdraw", args=[seat.agency.slug, made.pk])
    toast(request, _("The call with %(name)s is logged.") % {"name": partner.name}, undo_url=undo)
    return redirect("calls", seat.agency.slug)


@member(can="partners.contact")
@require_POST
def call_follow_up(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask the holder, or another, to come back to the caller; the call goes on."""
    seat, partner = request.seat, cared_partner(request.seat, pk)
    form = follow_up_form(seat, partner, data=request.POST)
    if form.is_valid():
        with shown_on(form):
            operations.add_follow_up(agency=seat.agency, actor=request.user, partner=partner, **form.arguments())
    if form.errors:
        return show(request, partner, follow=form)
    toast(request, _("Follow-up added."))
    return redirect("call", seat.agency.slug, pk)
