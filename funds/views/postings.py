"""Postings: the list, one with its entries, and taking one back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from funds import pages
from funds.forms.postings import PostingFilter, ReverseForm
from funds.models import Posting
from funds.operations import reverse_posting
from funds.pages.frame import Heading
from funds.pages.keyset import page_of
from funds.pages.lists import posting_table
from funds.views.frames import form_page, list_page
from imports.giving_tabs import giving_tabs


@member(can="ledger.view")
@require_safe
def ledger(request: AgencyRequest) -> HttpResponse:
    """All postings, the newest day first, by kind, days and source."""
    form = PostingFilter(request.GET)
    page = page_of(form.matching(Posting.objects.all()), request.GET, "date")
    heading = Heading(_("Postings"), lead=_("Every movement of money. Nothing here is ever changed or deleted."))
    context: dict[str, Any] = {
        "form": form,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "table": posting_table(request.seat, page.rows),
        "page": page,
        "none_yet": _("Nothing was posted yet"),
        "none_lead": _("Gifts, expenses, transfers and assessments stand here once they are recorded."),
    }
    return list_page(request, "ledger", heading, status=422 if form.errors else 200, **context)


@member(can="ledger.view")
@require_safe
def posting(request: AgencyRequest, pk: int) -> HttpResponse:
    """One posting: its entries, what it reverses or what reversed it, and what it rests on."""
    found = get_object_or_404(Posting.objects.select_related("posted_by", "reverses"), pk=pk)
    context: dict[str, Any] = {**pages.posting_page(request.seat, found), "tabs": giving_tabs(request.seat, "ledger")}
    return TemplateResponse(request, "funds/posting.html", context)


@member(can="ledger.post")
@require_http_methods(["GET", "POST"])
def posting_reverse(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take a posting back whole. What a gift posted goes back with the gift."""
    agency = request.seat.agency
    found = get_object_or_404(Posting.objects.all(), pk=pk)
    form = ReverseForm(request.POST or None, initial={"on": agency.today()})
    if form.is_valid():
        with shown_on(form):
            made = reverse_posting(agency=agency, actor=request.user, posting=found, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Reversed."))
            return redirect("posting", agency.slug, made.pk)
    lead = _("Its mirror is posted: the accounts stand as before, and both stay readable.")
    heading = Heading(_("Reverse posting %(number)s") % {"number": pk}, lead=lead)
    back = reverse("posting", args=[agency.slug, pk])
    table = posting_table(request.seat, [found])
    return form_page(request, "ledger", heading, form, _("Reverse posting"), back, table=table, danger=True)
