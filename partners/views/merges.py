"""Records side by side, merging them, and taking a merge back."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from agencies.idempotency import once
from core.refusals import shown_on
from core.toasts import toast
from partners import operations
from partners.forms.merges import ChoosePartnerForm, MergePartnersForm, UndoMergeForm
from partners.models import Merge, Partner
from partners.operations.merging import MOST, decided_apart
from partners.pages.comparing import heads, sections
from partners.pages.duplicates import compare_url
from partners.pages.relations import others_answering
from partners.pages.undoing import what_comes_back
from partners.queries.duplicates import mergeable, merges_seen


def chosen(request: AgencyRequest) -> list[Partner]:
    """The records that the address names, in its order; 404 when one of them is not among those that the reader may
    merge.
    """
    said = list(dict.fromkeys(request.GET.getlist("partner")))
    if not 0 < len(said) <= MOST or not all(each.isascii() and each.isdigit() for each in said):
        raise Http404
    found = mergeable(request.seat).in_bulk([int(each[:18]) for each in said])
    if len(found) < len(said):
        raise Http404
    return [found[int(each)] for each in said]


@member(can="partners.merge")
@require_http_methods(["GET", "POST"])
def partners_compare(request: AgencyRequest) -> HttpResponse:
    """Two to four records side by side (`?partner=1&partner=2`): choose what stays, and merge them. With one record
    the other is found first, with none one chooses from the list of duplicates.
    """
    if "partner" not in request.GET:
        return redirect("duplicates", request.seat.agency.slug)
    partners = chosen(request)
    if len(partners) == 1:
        return find_other(request, partners[0])
    begin = {"survivor": partners[0].pk, "key": uuid4().hex}
    form = MergePartnersForm(request.POST or None, partners=partners, initial=begin)
    if form.is_valid():
        with shown_on(form):
            merge_ids = merged(request, form)
        if not form.errors:
            slug, last = request.seat.agency.slug, merge_ids[-1]
            undo_url = reverse("merge_undo", args=[slug, last]) if len(merge_ids) == 1 else ""
            toast(request, _("Merged."), undo_url=undo_url)
            return redirect("partner", slug, form.cleaned_data["survivor"])
    context = {
        "form": form,
        "heads": heads(request.seat.agency, partners, form),
        "sections": sections(request.seat, partners, form),
        "columns": len(partners) + 1,
        "apart": decided_apart([each.pk for each in partners]),
        "one": partners[0],
        "two": partners[1] if len(partners) == 2 else None,
    }
    return TemplateResponse(request, "partners/partners_compare.html", context, status=422 if form.errors else 200)


def merged(request: AgencyRequest, form: MergePartnersForm) -> list[int]:
    """Merge what the form says, once for each form; return the numbers of the merges."""
    agency, said = request.seat.agency, form.arguments()
    content = {**form.cleaned_data, "partners": sorted(form.partners)}

    def effect() -> dict[str, Any]:
        made = operations.merge_partners(agency=agency, actor=request.user, **said)
        return {"merges": [merge.pk for merge in made]}

    kept = once(agency=agency, endpoint="partners_merge", key=form.cleaned_data["key"], content=content, effect=effect)
    found: list[int] = kept["merges"]
    return found


def find_other(request: AgencyRequest, partner: Partner) -> HttpResponse:
    """The page on which the other record is found."""
    q = request.GET.get("q", "").strip()[:100]
    found, more = others_answering(request.seat, partner, q) if q else ([], False)
    agency = request.seat.agency
    rows = [(each, compare_url(agency, partner.pk, each.pk)) for each in found]
    context = {"form": ChoosePartnerForm(request.GET if q else None), "partner": partner, "q": q}
    return TemplateResponse(request, "partners/find_record.html", {**context, "rows": rows, "more": more})


@member(can="partners.merge")
@require_http_methods(["GET", "POST"])
def merge_undo(request: AgencyRequest, pk: int) -> HttpResponse:
    """Two records again: what each gets back is said first."""
    seat = request.seat
    found: Merge = get_object_or_404(merges_seen(seat), pk=pk)
    form = UndoMergeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with shown_on(form):
            operations.undo_merge(agency=seat.agency, actor=request.user, merge=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Two records again."))
            return redirect("partner", seat.agency.slug, found.loser_id)
    context = {"form": form, **what_comes_back(seat, found)}
    return TemplateResponse(request, "partners/merge_undo.html", context, status=422 if form.errors else 200)
