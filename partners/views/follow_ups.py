"""What is to do for partners."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import Sheet, dated, download, export_links, wants_file, whole
from agencies.models import Membership
from core.refusals import shown_on
from core.site import site
from core.toasts import toast
from partners import operations
from partners.forms.care import FollowUpFilter, FollowUpForm, MoveForm
from partners.models import FollowUp
from partners.pages.care import follow_up_rows
from partners.pages.follow_up_list import follow_up_cells, follow_up_header
from partners.queries.care import follow_ups_wanted
from partners.reached import cared_partner, seen_follow_up

IN_A_WEEK, PAGE = timedelta(days=7), 50


@member(can="partners.care")
@require_safe
def follow_ups(request: AgencyRequest) -> HttpResponse:
    """What is to do for partners, what is due first; `?export=csv` or `xlsx` gives the same as a file."""
    seat = request.seat
    form = FollowUpFilter(request.GET)
    fits = form.is_valid()
    found = follow_ups_wanted(seat, **form.cleaned_data) if fits else FollowUp.objects.none()
    if fits and wants_file(request):
        return download(request, "follow-ups", lambda: sheet(request, found))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": follow_up_rows(seat, page),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "export_links": export_links(request),
    }
    return TemplateResponse(request, "partners/follow_ups.html", context, status=422 if form.errors else 200)


def sheet(request: AgencyRequest, found: Any) -> Sheet:
    """The list as a file."""
    return Sheet(dated(request, "follow-ups"), follow_up_header(), follow_up_cells(request.seat, whole(found), site()))


@member(can="partners.care")
@require_http_methods(["GET", "POST"])
def follow_up_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Say who is to be in touch with a partner, how and by when."""
    seat, partner = request.seat, cared_partner(request.seat, pk)
    begin = {"due_on": seat.agency.today() + IN_A_WEEK}
    form = FollowUpForm(request.POST or None, seat=seat, partner=partner, initial=begin)
    if form.is_valid():
        with shown_on(form):
            operations.add_follow_up(agency=seat.agency, actor=request.user, partner=partner, **form.arguments())
        if not form.errors:
            toast(request, _("Follow-up added."))
            return redirect("partner", seat.agency.slug, pk)
    context = {"form": form, "partner": partner}
    return TemplateResponse(request, "partners/follow_up_add.html", context, status=422 if form.errors else 200)


@member(can="partners.care")
@require_POST
def follow_up_done(request: AgencyRequest, pk: int) -> HttpResponse:
    """It is done, without a contact to log."""
    seat, found = request.seat, seen_follow_up(request.seat, pk)
    operations.finish_follow_up(agency=seat.agency, actor=request.user, follow_up=found)
    toast(request, _("Done."), undo_url=reverse("follow_up_reopen", args=[seat.agency.slug, pk]))
    return redirect("partner", seat.agency.slug, found.partner_id)


@member(can="partners.care")
@require_POST
def follow_up_reopen(request: AgencyRequest, pk: int) -> HttpResponse:
    """It is to do after all."""
    seat, found = request.seat, seen_follow_up(request.seat, pk)
    operations.reopen_follow_up(agency=seat.agency, actor=request.user, follow_up=found)
    toast(request, _("The follow-up is open again."))
    return redirect("partner", seat.agency.slug, found.partner_id)


@member(can="partners.care")
@require_http_methods(["GET", "POST"])
def follow_up_move(request: AgencyRequest, pk: int) -> HttpResponse:
    """Another day, or another person."""
    seat, found = request.seat, seen_follow_up(request.seat, pk)
    partner = cared_partner(seat, found.partner_id)
    doer = Membership.objects.filter(user=found.assignee_id).values_list("pk", flat=True).first()
    begin = {"due_on": found.due_on, "member": doer}
    form = MoveForm(request.POST or None, seat=seat, partner=partner, initial=begin)
    if form.is_valid():
        with shown_on(form):
            operations.move_follow_up(agency=seat.agency, actor=request.user, follow_up=found, **form.arguments())
        if not form.errors:
            toast(request, _("Follow-up changed."))
            return redirect("partner", seat.agency.slug, found.partner_id)
    context = {"form": form, "partner": partner}
    return TemplateResponse(request, "partners/follow_up_move.html", context, status=422 if form.errors else 200)
