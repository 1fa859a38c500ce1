"""Lines in suspense: assigning them to a designation, and taking that back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from imports.giving_tabs import giving_tabs
from partners.forms.suspense import AssignForm, TakeBackForm
from partners.models import GiftLine
from partners.operations import assign_line, take_back_assignment
from partners.pages.suspense import line_in_suspense
from partners.views.gift_entry import status_of


@member(can="gifts.record")
@require_http_methods(["GET", "POST"])
def line_assign(request: AgencyRequest, pk: int) -> HttpResponse:
    """Bring the money of a line in suspense to a designation."""
    agency, line = request.seat.agency, line_at(request, pk)
    form = AssignForm(request.POST or None, seat=request.seat)
    if form.is_valid():
        with shown_on(form):
            assign_line(agency=agency, actor=request.user, line=line, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Assigned. The money stands on the designation now."))
            return redirect("gift", agency.slug, line.gift_id)
    return line_page(request, line, form, "partners/line_assign.html")


@member(can="gifts.record")
@require_http_methods(["GET", "POST"])
def line_take_back(request: AgencyRequest, pk: int) -> HttpResponse:
    """Put a line that was assigned back into suspense."""
    agency, line = request.seat.agency, line_at(request, pk)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            take_back_assignment(agency=agency, actor=request.user, line=line, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Taken back. The money waits in suspense again."))
            return redirect("gift", agency.slug, line.gift_id)
    return line_page(request, line, form, "partners/line_take_back.html")


def line_at(request: AgencyRequest, pk: int) -> Any:
    """A line that still counts."""
    return get_object_or_404(GiftLine.objects.seen_by(request.seat).standing().select_related("gift"), pk=pk)


def line_page(request: AgencyRequest, line: Any, form: Any, template: str) -> HttpResponse:
    """The form below what there is to know about the line."""
    context = {
        "line": line,
        "facts": line_in_suspense(request.seat, line),
        "form": form,
        "tabs": giving_tabs(request.seat, "reviews"),
    }
    return TemplateResponse(request, template, context, status=status_of(form))
