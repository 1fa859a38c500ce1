"""A posting with its entries."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from funds import pages
from funds.models import Posting
from imports.giving_tabs import giving_tabs


@member(can="ledger.view")
@require_safe
def posting(request: AgencyRequest, pk: int) -> HttpResponse:
    """One posting: its entries, what it reverses or what reversed it, and the gift that it rests on."""
    found = get_object_or_404(Posting.objects.select_related("posted_by", "reverses"), pk=pk)
    context = {**pages.posting_page(request.seat, found), "tabs": giving_tabs(request.seat, "designations")}
    return TemplateResponse(request, "funds/posting.html", context)
