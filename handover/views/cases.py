"""The list of cases, one case, and what is done with it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import download, export_links, wants_file
from core.refusals import shown_on
from core.toasts import toast
from handover import operations
from handover.forms import CaseForm, ForeseeForm, PassForm, SkipForm
from handover.pages.case import case_page, case_sheet
from handover.pages.overview import overview
from handover.pages.risk import losses, risk_page
from handover.reached import case_seen, chosen_of, unit_with
from ssu.unit_tabs import tabs


@member(can="handover.view")
@require_safe
def handovers(request: AgencyRequest) -> HttpResponse:
    """Who leaves, and what became of support after exits."""
    return TemplateResponse(request, "handover/handovers.html", overview(request.seat))


@member(can="handover.open")
@require_http_methods(["GET", "HEAD", "POST"])
def handover_add(request: AgencyRequest) -> HttpResponse:
    """Somebody leaves."""
    seat = request.seat
    form = CaseForm(request.POST or None, seat=seat, initial={"is_told": True, "leaves_on": seat.agency.today()})
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            case = operations.open_case(agency=seat.agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("The hand-over has begun."))
            return redirect("handover", seat.agency.slug, case.pk)
    return TemplateResponse(request, "handover/add.html", {"form": form}, status=422 if form.errors else 200)


@member(can="handover.view")
@require_safe
def handover(request: AgencyRequest, pk: int) -> HttpResponse:
    """Who is affected, in the order in which they are taken up."""
    seat, case = request.seat, case_seen(request.seat, pk)
    if wants_file(request):
        what = f"hand-over {case.pk}"
        return download(request, what, lambda: case_sheet(seat, case), of=case, label=what)
    return case_answer(request, case)


def case_answer(request: AgencyRequest, case: Any, **forms: Any) -> HttpResponse:
    """The page of a case, with forms and ticks as they were sent."""
    shown: dict[str, Any] = {**case_page(request.seat, case), "export_links": export_links(request)}
    shown["ticked"] = {int(each) for each in request.POST.getlist("passing") if each.isascii() and each.isdigit()}
    if shown["may_pass"]:
        shown |= {"pass_form": PassForm(seat=request.seat, case=case), "skip_form": SkipForm()}
    status = 422 if forms else 200
    return TemplateResponse(request, "handover/handover.html", {**shown, **forms}, status=status)


@member(can="handover.pass")
@require_POST
def handover_pass(request: AgencyRequest, pk: int) -> HttpResponse:
    """One new holder for all who are ticked."""
    seat, case = request.seat, case_seen(request.seat, pk)
    form = PassForm(request.POST, seat=seat, case=case)
    chosen = chosen_of(seat, case, request.POST.getlist("passing"))
    if form.is_valid():
        with shown_on(form):
            act: dict[str, Any] = {"agency": seat.agency, "actor": request.user, "case": case, "passings": chosen}
            operations.pass_on(**act, **form.cleaned_data)
    if form.errors:
        return case_answer(request, case, pass_form=form, form=form)
    toast(request, _("New holder named. The introduction is on the lists of both."))
    return redirect("handover", seat.agency.slug, pk)


@member(can="handover.pass")
@require_POST
def handover_skip(request: AgencyRequest, pk: int) -> HttpResponse:
    """Leave out all who are ticked."""
    seat, case = request.seat, case_seen(request.seat, pk)
    form = SkipForm(request.POST)
    chosen = chosen_of(seat, case, request.POST.getlist("passing"))
    if form.is_valid():
        with shown_on(form):
            act: dict[str, Any] = {"agency": seat.agency, "actor": request.user, "case": case, "passings": chosen}
            operations.skip_passings(**act, **form.cleaned_data)
    if form.errors:
        return case_answer(request, case, skip_form=form, form=form)
    toast(request, _("Left out."))
    return redirect("handover", seat.agency.slug, pk)


@member(can="handover.open")
@require_POST
def handover_tell(request: AgencyRequest, pk: int) -> HttpResponse:
    """From now on others may know."""
    case = case_seen(request.seat, pk)
    operations.tell_case(agency=request.seat.agency, actor=request.user, case=case)
    toast(request, _("Others may know now."))
    return redirect("handover", request.seat.agency.slug, pk)


@member(can="handover.open")
@require_POST
def handover_close(request: AgencyRequest, pk: int) -> HttpResponse:
    """All are passed on."""
    case = case_seen(request.seat, pk)
    operations.close_case(agency=request.seat.agency, actor=request.user, case=case)
    toast(request, _("Closed. Giving is checked until 180 days after the exit."))
    return redirect("handover", request.seat.agency.slug, pk)


@member(can="handover.open")
@require_POST
def handover_call_off(request: AgencyRequest, pk: int) -> HttpResponse:
    """The worker stays after all."""
    case = case_seen(request.seat, pk)
    operations.call_off(agency=request.seat.agency, actor=request.user, case=case)
    toast(request, _("Called off: the worker stays."))
    return redirect("handover", request.seat.agency.slug, pk)


@member(can="handover.risk")
@require_safe
def unit_risk(request: AgencyRequest, pk: int) -> HttpResponse:
    """How much of a unit's support rests on one person."""
    seat, unit = request.seat, unit_with(request.seat, pk, "handover.risk")
    context: dict[str, Any] = {"unit": unit, "tabs": tabs(seat, pk, "unit_risk")}
    if not unit.is_withheld:
        context |= risk_page(seat, pk)
    return TemplateResponse(request, "handover/unit_risk.html", context)


@member(can="handover.foresee")
@require_http_methods(["GET", "HEAD", "POST"])
def handover_foresee(request: AgencyRequest) -> HttpResponse:
    """What would be left with nobody if one worker left. A POST, for that it was asked is written down."""
    seat, form = request.seat, ForeseeForm(request.POST or None, seat=request.seat)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        worker = form.cleaned_data["worker"]
        found = operations.foresee(agency=seat.agency, actor=request.user, worker=worker)
        context |= {"worker": worker.shown_name, "losses": losses(seat, found)}
    return TemplateResponse(request, "handover/foresee.html", context, status=422 if form.errors else 200)
