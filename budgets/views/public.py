"""The public page of a unit, and opening it."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.lookups import agency_by_slug
from agencies.models import Agency
from agencies.scope import Scope, enter
from budgets.public import previewed, public_page, words_before
from budgets.public_forms import PublicPageForm
from budgets.public_showing import shown
from budgets.reached import open_unit_at
from core.access import public
from core.rate import limited
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.models import Discretion, PublicPage
from ssu.queries.gate import gate_of


@public
@require_safe
@limited("public_unit")
def public_unit(request: HttpRequest, agency: str, unit_id: int) -> HttpResponse:
    """What everybody may read of a unit. The answer is the same for everybody, signed in or not, sets no cookie, and is
    asked for anew each time, so that a page that is closed is gone at once.
    """
    request.user = AnonymousUser()
    agency_id = agency_by_slug(agency)
    if agency_id is None:
        raise Http404
    enter(Scope(agency_id=agency_id))
    found = Agency.objects.get(pk=agency_id)
    page = public_page(found, unit_id)
    if page is None:
        raise Http404
    response = TemplateResponse(request, "budgets/public_unit.html", shown(found, page))
    response["Cache-Control"] = "public, no-cache"
    return response


@member(can="pages.open")
@require_http_methods(["GET", "HEAD", "POST"])
def public_page_open(request: AgencyRequest, unit_id: int) -> HttpResponse:
    """The page as everybody would see it, and opening it with words on how to give."""
    seat = request.seat
    unit = open_unit_at(request, unit_id, "pages.open")
    stands = PublicPage.objects.standing().filter(unit=unit.pk).first()
    words = stands.how_to_give if stands else words_before()
    form = PublicPageForm(request.POST or None, initial={"how_to_give": words})
    if form.is_valid() and "look" not in request.POST:
        with shown_on(form):
            operations.open_public_page(agency=seat.agency, actor=request.user, unit=unit, **form.cleaned_data)
        if not form.errors:
            toast(request, _("The page is open to everybody."))
            return redirect("unit_gate", seat.agency.slug, unit.pk)
    page = previewed(seat.agency, unit.pk, form.data.get("how_to_give", words) if form.is_bound else words)
    return TemplateResponse(
        request,
        "budgets/public_preview.html",
        context_of(request, unit, form, page),
        status=422 if form.errors else 200,
    )


def context_of(request: AgencyRequest, unit: Any, form: PublicPageForm, page: Any) -> dict[str, Any]:
    """What the preview shows."""
    seat = request.seat
    gate = gate_of(unit, seat.agency.today())
    is_public = PublicPage.objects.standing().filter(unit=unit.pk).exists()
    context = {
        "unit": unit,
        "form": form,
        "gate_open": gate.is_open,
        "is_public": is_public,
        "may_open": gate.is_open and not is_public and unit.discretion != Discretion.CLOSED and unit.is_at_work,
        "back": reverse("unit_gate", args=[seat.agency.slug, unit.pk]),
    }
    return context | (shown(seat.agency, page) if page else {})


@member(can="pages.open")
@require_POST
def public_page_close(request: AgencyRequest, unit_id: int) -> HttpResponse:
    """Close the page."""
    unit = open_unit_at(request, unit_id, "pages.open")
    operations.close_public_page(agency=request.seat.agency, actor=request.user, unit=unit)
    toast(request, _("The page is closed: it answers nobody."))
    return redirect("unit_gate", request.seat.agency.slug, unit.pk)
