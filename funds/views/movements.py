"""Opening balances and transfers."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AgencyRequest, member
from core.refusals import shown_on
from core.toasts import toast
from funds.forms.movements import OpeningForm, OriginForm, TransferForm
from funds.models import Designation, Posting, Transfer
from funds.operations import record_opening
from funds.operations import transfer as move
from funds.pages.frame import Heading, link
from funds.pages.keyset import page_of
from funds.pages.lists import transfer_table
from funds.pages.tables import Table, columns
from funds.queries.movable import Movable, movable
from funds.views.frames import form_page, list_page


def with_state(found: Any) -> Any:
    """Transfers or expenses with their posting, each with `is_reversed`."""
    mirror = Posting.objects.filter(reverses=OuterRef("posting"))
    return found.select_related("posting").annotate(is_reversed=Exists(mirror))


@member(can="ledger.view")
@require_safe
def transfers(request: AgencyRequest) -> HttpResponse:
    """What boards moved between designations, the newest first."""
    page = page_of(with_state(Transfer.objects.all()), request.GET, "posting__date")
    primary = link(request.seat, "ledger.post", _("Record transfer"), "transfer_add")
    lead = _("Money that a board gave from one designation to another. Each names the resolution.")
    context: dict[str, Any] = {
        "table": transfer_table(request.seat, page.rows),
        "page": page,
        "none_yet": _("No transfers yet"),
        "none_lead": _("Nothing moves by itself: a transfer rests on a resolution of the board."),
    }
    return list_page(request, "transfers", Heading(_("Transfers"), primary=primary, lead=lead), **context)


@member(can="ledger.post")
@require_http_methods(["GET", "POST"])
def transfer_add(request: AgencyRequest) -> HttpResponse:
    """Record a transfer: first the designation that gives, then how much of what it holds may move."""
    seat, agency = request.seat, request.seat.agency
    asked = OriginForm(request.GET or None, seat=seat, initial={"currency": agency.base_currency})
    if not asked.is_valid():
        context: dict[str, Any] = {"form": asked, "table": None, "none_yet": _("From which designation?")}
        lead = _("Then the page says how much of it may move.")
        heading = Heading(_("Record transfer"), lead=lead)
        return list_page(request, "transfers", heading, status=422 if asked.errors else 200, **context, none_lead="")
    origin, currency = asked.cleaned_data["origin"], asked.cleaned_data["currency"]
    form = TransferForm(request.POST or None, seat=seat, currency=currency, initial=today(agency))
    if form.is_valid():
        with shown_on(form):
            said = form.said("destination", "on", "resolution", "resolved_on", "reason")
            made = move(agency=agency, actor=request.user, origin=origin, **said)
        if not form.errors:
            toast(request, _("Transfer posted."))
            return redirect("posting", agency.slug, made.posting_id)
    heading = Heading(_("Record transfer"), eyebrow=f"{origin.code} {origin.shown_name}")
    table = movable_table(agency, movable(origin, currency, agency.today()))
    return form_page(request, "transfers", heading, form, _("Post transfer"), "transfers", table=table)


def today(agency: Any) -> dict[str, Any]:
    """Both days of a transfer begin with today."""
    return {"on": agency.today(), "resolved_on": agency.today()}


def movable_table(agency: Any, found: Movable) -> Table:
    """How what may move comes about."""
    rows = [
        (_("Holds"), found.held),
        (_("Given with a stated intent"), found.intended),
        (_("Spent so far, first of what was given with an intent"), found.spent),
        (_("Stays, since its givers said what for"), found.kept),
    ]
    shown = [[words, amount.format(agency.locale)] for words, amount in rows]
    total = [_("May move"), found.free.format(agency.locale)]
    return Table(_("What may move"), columns([_("What")], [_("Amount")]), shown, [total])


@member(can="ledger.post")
@require_http_methods(["GET", "POST"])
def opening_add(request: AgencyRequest, pk: int) -> HttpResponse:
    """Post what a designation held before its ledger began here."""
    seat, agency = request.seat, request.seat.agency
    found: Any = get_object_or_404(Designation.objects.seen_by(seat), pk=pk)
    form = OpeningForm(request.POST or None, seat=seat, initial={"on": agency.today()})
    if form.is_valid():
        with shown_on(form):
            said = form.said("on", "deposit", "reason")
            made = record_opening(agency=agency, actor=request.user, designation=found, **said)
        if not form.errors:
            toast(request, _("Opening balance posted."))
            return redirect("posting", agency.slug, made.posting_id)
    heading = Heading(_("Opening balance"), eyebrow=found.shown_name)
    back = reverse("designation", args=[agency.slug, pk])
    return form_page(request, "ledger_statement", heading, form, _("Post opening balance"), back)
