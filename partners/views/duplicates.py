"""Who may be one partner under two records: the list, looking again, and saying that they are not."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.days import day_in_words
from core.toasts import toast
from partners import operations
from partners.forms.merges import SCORES, DuplicateFilter
from partners.models import DuplicateCandidate, NotSame, Partner
from partners.pages.duplicates import apart_row, candidate_row
from partners.queries.duplicates import candidates_wanted, decisions_seen, mergeable
from partners.queries.looking import last_look

PAGE = 50


def tabs(request: AgencyRequest, current: str) -> list[dict[str, Any]]:
    """The lists beside each other."""
    slug = request.seat.agency.slug
    named = ((_("May be the same"), "duplicates"), (_("Not the same"), "duplicates_apart"))
    return [
        {"label": label, "url": reverse(name, args=[slug]), "current": name == current, "count": None}
        for label, name in named
    ]


@member(can="partners.merge")
@require_safe
def duplicates(request: AgencyRequest) -> HttpResponse:
    """Pairs of records that may be one partner, the surest first, with the reasons."""
    seat, form = request.seat, DuplicateFilter(request.GET)
    fits = form.is_valid()
    found = candidates_wanted(seat, **wanted(form.cleaned_data)) if fits else DuplicateCandidate.objects.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    one = seen_partner(request, form.cleaned_data.get("partner")) if fits else None
    looked = last_look()
    context = {
        "form": form,
        "page": page,
        "rows": [candidate_row(seat.agency, each) for each in page],
        "filtered": any(request.GET.get(name) for name in form.fields),
        "one": one.name if one else "",
        "looked": day_in_words(seat.agency, looked) if looked else "",
        "tabs": tabs(request, "duplicates"),
    }
    return TemplateResponse(request, "partners/duplicates.html", context, status=422 if form.errors else 200)


def wanted(asked: dict[str, Any]) -> dict[str, Any]:
    """What the list is filtered by, as the query takes it."""
    return {
        "scores": SCORES.get(asked["certainty"]),
        "reason": asked["reason"],
        "q": asked["q"].strip(),
        "partner": asked["partner"],
    }


def seen_partner(request: AgencyRequest, pk: int | None) -> Partner | None:
    """The partner of the filter, as far as the reader may know it."""
    found: Partner | None = mergeable(request.seat).filter(pk=pk).first() if pk else None
    return found


@member(can="partners.merge")
@require_POST
def duplicates_look(request: AgencyRequest) -> HttpResponse:
    """Look through the whole agency now, in the background; one look at a time."""
    job = operations.start_looking(agency=request.seat.agency, actor=request.user)
    return redirect("job", request.seat.agency.slug, job.pk)


@member(can="partners.merge")
@require_safe
def duplicates_apart(request: AgencyRequest) -> HttpResponse:
    """Who was said not to be the same, and taking that back."""
    page = Paginator(decisions_seen(request.seat), PAGE).get_page(request.GET.get("page"))
    rows = [apart_row(request.seat.agency, each) for each in page]
    context = {"page": page, "rows": rows, "tabs": tabs(request, "duplicates_apart")}
    return TemplateResponse(request, "partners/duplicates_apart.html", context)


@member(can="partners.merge")
@require_POST
def keep_apart(request: AgencyRequest) -> HttpResponse:
    """Say that two records are not the same partner. Who names none is led to the list."""
    if not {"one", "two"} <= request.POST.keys():
        return redirect("duplicates", request.seat.agency.slug)
    one, two = (chosen(request, name) for name in ("one", "two"))
    made = operations.keep_apart(agency=request.seat.agency, actor=request.user, one=one, two=two)
    slug = request.seat.agency.slug
    toast(request, _("Kept apart."), undo_url=reverse("keep_apart_end", args=[slug, made.pk]))
    return redirect("duplicates", slug)


def chosen(request: AgencyRequest, name: str) -> Partner:
    """A partner of the form whom the reader may merge; 404 for others, whether they exist or not."""
    text = request.POST.get(name, "")
    if not (text.isascii() and text.isdigit()):
        raise Http404
    found: Partner = get_object_or_404(mergeable(request.seat), pk=int(text[:18]))
    return found


@member(can="partners.merge")
@require_POST
def keep_apart_end(request: AgencyRequest, pk: int) -> HttpResponse:
    """Two may be the same after all."""
    found: NotSame = get_object_or_404(decisions_seen(request.seat), pk=pk)
    operations.end_keeping_apart(agency=request.seat.agency, actor=request.user, decision=found)
    toast(request, _("They may be proposed again."))
    return redirect("duplicates", request.seat.agency.slug)
