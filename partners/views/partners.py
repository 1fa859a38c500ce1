"""Partners: the list, one record, adding and changing."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AgencyRequest, member
from core import slots
from core.refusals import shown_on
from core.toasts import toast
from partners import operations
from partners.forms.lists import PartnerFilter
from partners.forms.partners import AddPartnerForm, PartnerForm
from partners.models import Partner
from partners.models.partner import names_are_closed
from partners.pages import partner_list
from partners.pages.care import proposal_card
from partners.pages.chips import partner_chips
from partners.pages.partner import record
from partners.queries.partners import ordered, partners_wanted
from partners.saved_lists import bar
from partners.views import list_files

PAGE = 50


@member(can="partners.view")
@require_safe
def partners(request: AgencyRequest) -> HttpResponse:
    """The partners that the reader may see, by filter and order; `?export=` gives the same as a file."""
    seat, sort = request.seat, request.GET.get("sort", "name")
    form = PartnerFilter(request.GET, seat=seat)
    fits = form.is_valid()
    found = ordered(seat, partners_wanted(seat, form.wanted()) if fits else Partner.objects.none(), sort)
    if fits and list_files.is_asked(request, "partners"):
        return list_files.as_file(request, "partners")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "chips": partner_chips(request, form),
        "page": page,
        "rows": partner_list.partner_rows(seat, list(page)),
        "amounts": seat.can("partners.amounts"),
        "export_links": list_files.links(request, "partners"),
        "names_are_closed": names_are_closed(seat),
        "saved": bar(request, "partners", form) if fits else None,
    }
    return TemplateResponse(request, "partners/partners.html", context, status=422 if form.errors else 200)


def partner_or_404(request: AgencyRequest, pk: int) -> Partner:
    """A partner that the reader may see."""
    found: Partner = get_object_or_404(Partner.objects.seen_by(request.seat), pk=pk)
    return found


@member(can="partners.view")
@require_safe
def partner(request: AgencyRequest, pk: int) -> HttpResponse:
    """One partner: names, ways to reach, numbers, gifts, promises, totals, and what was done to the record. Who was
    merged into another is found there.
    """
    try:
        found = partner_or_404(request, pk)
    except Http404:
        survivor = get_object_or_404(Partner.objects.seen_by(request.seat), merged=pk)
        toast(request, _("That record was merged into this one."))
        return redirect("partner", request.seat.agency.slug, survivor.pk)
    proposal = proposal_card(request.seat, found, request.GET.get("contact", ""))
    context = {
        **record(request.seat, found),
        "proposal": proposal,
        "aside": slots.render("partner-aside", request, partner=found),
    }
    return TemplateResponse(request, "partners/partner.html", context)


@member(can="partners.view")
@require_safe
def partner_panel(request: AgencyRequest, pk: int) -> HttpResponse:
    """The first part of a record beside the list: what one needs before a call, what is to do, the log. By itself it is
    the whole record.
    """
    found = partner_or_404(request, pk)
    if not request.headers.get("HX-Request"):
        return redirect("partner", request.seat.agency.slug, pk)
    return TemplateResponse(request, "partners/_panel.html", record(request.seat, found))


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def partner_add(request: AgencyRequest) -> HttpResponse:
    """Add a partner."""
    agency = request.seat.agency
    form = AddPartnerForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            made = operations.add_partner(agency=agency, actor=request.user, **form.arguments())
        if not form.errors:
            toast(request, _("Partner added."))
            return redirect("partner", agency.slug, made.pk)
    context = {"form": form}
    return TemplateResponse(request, "partners/partner_add.html", context, status=422 if form.errors else 200)


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def partner_edit(request: AgencyRequest, pk: int) -> HttpResponse:
    """Change names, language, church, note."""
    found = partner_or_404(request, pk)
    form = PartnerForm(request.POST or None, initial=as_typed(found))
    if form.is_valid():
        with shown_on(form):
            operations.update_partner(
                agency=request.seat.agency, actor=request.user, partner=found, **form.cleaned_data
            )
        if not form.errors:
            toast(request, _("Partner saved."))
            return redirect("partner", request.seat.agency.slug, pk)
        found.refresh_from_db()
    context = {"form": form, "partner": found}
    return TemplateResponse(request, "partners/partner_edit.html", context, status=422 if form.errors else 200)


def as_typed(partner: Partner) -> dict[str, Any]:
    """The record as the form shows it."""
    said = {name: getattr(partner, name) for name in PartnerForm.base_fields if name != "day_unknown"}
    return said if partner.death_day_known else {**said, "deceased_on": None, "day_unknown": True}
