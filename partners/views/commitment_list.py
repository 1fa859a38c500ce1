"""Commitments: the list with its buckets, one of them, and what is expected in a month."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from agencies.seats import Seat
from imports.giving_tabs import giving_tabs
from partners.forms.commitment_lists import CommitmentFilter
from partners.models import Commitment
from partners.pages import commitment_list, expected
from partners.pages.commitment import commitment_page
from partners.pages.commitment_list import late_tabs
from partners.queries.commitments import commitments_wanted, ordered
from partners.queries.expected import Brought, standings_and_expected
from partners.queries.fulfilment import counts
from partners.saved_lists import bar
from partners.views import list_files

PAGE = 50


@member(can="partners.care")
@require_safe
def commitments(request: AgencyRequest) -> HttpResponse:
    """The commitments whose amounts the reader may see, by filter and bucket, the latest first; also as a file."""
    seat = request.seat
    form = CommitmentFilter(request.GET, seat=seat)
    if not form.is_valid():
        context = {"form": form, "tabs": giving_tabs(seat, "commitments")}
        return TemplateResponse(request, "partners/commitments.html", context, status=422)
    if list_files.is_asked(request, "commitments"):
        return list_files.as_file(request, "commitments")
    wanted = form.wanted()
    found = commitments_wanted(seat, wanted)
    month = expected.month_of(seat, "")
    standing, brought = standings_and_expected(seat.agency, found, month, expected.month_end(month))
    ids = ordered(found, standing, wanted.late, request.GET.get("sort", "-late"))
    page = Paginator(ids, PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, form),
        "saved": bar(request, "commitments", form),
        "page": page,
        "rows": commitment_list.commitment_rows(seat, in_order(found, list(page)), standing),
        "late_tabs": late_tabs(request.GET, wanted.late, counts(standing)),
        "tiles": tiles(seat, brought),
    }
    return TemplateResponse(request, "partners/commitments.html", context)


def frame(request: AgencyRequest, form: CommitmentFilter) -> dict[str, Any]:
    """What stands around the rows."""
    return {
        "form": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "export_links": list_files.links(request, "commitments"),
        "tabs": giving_tabs(request.seat, "commitments"),
        "is_live": request.seat.agency.live_on is not None,
        "may_set": request.seat.can("go_live.sign"),
    }


def in_order(found: Any, ids: list[int]) -> list[Any]:
    """The rows of a page in the order of their ids. One query."""
    rows = found.select_related("giving_unit", "designation").in_bulk(ids)
    return [rows[pk] for pk in ids]


def tiles(seat: Seat, brought: Iterable[Brought]) -> list[dict[str, str]]:
    """What the commitments of the filter bring this month, a currency each, leading to what it is made of."""
    url = reverse("commitments_expected", args=[seat.agency.slug])
    words = _("%(received)s received, %(likely)s likely, %(possible)s possible")
    return [
        {"label": _("Expected this month"), "value": each.total, "meta": words % vars(each), "url": url}
        for each in expected.totals(seat.agency, brought)
    ]


@member(can="partners.care")
@require_safe
def commitment(request: AgencyRequest, pk: int) -> HttpResponse:
    """One commitment: how it stands, its history, the gifts that count for it, events."""
    seat = request.seat
    seen = Commitment.objects.seen_by(seat).named_for(seat).select_related("giving_unit", "designation")
    context = {**commitment_page(seat, get_object_or_404(seen, pk=pk)), "tabs": giving_tabs(seat, "commitments")}
    return TemplateResponse(request, "partners/commitment.html", context)


@member(can="partners.care")
@require_safe
def commitments_expected(request: AgencyRequest) -> HttpResponse:
    """What the commitments bring in a month: received, likely, possible; `?month=2026-12`, `?by=unit`."""
    seat, by = request.seat, request.GET.get("by", "")
    by = by if by in (expected.BY_DESIGNATION, expected.BY_UNIT) else expected.BY_DESIGNATION
    month = expected.month_of(seat, request.GET.get("month", ""))
    found = expected.figures(seat, expected.seen_promises(seat), month)
    context = {
        "rows": expected.expected_rows(seat, found, by),
        "totals": expected.totals(seat.agency, found),
        "month": expected.month_in_words(seat.agency, month),
        "months": expected.month_links(seat.agency, month, by),
        "by_tabs": expected.by_tabs(seat.agency, month, by),
        "by_unit": by == expected.BY_UNIT,
        "unit_word": seat.agency.unit_word,
        "tabs": giving_tabs(seat, "commitments"),
    }
    return TemplateResponse(request, "partners/commitments_expected.html", context)
