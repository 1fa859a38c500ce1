"""One partner of a hand-over."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from handover import operations
from handover.forms import IntroducedForm
from handover.pages.case import passing_page
from handover.reached import last_act, passing_seen


@member(can="handover.view")
@require_safe
def passing(request: AgencyRequest, pk: int) -> HttpResponse:
    """What was done, what may be done, what became of the giving."""
    return passing_answer(request, passing_seen(request.seat, pk))


def passing_answer(request: AgencyRequest, found: Any, form: Any = None) -> HttpResponse:
    """The page, with a form as it was sent."""
    shown = passing_page(request.seat, found)
    if shown["may_introduce"]:
        shown["introduced_form"] = form or IntroducedForm(initial={"on": request.seat.agency.today()})
    shown["form"] = form
    return TemplateResponse(request, "handover/passing.html", shown, status=422 if form else 200)


@member(can="handover.pass")
@require_POST
def passing_introduced(request: AgencyRequest, pk: int) -> HttpResponse:
    """The partner met the new holder."""
    seat, found = request.seat, passing_seen(request.seat, pk, "handover.pass")
    form = IntroducedForm(request.POST)
    if form.is_valid():
        with shown_on(form):
            act: dict[str, Any] = {"agency": seat.agency, "actor": request.user, "case": found.case}
            operations.note_introduced(**act, passing=found, **form.cleaned_data)
    if form.errors:
        return passing_answer(request, found, form)
    toast(request, _("Noted."))
    return redirect("passing", seat.agency.slug, pk)


@member(can="handover.pass")
@require_POST
def passing_take_back(request: AgencyRequest, pk: int, act: int) -> HttpResponse:
    """What was done last was a slip."""
    seat, found = request.seat, passing_seen(request.seat, pk, "handover.pass")
    slip = last_act(found, act)
    operations.take_back_act(agency=seat.agency, actor=request.user, case=found.case, act=slip)
    toast(request, _("Taken back."))
    return redirect("passing", seat.agency.slug, pk)
