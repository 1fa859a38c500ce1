"""Matching what came in at the bank with what was posted: the lists, and taking what is proposed."""

from typing import Any, cast

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import MOST_ROWS, Sheet, TooManyRows, dated, download, export_links, wants_file, whole
from core.errors import Refused
from core.money_forms import new_key
from core.site import site
from core.toasts import toast
from imports.giving_tabs import giving_tabs
from partners.forms.reconciliation import TakeForm
from partners.models import BankMatch, StatementLine
from partners.operations.reconciling.matching import match_lines
from partners.operations.reconciling.proposed import as_proposed
from partners.operations.reconciling.refusals import NothingLikeThat
from partners.operations.reconciling.taking_back import take_match_back
from partners.pages.reconciliation import books, matched, queue
from partners.pages.reconciliation.frame import Desk
from partners.queries.reconciliation.lines import incoming, matches_of, unmatched, wanted_lines
from partners.views import list_files

PAGE = 50


def shown(request: AgencyRequest, desk: Desk, name: str, refusal: Refused | None = None, **more: Any) -> HttpResponse:
    """One of the lists."""
    status = 422 if desk.form.errors else refusal.status if refusal else 200
    context = {
        "tabs": giving_tabs(request.seat, "reconcile"),
        "export_links": export_links(request),
        "refusal": refusal,
        "can_match": request.seat.can("gifts.record"),
        "key": new_key(),
        **desk.frame(name),
        **more,
    }
    return TemplateResponse(request, f"partners/{name}.html", context, status=status)


@member(can="ledger.view")
@require_safe
def reconcile(request: AgencyRequest) -> HttpResponse:
    """What came in at the bank and is not matched yet, each line with what may explain it; also as a file."""
    desk = Desk(request.seat, request.GET)
    found = unmatched(wanted_lines(desk.wanted, desk.accounts))
    if wants_file(request) and desk.form.is_valid():
        return list_files.as_file(request, "reconcile")
    return queue_page(request, desk, found)


def queue_page(request: AgencyRequest, desk: Desk, found: Any, refusal: Refused | None = None) -> HttpResponse:
    """The queue, with what was refused."""
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = queue.line_rows(desk, list(page))
    sure = sum(1 for row in rows if row.best and row.best.is_sure)
    words = ngettext("Match the %(n)s ticked line", "Match the %(n)s ticked lines", sure) % {"n": desk.number(sure)}
    more = {"page": page, "rows": rows, "take_ticked": words if sure else _("Match the ticked lines")}
    return shown(request, desk, "reconcile", refusal, **more)


@member(can="gifts.record")
@require_POST
def reconcile_take(request: AgencyRequest) -> HttpResponse:
    """Take one proposal, or all that are ticked: together or not at all."""
    seat, form = request.seat, TakeForm(request.POST)
    desk = Desk(seat, request.GET)
    try:
        form.is_valid()
        chosen = form.chosen()
        lines = incoming().in_bulk([pk for pk, _name in chosen])
        if any(pk not in lines for pk, _name in chosen):
            raise NothingLikeThat
        said = [as_proposed(lines[pk], name) for pk, name in chosen]
        made = match_lines(agency=seat.agency, actor=request.user, explanations=said, key=request.POST.get("key", ""))
    except Refused as refusal:
        return queue_page(request, desk, unmatched(wanted_lines(desk.wanted, desk.accounts)), refusal)
    say_matched(request, made)
    return redirect(desk.url("reconcile"))


def say_matched(request: AgencyRequest, made: list[BankMatch]) -> None:
    """The toast: one match has its way back, several stand in the list of what is matched."""
    words = ngettext("%(n)s line is matched.", "%(n)s lines are matched.", len(made)) % {"n": len(made)}
    undo = reverse("reconcile_undo", args=[request.seat.agency.slug, made[0].pk]) if len(made) == 1 else ""
    toast(request, words, undo_url=undo)


@member(can="ledger.view")
@require_safe
def reconcile_books(request: AgencyRequest) -> HttpResponse:
    """What was posted and no line of the bank covers; also as a file."""
    desk = Desk(request.seat, request.GET)
    found = books.booked(desk)
    if wants_file(request):
        return download(request, "postings not at the bank", lambda: books_sheet(request, desk))
    page: Any = Paginator(cast(Any, found), PAGE).get_page(request.GET.get("page"))
    return shown(request, desk, "reconcile_books", page=page, rows=books.booked_rows(desk, list(page)))


def books_sheet(request: AgencyRequest, desk: Desk) -> Sheet:
    """The whole list as a file. Raises TooManyRows."""
    found = books.booked(desk)
    if found.count() > MOST_ROWS:
        raise TooManyRows
    return Sheet(dated(request, "not-at-the-bank"), books.header(), books.cells(desk, found[:], site()))


@member(can="ledger.view")
@require_safe
def reconcile_matched(request: AgencyRequest) -> HttpResponse:
    """What is matched, with whom it was done by, and what changed under it since; also as a file."""
    desk = Desk(request.seat, request.GET)
    found = matches_of(desk.wanted, desk.accounts)
    if wants_file(request):
        return download(request, "matched bank lines", lambda: matched_sheet(request, desk, found))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return shown(request, desk, "reconcile_matched", page=page, rows=matched.match_rows(desk, list(page)))


def matched_sheet(request: AgencyRequest, desk: Desk, found: Any) -> Sheet:
    """The whole list as a file. Raises TooManyRows."""
    return Sheet(dated(request, "bank-matched"), matched.header(), matched.cells(desk, list(whole(found)), site()))


@member(can="gifts.record")
@require_POST
def reconcile_undo(request: AgencyRequest, pk: int) -> HttpResponse:
    """Take a match back: the line is in the queue again."""
    match = get_object_or_404(BankMatch, pk=pk)
    take_match_back(agency=request.seat.agency, actor=request.user, match=match)
    toast(request, _("Taken back. The line is in the queue again."))
    return redirect("reconcile_line", request.seat.agency.slug, match.line_id)


def line_at(pk: int) -> StatementLine:
    """A line of the bank that has to be explained, or had to be; 404 for others."""
    lines = StatementLine.objects.superseded().exclude(amount=0)
    found: StatementLine = get_object_or_404(lines, pk=pk)
    return found
