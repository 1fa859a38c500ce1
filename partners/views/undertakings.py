"""Who prays and who promotes, on the record of a partner."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from partners import operations
from partners.forms.undertakings import EndUndertakingForm, UndertakingForm, WithdrawUndertakingForm, WordsForm
from partners.models import Partner
from partners.pages.undertakings import in_words
from partners.reached import cared_partner, open_undertaking


@member(can="partners.care")
@require_http_methods(["GET", "POST"])
def undertaking_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Write down that a partner prays or promotes."""
    seat, partner = request.seat, cared_partner(request.seat, pk)
    initial = {"starts_on": seat.agency.today(), "kind": "pray"}
    form = UndertakingForm(request.POST or None, seat=seat, partner=partner, initial=initial)
    if form.is_valid():
        with shown_on(form):
            given = form.cleaned_data
            made = operations.take_up(agency=seat.agency, actor=request.user, partner=partner, **given)
        if not form.errors:
            undo = reverse("undertaking_withdraw", args=[seat.agency.slug, made.pk])
            toast(request, _("Noted."), undo_url=undo)
            return to_record(request, made.partner_id)
    context = {"form": form, "partner": partner}
    return TemplateResponse(request, "partners/undertaking_add.html", context, status=422 if form.errors else 200)


@member(can="partners.care")
@require_http_methods(["GET", "POST"])
def undertaking_change(request: AgencyRequest, pk: int) -> HttpResponse:
    """What they pray for or how they promote, and how often."""
    seat, found = request.seat, open_undertaking(request.seat, pk)
    form = WordsForm(request.POST or None, initial={"about": found.about, "rhythm": found.rhythm})
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            given = form.cleaned_data
            operations.change_undertaking(agency=seat.agency, actor=request.user, undertaking=found, **given)
        if not form.errors:
            toast(request, _("Changed."))
            return to_record(request, found.partner_id)
    context = {"form": form, "partner": found.partner, "words": in_words(found)}
    return TemplateResponse(request, "partners/undertaking_change.html", context, status=422 if form.errors else 200)


@member(can="partners.care")
@require_http_methods(["GET", "POST"])
def undertaking_end(request: AgencyRequest, pk: int) -> HttpResponse:
    """From a day the partner does so no more."""
    seat, found = request.seat, open_undertaking(request.seat, pk)
    form = EndUndertakingForm(request.POST or None, initial={"on": seat.agency.today()})
    if form.is_valid():
        with shown_on(form):
            given = form.cleaned_data
            operations.end_undertaking(agency=seat.agency, actor=request.user, undertaking=found, **given)
        if not form.errors:
            undo = reverse("undertaking_continue", args=[seat.agency.slug, pk])
            toast(request, _("Ended."), undo_url=undo)
            return to_record(request, found.partner_id)
    context = {"form": form, "partner": found.partner, "words": in_words(found), "undertaking": found}
    return TemplateResponse(request, "partners/undertaking_end.html", context, status=422 if form.errors else 200)


@member(can="partners.care")
@require_POST
def undertaking_continue(request: AgencyRequest, pk: int) -> HttpResponse:
    """It did not end after all."""
    seat, found = request.seat, open_undertaking(request.seat, pk)
    operations.continue_undertaking(agency=seat.agency, actor=request.user, undertaking=found)
    toast(request, _("It goes on as before."))
    return to_record(request, found.partner_id)


@member(can="partners.care")
@require_http_methods(["GET", "POST"])
def undertaking_withdraw(request: AgencyRequest, pk: int) -> HttpResponse:
    """It was never so."""
    seat, found = request.seat, open_undertaking(request.seat, pk)
    form = WithdrawUndertakingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with shown_on(form):
            given = form.cleaned_data
            operations.withdraw_undertaking(agency=seat.agency, actor=request.user, undertaking=found, **given)
        if not form.errors:
            toast(request, _("Taken back."))
            return to_record(request, found.partner_id)
    context = {"form": form, "partner": found.partner, "words": in_words(found)}
    return TemplateResponse(request, "partners/undertaking_withdraw.html", context, status=422 if form.errors else 200)


def to_record(request: AgencyRequest, pk: int) -> HttpResponse:
    """Back to the record; to the list where the partner was known by this alone."""
    slug = request.seat.agency.slug
    is_known = Partner.objects.seen_by(request.seat).filter(pk=pk).exists()
    return redirect("partner", slug, pk) if is_known else redirect("partners", slug)
