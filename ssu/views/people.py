"""A person who serves: how they are called and how guarded."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access import AgencyRequest, member
from agencies.queries.people import another_administrator
from core.form_pages import page_of_form
from core.opened import values_of
from core.refusals import shown_on
from core.toasts import toast
from ssu import operations
from ssu.forms.team import SignInForm, WorkerForm
from ssu.forms.units import LoweringForm
from ssu.models import Discretion, PersonLowering, Worker
from ssu.pages.person import about
from ssu.pages.sign_in import sign_in
from ssu.queries.discretion import open_person_lowering


def worker_at(request: AgencyRequest, pk: int) -> Any:
    """A person who serves here, with `shown_name`."""
    return get_object_or_404(Worker.objects.seen_by(request.seat), pk=pk)


@member(can="units.edit")
def worker_edit(request: AgencyRequest, pk: int) -> HttpResponse:
    """Change how a person is called, and how guarded. A stricter level works at once; a less strict one is asked for
    below.
    """
    found = worker_at(request, pk)
    said = values_of(found, WorkerForm.base_fields, held=bool(request.POST))
    form = WorkerForm(request.POST or None, stands=said, level=found.discretion)
    if form.is_valid():
        with shown_on(form):
            operations.edit_worker(agency=request.seat.agency, actor=request.user, worker=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Saved."))
            return redirect("worker_edit", request.seat.agency.slug, pk)
    return worker_page(request, found, form=form)


@member(can="units.edit")
@require_POST
def person_lowering_ask(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask for a less strict level; another administrator answers."""
    found = worker_at(request, pk)
    form = lowering_form(found, request.POST)
    if form.is_valid():
        with shown_on(form):
            operations.ask_person_lowering(
                agency=request.seat.agency, actor=request.user, worker=found, **form.cleaned_data
            )
    if form.errors:
        return worker_page(request, found, lowering=form)
    toast(request, _("Asked. Another administrator answers."))
    return redirect("worker_edit", request.seat.agency.slug, pk)


@member(can="units.edit")
@require_POST
def person_lowering_answer(request: AgencyRequest, pk: int, person_lowering: int) -> HttpResponse:
    """Agree or decline, by the button that was pressed."""
    found = worker_at(request, pk)
    asked = get_object_or_404(PersonLowering.objects.filter(worker=found.pk), pk=person_lowering)
    agree = request.POST.get("answer") == "agree"
    operations.answer_person_lowering(agency=request.seat.agency, actor=request.user, lowering=asked, agree=agree)
    toast(request, _("The level is lowered.") if agree else _("The level stays as it is."))
    return redirect("worker_edit", request.seat.agency.slug, pk)


@member(can="units.edit")
@require_POST
def spouse_separate(request: AgencyRequest, pk: int, spouse: int) -> HttpResponse:
    """Take back that two people are spouses."""
    one, other = worker_at(request, pk), worker_at(request, spouse)
    operations.separate(agency=request.seat.agency, actor=request.user, one=one, other=other)
    said = _("%(one)s and %(other)s are no longer spouses here.")
    undo = reverse("spouse_join", args=[request.seat.agency.slug, one.pk, other.pk])
    toast(request, said % {"one": one.shown_name, "other": other.shown_name}, undo_url=undo)
    return redirect(page_of_form(request))


@member(can="units.edit")
@require_POST
def spouse_join(request: AgencyRequest, pk: int, spouse: int) -> HttpResponse:
    """Say again that two people are spouses."""
    one, other = worker_at(request, pk), worker_at(request, spouse)
    operations.marry(agency=request.seat.agency, actor=request.user, one=one, other=other)
    toast(request, _("%(one)s and %(other)s are spouses.") % {"one": one.shown_name, "other": other.shown_name})
    return redirect(page_of_form(request))


def lowering_form(worker: Any, data: Any = None) -> LoweringForm:
    """The question for a less strict level."""
    return LoweringForm(data, level=worker.discretion, levels=Discretion.choices, auto_id="lower_%s")


def worker_page(
    request: AgencyRequest,
    found: Any,
    *,
    form: WorkerForm | None = None,
    lowering: LoweringForm | None = None,
    asking: SignInForm | None = None,
) -> HttpResponse:
    """The page of a person, with whichever form was sent."""
    said = values_of(found, WorkerForm.base_fields, held=False)
    wrong: Form | None = next((each for each in (form, lowering, asking) if each is not None and each.errors), None)
    context = {
        "worker": found,
        "worker_form": form or WorkerForm(stands=said, level=found.discretion),
        "form": wrong,
        "lowering_form": lowering or lowering_form(found),
        "sign_in_form": asking or SignInForm(auto_id="sign_in_%s"),
        "sign_in": sign_in(request.seat, found),
        "may_lower": found.discretion != Discretion.OPEN,
        "asked": open_person_lowering(request.seat, found),
        "is_only_administrator": not another_administrator(request.seat),
        **about(request.seat, found),
    }
    return TemplateResponse(request, "ssu/worker.html", context, status=422 if wrong else 200)
