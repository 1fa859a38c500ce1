"""The queue of gift lines that wait for a person."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from imports.giving_tabs import giving_tabs
from partners.forms.reviews import ReviewFilter, SettleForm
from partners.models import ReviewItem
from partners.operations import settle_review
from partners.pages.reviews import review_items, review_page, review_rows, with_lines

PAGE = 50


@member(can="gifts.record")
@require_safe
def reviews(request: AgencyRequest) -> HttpResponse:
    """Held lines with their reason; also those that were settled, with the outcome."""
    form = ReviewFilter(request.GET)
    fits = form.is_valid()
    settled, reason = (form.cleaned_data["settled"], form.cleaned_data["reason"]) if fits else (False, "")
    found = review_items(request.seat, settled=settled, reason=reason)
    page = Paginator(found if fits else found.none(), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "settled": settled,
        "filtered": bool(reason or settled),
        "page": page,
        "rows": review_rows(request.seat.agency, page),
        "tabs": giving_tabs(request.seat, "reviews"),
    }
    return TemplateResponse(request, "partners/reviews.html", context, status=422 if form.errors else 200)


@member(can="gifts.record")
@require_http_methods(["GET", "POST"])
def review(request: AgencyRequest, pk: int) -> HttpResponse:
    """One held line with the row as it came; settle it with an outcome."""
    agency = request.seat.agency
    item = get_object_or_404(with_lines(request.seat, ReviewItem.objects.all()), pk=pk)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            settle_review(agency=agency, actor=request.user, item=item, outcome=form.cleaned_data["outcome"])
        if not form.errors:
            toast(request, _("Settled."))
            return redirect("reviews", agency.slug)
    context = {**review_page(request.seat, item), "form": form, "tabs": giving_tabs(request.seat, "reviews")}
    return TemplateResponse(request, "partners/review.html", context, status=422 if form.errors else 200)
