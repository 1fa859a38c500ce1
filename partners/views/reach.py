"""Ways to reach a partner, and numbers of other systems."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from partners import operations
from partners.forms.partners import AddressForm, EmailForm, NumberForm, PhoneForm
from partners.models import Address, EmailAddress, Partner, Phone
from partners.views.partners import partner_or_404


class Kind(NamedTuple):
    """How one kind of way is added."""

    title: Any
    form: type[forms.Form]
    add: Callable[..., Any]


KINDS = {
    "email": Kind(gettext_lazy("Add e-mail"), EmailForm, operations.add_email),
    "phone": Kind(gettext_lazy("Add phone"), PhoneForm, operations.add_phone),
    "address": Kind(gettext_lazy("Add address"), AddressForm, operations.add_address),
    "number": Kind(gettext_lazy("Add number"), NumberForm, operations.add_number),
}
MODELS: dict[str, type[EmailAddress | Phone | Address]] = {"email": EmailAddress, "phone": Phone, "address": Address}


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def reach_add(request: AgencyRequest, pk: int, what: str) -> HttpResponse:
    """Add an e-mail address, a telephone number, a postal address, or a number of another system."""
    partner = partner_or_404(request, pk)
    if what not in KINDS:
        raise Http404
    kind = KINDS[what]
    form = kind.form(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            kind.add(agency=request.seat.agency, actor=request.user, partner=partner, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Added."))
            return redirect("partner", request.seat.agency.slug, pk)
    context = {"form": form, "partner": partner, "title": kind.title}
    return TemplateResponse(request, "partners/reach_add.html", context, status=422 if form.errors else 200)


def way_or_404(request: AgencyRequest, pk: int, what: str, way: int) -> EmailAddress | Phone | Address:
    """A way to reach a partner that the reader may see."""
    if what not in MODELS:
        raise Http404
    seen = Partner.objects.seen_by(request.seat).filter(pk=pk)
    found: EmailAddress | Phone | Address = get_object_or_404(MODELS[what].objects, pk=way, partner__in=seen)
    return found


@member(can="partners.edit")
@require_POST
def reach_end(request: AgencyRequest, pk: int, what: str, way: int) -> HttpResponse:
    """Say that a way no longer reaches the partner."""
    slug = request.seat.agency.slug
    operations.end_way(agency=request.seat.agency, actor=request.user, way=way_or_404(request, pk, what, way))
    undo = reverse("reach_restore", args=[slug, pk, what, way])
    toast(request, _("Marked as no longer valid."), undo_url=undo)
    return redirect("partner", slug, pk)


@member(can="partners.edit")
@require_POST
def reach_restore(request: AgencyRequest, pk: int, what: str, way: int) -> HttpResponse:
    """Take that back."""
    operations.restore_way(agency=request.seat.agency, actor=request.user, way=way_or_404(request, pk, what, way))
    return redirect("partner", request.seat.agency.slug, pk)
