"""Designations: the list with what each holds, one of them month by month, and the entries of one month."""

from datetime import MAXYEAR, MINYEAR, date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AgencyRequest, member
from core.currencies import EXPONENTS
from core.refusals import shown_on
from core.toasts import toast
from funds import pages
from funds.forms.designations import CloseForm, DesignationFilter, DesignationForm, EditForm
from funds.models import Designation
from funds.operations import close_designation, edit_designation, open_designation
from funds.queries import entries_of, is_posted_to, is_withheld, suspense_balances
from imports.giving_tabs import giving_tabs

PAGE = 50


@member(can="gifts.view")
@require_safe
def designations(request: AgencyRequest) -> HttpResponse:
    """All that the reader may see, with what each holds."""
    seat = request.seat
    form = DesignationFilter(request.GET)
    found = matching(Designation.objects.seen_by(seat), form, seat.agency.today())
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "page": page,
        "rows": pages.designation_rows(seat, list(page)),
        "suspense": pages.formatted(seat.agency, suspense_balances()) if seat.can("gifts.record") else [],
        "tabs": giving_tabs(seat, "designations"),
    }
    return TemplateResponse(request, "funds/designations.html", context, status=422 if form.errors else 200)


def matching(found: Any, form: DesignationFilter, today: date) -> Any:
    """Designations that fit the filter; none when the filter is wrong."""
    if not form.is_valid():
        return found.none()
    wanted = form.cleaned_data
    if wanted["q"]:
        found = found.naming(wanted["q"])
    if wanted["kind"]:
        found = found.filter(kind=wanted["kind"])
    if wanted["state"] == "":
        return found.open_on(today)
    return found.filter(closed_on__lte=today) if wanted["state"] == "closed" else found


@member(can="gifts.view")
@require_safe
def designation(request: AgencyRequest, pk: int) -> HttpResponse:
    """One designation month by month, each currency by itself; every month leads to its entries."""
    found = get_object_or_404(Designation.objects.seen_by(request.seat), pk=pk)
    context = pages.designation_page(request.seat, found)
    return TemplateResponse(request, "funds/designation.html", context)


@member(can="gifts.view")
@require_safe
def designation_month(request: AgencyRequest, pk: int, year: int, month: int, currency: str) -> HttpResponse:
    """The entries behind one month and currency of a designation."""
    found = get_object_or_404(Designation.objects.seen_by(request.seat), pk=pk)
    if currency not in EXPONENTS or not (1 <= month <= 12 and MINYEAR <= year < MAXYEAR):
        raise Http404
    entries = entries_of(found, date(year, month, 1), currency)
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    context = pages.month_page(request.seat, found, date(year, month, 1), currency, page)
    return TemplateResponse(request, "funds/designation_month.html", context)


@member(can="designations.edit")
@require_http_methods(["GET", "POST"])
def designation_add(request: AgencyRequest) -> HttpResponse:
    """Open a designation."""
    agency = request.seat.agency
    form = DesignationForm(request.POST or None, seat=request.seat, initial={"opened_on": agency.today()})
    if form.is_valid():
        with shown_on(form):
            made = open_designation(agency=agency, actor=request.user, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Designation opened."))
            return redirect("designation", agency.slug, made.pk)
    context = {"form": form, "tabs": giving_tabs(request.seat, "designations")}
    return TemplateResponse(request, "funds/designation_add.html", context, status=422 if form.errors else 200)


@member(can="designations.edit")
@require_http_methods(["GET", "POST"])
def designation_edit(request: AgencyRequest, pk: int) -> HttpResponse:
    """Change a designation; once money was posted to it, only its name and the day from which it is open."""
    agency = request.seat.agency
    mine = Designation.objects.seen_by(request.seat).annotate(withheld=is_withheld(request.seat))
    found = get_object_or_404(mine, pk=pk)
    said = {name: getattr(found, name) for name in ("public_name", "kind", "unit", "worker", "opened_on")}
    limits = {"fixed": is_posted_to(found), "withheld": found.withheld}
    form = EditForm(request.POST or None, seat=request.seat, initial=said, **limits)
    if form.is_valid():
        with shown_on(form):
            edit_designation(agency=agency, actor=request.user, designation=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Designation changed."))
            return redirect("designation", agency.slug, pk)
    context = {"form": form, "designation": found, "tabs": giving_tabs(request.seat, "designations")}
    return TemplateResponse(request, "funds/designation_edit.html", context, status=422 if form.errors else 200)


@member(can="designations.edit")
@require_http_methods(["GET", "POST"])
def designation_close(request: AgencyRequest, pk: int) -> HttpResponse:
    """Close a designation from a day on; one that is closed gets another day, or is open again."""
    agency = request.seat.agency
    found = get_object_or_404(Designation.objects.seen_by(request.seat), pk=pk)
    closed = found.closed_on is not None
    form = CloseForm(request.POST or None, closed=closed, initial={"on": found.closed_on or agency.today()})
    if form.is_valid():
        with shown_on(form):
            close_designation(agency=agency, actor=request.user, designation=found, on=form.cleaned_data["on"])
        if not form.errors:
            toast(request, _("Designation closed.") if form.cleaned_data["on"] else _("Designation is open again."))
            return redirect("designation", agency.slug, pk)
    context = {"form": form, "designation": found, "closed": closed, "tabs": giving_tabs(request.seat, "designations")}
    return TemplateResponse(request, "funds/designation_close.html", context, status=422 if form.errors else 200)
