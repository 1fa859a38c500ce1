"""The transition of a unit, and of all units."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import download, export_links, wants_file
from core.refusals import shown_on
from core.toasts import toast
from funds.models import Designation
from ssu.unit_tabs import tabs
from transition import operations
from transition.forms import EndForm, GuaranteeForm, StartForm
from transition.pages.months import COLUMNS, RULE, month_sheet
from transition.pages.overview import overview
from transition.pages.parts import month_parts
from transition.pages.plan import plan_page
from transition.pages.report import report_of
from transition.queries.lists import plan_of
from transition.queries.months import ledger
from transition.reached import open_for, plan_seen, plan_with_figures, unit_with


@member(can="transition.figures")
@require_safe
def transitions(request: AgencyRequest) -> HttpResponse:
    """How much of each unit's support has moved, this month."""
    return TemplateResponse(request, "transition/transitions.html", overview(request.seat))


@member(can="transition.view")
@require_http_methods(["GET", "HEAD", "POST"])
def transition(request: AgencyRequest, pk: int) -> HttpResponse:
    """A unit's transition: this month, its waves, its months; a POST begins it."""
    seat, unit = request.seat, unit_with(request.seat, pk, "transition.view")
    plan, form = plan_of(pk, request.GET.get("plan", "")), None
    if plan is None and "plan" in request.GET:
        raise Http404
    if plan is None or (plan.ended_at is not None and "plan" not in request.GET):
        form = StartForm(request.POST or None, seat=seat, unit_id=pk)
    if request.method == "POST":
        open_for(seat, pk, "transition.plan")
        if form is None:
            return redirect("transition", seat.agency.slug, pk)
        if form.is_valid():
            with shown_on(form):
                operations.start_plan(agency=seat.agency, actor=request.user, unit=unit, **form.cleaned_data)
            if not form.errors:
                toast(request, _("The transition has begun. Plan the first wave."))
                return redirect("transition", seat.agency.slug, pk)
    if plan is not None and wants_file(request):
        months = ledger(seat.agency, [plan])
        return download(request, "transition by month", lambda: month_sheet(plan.pk, months))
    context: dict[str, Any] = {"unit": unit, "tabs": tabs(seat, pk, "transition"), "rule": RULE, "columns": COLUMNS}
    if plan is not None:
        context |= plan_page(seat, plan, withheld=unit.is_withheld) | {"export_links": export_links(request)}
    if form is not None and unit.is_at_work and not unit.is_withheld and seat.can("transition.plan", pk):
        context["form"] = form
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "transition/transition.html", context, status=status)


@member(can="transition.figures")
@require_POST
def transition_report(request: AgencyRequest, pk: int) -> HttpResponse:
    """Have the report made; the job's page shows how far it is and hands it out."""
    seat, plan = request.seat, plan_with_figures(request.seat, pk)
    report = report_of(seat, plan, unit_with(seat, plan.unit_id, "transition.figures"))
    job = operations.start_report(agency=seat.agency, actor=request.user, plan=plan, names=report.names)
    return redirect("job", seat.agency.slug, job.pk)


@member(can="transition.plan")
@require_http_methods(["GET", "HEAD", "POST"])
def transition_end(request: AgencyRequest, pk: int) -> HttpResponse:
    """The transition is over."""
    seat, plan = request.seat, plan_seen(request.seat, pk, "transition.plan")
    unit = open_for(seat, plan.unit_id, "transition.plan")
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            operations.end_plan(agency=seat.agency, actor=request.user, plan=plan, **form.cleaned_data)
        if not form.errors:
            toast(request, _("The transition has ended. Its months stay readable."))
            return redirect("transition", seat.agency.slug, plan.unit_id)
    context = {"form": form, "unit": unit, "plan": plan}
    return TemplateResponse(request, "transition/end.html", context, status=422 if form.errors else 200)


@member(can="transition.guarantee")
@require_http_methods(["GET", "HEAD", "POST"])
def guarantee_add(request: AgencyRequest, pk: int, account: int) -> HttpResponse:
    """Write down how an affected worker is paid meanwhile."""
    seat, plan = request.seat, plan_seen(request.seat, pk, "transition.guarantee")
    unit = open_for(seat, plan.unit_id, "transition.guarantee")
    found = get_object_or_404(Designation.objects.seen_by(seat), pk=account)
    form = GuaranteeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            given = form.cleaned_data
            operations.guarantee(agency=seat.agency, actor=request.user, plan=plan, account=found, **given)
        if not form.errors:
            toast(request, _("Written down."))
            return redirect("transition", seat.agency.slug, plan.unit_id)
    context = {"form": form, "unit": unit, "account": found}
    return TemplateResponse(request, "transition/guarantee.html", context, status=422 if form.errors else 200)


@member(can="transition.view")
@require_safe
def transition_month(request: AgencyRequest, pk: int, year: int, month: int) -> HttpResponse:
    """The commitments behind a figure of the month ledger."""
    seat, plan = request.seat, plan_seen(request.seat, pk)
    unit = unit_with(seat, plan.unit_id, "transition.view")
    asked = asked_month(year, month, seat.agency.today())
    currency, part = request.GET.get("currency", ""), part_of(request)
    shown = month_parts(seat, plan, asked, currency, part, withheld=unit.is_withheld)
    context = {"unit": unit, "plan": plan, "rule": RULE, **shown}
    return TemplateResponse(request, "transition/month.html", context)


def asked_month(year: int, month: int, today: date) -> date:
    """The month in the address; 404 where there is none yet."""
    try:
        asked = date(year, month, 1)
    except (ValueError, OverflowError):
        raise Http404 from None
    if asked > today:
        raise Http404
    return asked


def part_of(request: AgencyRequest) -> str:
    """The part of the sum in the address, "" for all."""
    asked = request.GET.get("part", "")
    return asked if asked in COLUMNS else ""
