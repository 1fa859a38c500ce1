"""Gifts of a giver whom nobody knew: saying whose they are, and taking that back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from imports.giving_tabs import giving_tabs
from partners.forms.unidentified import AssignGiverForm, TakeGiverBackForm
from partners.models import Gift, GiverAssignment
from partners.operations import assign_giver, take_back_giver
from partners.operations.unidentified import GiverKnown
from partners.pages.unidentified import act_shown, gifts_shown
from partners.views.gift_entry import chosen_giver, find_giver, posted_giver, status_of


@member(can="gifts.record")
@require_http_methods(["GET", "POST"])
def giver_assign(request: AgencyRequest, pk: int) -> HttpResponse:
    """Say who gave a gift and all that came under the same number: first who it was, then why."""
    agency = request.seat.agency
    gift = get_object_or_404(Gift.objects.seen_by(request.seat).standing().select_related("giving_unit"), pk=pk)
    if not gift.giving_unit.is_unidentified:
        if request.method == "POST":
            raise GiverKnown
        toast(request, _("The giver of this gift is known already."))
        return redirect("gift", agency.slug, gift.pk)
    giver = chosen_giver(request)
    if request.method == "GET" and (giver is None or giver.is_unidentified):
        return find_giver(request, _("Say whose gifts they are"), may_be_unknown=False)
    form = AssignGiverForm(request.POST or None, initial={"giving_unit": giver and giver.pk})
    if form.is_valid():
        with shown_on(form):
            assign_giver(agency=agency, actor=request.user, gift=gift, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Assigned. The gifts are theirs from today on."))
            return redirect("gift", agency.slug, gift.pk)
    context = {
        **gifts_shown(request.seat, gift),
        "giver": posted_giver(form),
        "form": form,
        "tabs": giving_tabs(request.seat, "reviews"),
    }
    return TemplateResponse(request, "partners/giver_assign.html", context, status=status_of(form))


@member(can="gifts.record")
@require_http_methods(["GET", "POST"])
def giver_take_back(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take back who was said to have given, of all gifts of the same act."""
    agency = request.seat.agency
    found = get_object_or_404(GiverAssignment.objects.select_related("giving_unit"), pk=pk)
    form = TakeGiverBackForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            take_back_giver(agency=agency, actor=request.user, assignment=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Taken back. Nobody is known as their giver again."))
            return redirect("gift", agency.slug, found.gift_id)
    context = {
        "facts": act_shown(request.seat, found),
        "gift": found.gift_id,
        "form": form,
        "tabs": giving_tabs(request.seat, "reviews"),
    }
    return TemplateResponse(request, "partners/giver_take_back.html", context, status=status_of(form))
