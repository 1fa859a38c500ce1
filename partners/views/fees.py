"""Posting the fee of a matched line, and taking that back."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from partners.forms.reconciliation import FeeBackForm, FeeForm
from partners.models import BankMatch
from partners.operations.reconciling.fees import post_fee, take_fee_back
from partners.views.reconciliation_lines import line_shown_with_fee


def match_at(pk: int) -> BankMatch:
    """A match of the agency."""
    found: BankMatch = get_object_or_404(BankMatch.objects.select_related("line"), pk=pk)
    return found


@member(can="ledger.post")
@require_POST
def fee_post(request: AgencyRequest, pk: int) -> HttpResponse:
    """Put the fee into the ledger."""
    match, form = match_at(pk), FeeForm(request.POST, seat=request.seat)
    return done(request, match, form, post_fee, _("The fee stands in the ledger."))


@member(can="ledger.post")
@require_POST
def fee_back(request: AgencyRequest, pk: int) -> HttpResponse:
    """Reverse what was posted of the fee."""
    match, form = match_at(pk), FeeBackForm(request.POST)
    return done(request, match, form, take_fee_back, _("The posted fee is taken back."))


def done(request: AgencyRequest, match: BankMatch, form: FeeForm | FeeBackForm, act: Any, said: str) -> HttpResponse:
    """Do it, or show the line with what was refused."""
    if form.is_valid():
        with shown_on(form):
            act(agency=request.seat.agency, actor=request.user, match=match, **form.cleaned_data)
        if not form.errors:
            toast(request, said)
            return redirect("reconcile_line", request.seat.agency.slug, match.line_id)
    return line_shown_with_fee(request, match, form)
