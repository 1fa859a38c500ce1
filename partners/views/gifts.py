"""Gifts: the list, the lines behind a total, one gift."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from imports.giving_tabs import giving_tabs
from partners.forms.lists import GiftFilter
from partners.models import Gift
from partners.pages import gift_list
from partners.pages.chips import chips
from partners.pages.gift import gift_page
from partners.queries.gifts import Total, gifts_wanted, how_many, lines_wanted, totals, with_lines
from partners.saved_lists import bar
from partners.views import list_files

PAGE = 50


@member(can="gifts.view")
@require_safe
def gifts(request: AgencyRequest) -> HttpResponse:
    """The gifts that the reader may see, by filter and order, with totals of those that stand; also as a file."""
    seat, sort = request.seat, request.GET.get("sort", "-date")
    form = GiftFilter(request.GET, seat=seat)
    if not form.is_valid():
        return TemplateResponse(request, "partners/gifts.html", frame(request, form), status=422)
    wanted = form.wanted()
    found = with_lines(seat, wanted, gifts_wanted(seat, wanted, sort))
    if list_files.is_asked(request, "gifts"):
        return list_files.as_file(request, "gifts")
    sums, pages = totals(seat, wanted), Paginator(found, PAGE)
    pages.count = how_many(seat, wanted, sums)
    page = pages.get_page(request.GET.get("page"))
    context = {
        **frame(request, form),
        "saved": bar(request, "gifts", form),
        "page": page,
        "rows": gift_list.gift_rows(seat, page),
        "totals": [total_shown(request, each) for each in sums],
    }
    return TemplateResponse(request, "partners/gifts.html", context)


def frame(request: AgencyRequest, form: GiftFilter) -> dict[str, Any]:
    """What both lists show around their rows."""
    return {
        "form": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "chips": chips(request, form),
        "export_links": list_files.links(request, "gifts"),
        "gifts_url": with_query(request, "gifts"),
        "tabs": giving_tabs(request.seat, "gifts"),
    }


def with_query(request: AgencyRequest, page: str, **more: str) -> str:
    """The address of a list with the filter of this one."""
    query = request.GET.copy()
    for name in ("page", "sort", "export"):
        query.pop(name, None)
    for name, value in more.items():
        query[name] = value
    return f"{reverse(page, args=[request.seat.agency.slug])}?{query.urlencode()}"


@dataclass(frozen=True)
class TotalShown:
    """The sum of one currency, and the address of the lines behind it."""

    currency: str
    amount: str
    gifts: int
    url: str


def total_shown(request: AgencyRequest, total: Total) -> TotalShown:
    """A total in words."""
    currency = total.amount.currency
    url = with_query(request, "gift_lines", currency=currency)
    return TotalShown(currency, total.amount.format(request.seat.agency.locale), total.gifts, url)


@member(can="gifts.view")
@require_safe
def gift_lines(request: AgencyRequest) -> HttpResponse:
    """The standing lines behind a total of the list, from the same filter."""
    seat = request.seat
    form = GiftFilter(request.GET, seat=seat)
    if not form.is_valid():
        return TemplateResponse(request, "partners/gift_lines.html", frame(request, form), status=422)
    wanted = form.wanted()
    page = Paginator(lines_wanted(seat, wanted), PAGE).get_page(request.GET.get("page"))
    context = {
        **frame(request, form),
        "page": page,
        "rows": gift_list.line_rows(seat.agency, page),
        "totals": [each.amount.format(seat.agency.locale) for each in totals(seat, wanted)],
    }
    return TemplateResponse(request, "partners/gift_lines.html", context)


@member(can="gifts.view")
@require_safe
def gift(request: AgencyRequest, pk: int) -> HttpResponse:
    """One gift: lines, posting, the row of the file as it came, corrections, refunds, what waits for a person."""
    seen = Gift.objects.seen_by(request.seat).named_for(request.seat).annotate(partner_id=F("giving_unit__partner"))
    found = get_object_or_404(seen.select_related("posting", "recorded_by", "batch"), pk=pk)
    context = {**gift_page(request.seat, found), "tabs": giving_tabs(request.seat, "gifts")}
    return TemplateResponse(request, "partners/gift.html", context)
