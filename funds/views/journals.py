"""Journals for the agency's accounting system, and closing months."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import AgencyRequest, member
from agencies.days import day_in_words
from agencies.downloads import MOST_ROWS, download_made
from core.form_pages import download
from core.periods import add_months, month_start
from core.refusals import shown_on
from core.toasts import toast
from funds.documents.journal import journal_bytes
from funds.forms.postings import JournalForm, MonthsForm
from funds.models import JournalExport, PeriodClose, Posting
from funds.operations import close_months, export_journal, open_month
from funds.pages.designations import month_in_words
from funds.pages.frame import Heading, link
from funds.pages.journals import journal_table, month_table, sent
from funds.pages.keyset import page_of
from funds.pages.lists import posting_table
from funds.queries.journals import entries_in
from funds.queries.periods import open_from
from funds.views.frames import form_page, list_page, shown_page
from jobs.operations import start


@member(can="ledger.view")
@require_safe
def journals(request: AgencyRequest) -> HttpResponse:
    """What was handed to the accounting system, the newest first."""
    seat = request.seat
    page = page_of(JournalExport.objects.select_related("by").defer("codes"), request.GET)
    primary = link(seat, "ledger.setup", _("Make journal"), "journal_add")
    lead = _("Postings as a file for your accounting system. Each posting stands in one journal.")
    context: dict[str, Any] = {
        "table": journal_table(seat, page.rows),
        "page": page,
        "none_yet": _("No journals yet"),
        "none_lead": _("Make the first one of the days that your accounting has not got."),
    }
    return list_page(request, "journals", Heading(_("Journals"), primary=primary, lead=lead), **context)


@member(can="ledger.setup")
@require_http_methods(["GET", "POST"])
def journal_add(request: AgencyRequest) -> HttpResponse:
    """Make a journal of the postings of some days that no journal holds; a long one is made in the background."""
    agency = request.seat.agency
    form = JournalForm(request.POST or None, initial=last_month(request))
    if form.is_valid():
        given = form.cleaned_data
        if entries_in(given["first_day"], given["last_day"], given["source"]) > MOST_ROWS:
            arguments = {name: str(value) for name, value in given.items()}
            job = start(kind="funds.journal", actor=request.user, title=_("Journal"), arguments=arguments)
            return redirect("job", agency.slug, job.pk)
        with shown_on(form):
            made = export_journal(agency=agency, actor=request.user, **given)
        if not form.errors:
            toast(request, _("Journal %(number)s made.") % {"number": made.number})
            return redirect("journal", agency.slug, made.pk)
    heading = Heading(_("Make journal"), lead=_("It takes what no journal holds yet, and marks it as handed out."))
    return form_page(request, "journals", heading, form, _("Make journal"), "journals")


def last_month(request: AgencyRequest) -> dict[str, Any]:
    """The month before this one."""
    first = add_months(month_start(request.seat.agency.today()), -1)
    return {"first_day": first, "last_day": add_months(first, 1) - timedelta(days=1)}


@member(can="ledger.view")
@require_safe
def journal(request: AgencyRequest, pk: int) -> HttpResponse:
    """One journal: its days, its seal, its postings."""
    seat, agency = request.seat, request.seat.agency
    found = get_object_or_404(JournalExport.objects.select_related("by"), pk=pk)
    page = page_of(Posting.objects.filter(exported__export=found), request.GET, "date")
    facts = [
        {"label": _("First day"), "value": day_in_words(agency, found.first_day)},
        {"label": _("Last day"), "value": day_in_words(agency, found.last_day)},
        {"label": _("Source"), "value": found.source or _("all")},
        {"label": _("Written as"), "value": found.get_layout_display()},
        {"label": _("Postings"), "value": found.postings},
        {"label": _("Lines"), "value": found.entries},
        {"label": _("Made"), "value": f"{day_in_words(agency, found.at)}, {seat.name_of(found.by, _('the system'))}"},
        {"label": "SHA-256", "value": found.digest},
    ]
    title = _("Journal %(number)s") % {"number": found.number}
    file = link(seat, "ledger.setup", _("Download CSV"), "journal_file", pk)
    heading = Heading(title, primary=file, lead=_("The file has the same bytes whenever it is taken."))
    return shown_page(request, "journals", heading, facts=facts, tables=[posting_table(seat, page.rows)], page=page)


@download
@member(can="ledger.setup")
@require_safe
def journal_file(request: AgencyRequest, pk: int) -> HttpResponseBase:
    """The file of a journal, after the password, noted in the trail."""
    found = get_object_or_404(JournalExport.objects.all(), pk=pk)
    label = f"journal {found.number}"
    return download_made(request, "journal", lambda: sent(found, journal_bytes(found)), of=found, label=label)


@member(can="ledger.view")
@require_http_methods(["GET", "POST"])
def months(request: AgencyRequest) -> HttpResponse:
    """Which months take postings; closing them, and opening one again."""
    seat, agency = request.seat, request.seat.agency
    may = seat.can("ledger.setup")
    form = MonthsForm(request.POST or None, agency=agency)
    if request.method == "POST" and not may:
        raise PermissionDenied("ledger.setup")
    if form.is_valid():
        act = close_months if form.cleaned_data["act"] == "close" else open_month
        with shown_on(form):
            act(agency=agency, actor=request.user, month=form.cleaned_data["month"], reason=form.cleaned_data["reason"])
        if not form.errors:
            toast(request, _("Noted."))
            return redirect("months", agency.slug)
    first = open_from()
    lead = (
        _("The ledger takes postings from %(month)s on.") % {"month": month_in_words(agency, first)}
        if first
        else _("No month is closed: the ledger takes postings of any day up to today.")
    )
    rows = list(PeriodClose.objects.select_related("by").order_by("-pk")[:50])
    context: dict[str, Any] = {
        "tables": [month_table(seat, rows)] if rows else [],
        "none_yet": _("No month was closed yet"),
        "form": form if may else None,
        "button": _("Save"),
    }
    heading = Heading(_("Months"), lead=lead)
    return shown_page(request, "months", heading, status=422 if form.errors else 200, **context)
