"""Promises: adding, changing, ending, resuming, and taking each back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from partners import operations
from partners.forms.commitments import ChangeForm, CommitmentForm, EndForm
from partners.models import Commitment
from partners.views.partners import partner_or_404


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def commitment_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Record what a partner promised."""
    agency, partner = request.seat.agency, partner_or_404(request, pk)
    initial = {"currency": agency.base_currency, "starts_on": agency.today()}
    form = CommitmentForm(request.POST or None, seat=request.seat, partner=partner, initial=initial)
    if form.is_valid():
        with shown_on(form):
            operations.add_commitment(agency=agency, actor=request.user, **form.arguments())
        if not form.errors:
            toast(request, _("Commitment added."))
            return redirect("partner", agency.slug, pk)
        form.ask()
    context = {"form": form, "partner": partner}
    return TemplateResponse(request, "partners/commitment_add.html", context, status=422 if form.errors else 200)


def seen_commitment(request: AgencyRequest, pk: int) -> Any:
    """One whose amount the reader may see, with `shown_giver`."""
    seen = Commitment.objects.seen_by(request.seat).named_for(request.seat)
    return get_object_or_404(seen.select_related("giving_unit__partner", "designation"), pk=pk)


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def commitment_end(request: AgencyRequest, pk: int) -> HttpResponse:
    """End a promise on a day."""
    agency, found = request.seat.agency, seen_commitment(request, pk)
    initial = {"on": found.ends_on or agency.today(), "reason": found.ended_reason}
    form = EndForm(request.POST or None, initial=initial)
    if form.is_valid():
        planned = found.ends_on is not None
        with shown_on(form):
            operations.end_commitment(agency=agency, actor=request.user, commitment=found, **form.cleaned_data)
        if not form.errors:
            undo = "" if planned else reverse("commitment_reopen", args=[agency.slug, pk])
            toast(request, _("Commitment ended."), undo_url=undo)
            return redirect("commitment", agency.slug, pk)
    context = {"form": form, "commitment": found}
    return TemplateResponse(request, "partners/commitment_end.html", context, status=422 if form.errors else 200)


@member(can="partners.edit")
@require_POST
def commitment_reopen(request: AgencyRequest, pk: int) -> HttpResponse:
    """It does not end after all."""
    agency, found = request.seat.agency, seen_commitment(request, pk)
    operations.reopen_commitment(agency=agency, actor=request.user, commitment=found)
    toast(request, _("The commitment runs again."))
    return redirect("commitment", agency.slug, pk)


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def commitment_change(request: AgencyRequest, pk: int) -> HttpResponse:
    """Another amount or frequency from a day: the old promise ends, a new one follows it."""
    return followed(request, pk, operations.change_commitment, "partners/commitment_change.html")


@member(can="partners.edit")
@require_http_methods(["GET", "POST"])
def commitment_resume(request: AgencyRequest, pk: int) -> HttpResponse:
    """What had ended is promised again from a day."""
    return followed(request, pk, operations.resume_commitment, "partners/commitment_resume.html")


def followed(request: AgencyRequest, pk: int, act: Callable[..., Commitment], page: str) -> HttpResponse:
    """The form of a promise that takes the place of another, and what comes of it."""
    agency, found = request.seat.agency, seen_commitment(request, pk)
    form = ChangeForm(request.POST or None, commitment=found, initial={"starts_on": agency.today()})
    if form.is_valid():
        with shown_on(form):
            made = act(agency=agency, actor=request.user, commitment=found, **form.arguments())
        if not form.errors:
            toast(request, _("Commitment saved."), undo_url=reverse("commitment_undo", args=[agency.slug, made.pk]))
            return redirect("commitment", agency.slug, made.pk)
    context = {"form": form, "commitment": found}
    return TemplateResponse(request, page, context, status=422 if form.errors else 200)


@member(can="partners.edit")
@require_POST
def commitment_undo(request: AgencyRequest, pk: int) -> HttpResponse:
    """The promise before stands again as it was."""
    agency, found = request.seat.agency, seen_commitment(request, pk)
    old = operations.take_back_change(agency=agency, actor=request.user, commitment=found)
    toast(request, _("Taken back. The commitment stands as before."))
    return redirect("commitment", agency.slug, old.pk)
