"""Statements of designations, and the entries behind each of their figures."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import download, export_links, wants_file
from core.currencies import EXPONENTS
from core.money import Money
from funds.forms.postings import SpanForm
from funds.models import Designation, Posting
from funds.origins import origins_of
from funds.pages import statements as pages
from funds.pages.designations import entry_row
from funds.pages.frame import Heading, Link
from funds.pages.keyset import page_of
from funds.pages.tables import Cell, Content, Table, columns
from funds.queries.statements import entries_between, statements
from funds.views.frames import list_page, shown_page

PAGE = 50


@member(can="gifts.view")
@require_safe
def ledger_statement(request: AgencyRequest) -> HttpResponse:
    """What each designation had, received, spent and has; `?export=csv` or `xlsx` gives the same as a file."""
    seat = request.seat
    form = SpanForm(request.GET, agency=seat.agency)
    span = form.span()
    found = statements(Designation.objects.seen_by(seat).values_list("pk", flat=True), *span)
    if wants_file(request):
        return download(request, "statement of designations", lambda: pages.statement_sheet(seat, found, span))
    page = Paginator(pages.by_name(seat, found), PAGE).get_page(request.GET.get("page"))
    menu = [Link(label, url) for label, url in export_links(request)]
    heading = Heading(_("Statement"), eyebrow=pages.span_in_words(seat, span), menu=menu, lead=lead())
    context: dict[str, Any] = {
        "is_statement": True,
        "form": form.shown(),
        "table": pages.statement_table(seat, list(page), found, span),
        "page": page,
        "none_yet": _("Nothing was posted up to this month"),
        "none_lead": _("What designations receive and spend stands here."),
    }
    return list_page(request, "ledger_statement", heading, status=422 if form.errors else 200, **context)


def lead() -> str:
    """What every statement keeps to."""
    return _("Opening, and all that moved, is closing: for each designation and currency by itself.")


@member(can="gifts.view")
@require_safe
def designation_statement(request: AgencyRequest, pk: int) -> HttpResponse:
    """The statement of one designation."""
    seat = request.seat
    found: Any = get_object_or_404(Designation.objects.seen_by(seat), pk=pk)
    form = SpanForm(request.GET, agency=seat.agency)
    span = form.span()
    rows = statements([pk], *span)
    if wants_file(request):
        make = lambda: pages.statement_sheet(seat, rows, span)  # noqa: E731 - one line
        return download(request, "statement of a designation", make, of=found, label=found.code)
    menu = [Link(_("Month by month"), reverse("designation", args=[seat.agency.slug, pk]))]
    menu += [Link(label, url) for label, url in export_links(request)]
    heading = Heading(found.shown_name, eyebrow=pages.span_in_words(seat, span), menu=menu, lead=lead())
    context: dict[str, Any] = {
        "is_statement": True,
        "span_form": form.shown(),
        "tables": pages.single_tables(seat, rows, span),
        "explained": pages.explained(seat, rows),
        "none_yet": _("Nothing was posted here up to this month"),
    }
    return shown_page(request, "ledger_statement", heading, status=422 if form.errors else 200, **context)


@member(can="gifts.view")
@require_safe
def designation_entries(request: AgencyRequest, pk: int) -> HttpResponse:
    """The entries behind a figure of a statement, the newest day first, with what each rests on."""
    seat, query = request.seat, request.GET
    found: Any = get_object_or_404(Designation.objects.seen_by(seat), pk=pk)
    currency, kind = query.get("currency", seat.agency.base_currency), query.get("kind", "")
    if currency not in EXPONENTS or kind not in ("", *Posting.Kind.values):
        raise Http404
    span = SpanForm(query, agency=seat.agency).span()
    page = page_of(entries_between(found, currency, *span, kind), query, "posting__date")
    table = entry_table(request, page.rows)
    words = pages.part_words().get(kind, _("All movements"))
    back = reverse("designation_statement", args=[seat.agency.slug, pk])
    menu = [Link(_("Statement"), f"{back}?{pages.span_query(span)}")]
    title = f"{words}, {pages.span_in_words(seat, span)}"
    heading = Heading(title, eyebrow=found.shown_name, menu=menu, lead=sum_of(found, currency, span, kind, seat.agency))
    context: dict[str, Any] = {"table": table, "page": page, "none_yet": _("Nothing stands behind this figure")}
    return list_page(request, "ledger_statement", heading, **context, none_lead=_("It is nothing."))


def sum_of(found: Designation, currency: str, span: pages.Span, kind: str, agency: Any) -> str:
    """What all entries of the page sum to: the figure that led here."""
    each = next((row for row in statements([found.pk], *span) if row.currency == currency), None)
    zero = Money(0, currency)
    parts = each.parts if each else {}
    total = parts.get(kind, zero) if kind else sum(parts.values(), zero)
    return _("Together %(total)s.") % {"total": total.format(agency.locale)}


def entry_table(request: AgencyRequest, entries: list[Any]) -> Table:
    """Entries of a designation's account: what comes in is positive."""
    seat = request.seat
    origins = origins_of(seat, [entry.posting_id for entry in entries])
    rows: list[list[Content]] = []
    for entry in entries:
        row = entry_row(seat, entry, origins.get(entry.posting_id))
        rests = Cell(row.origin.label, row.origin.url) if row.origin else "–"
        day = row.day.replace(" ", "\N{NO-BREAK SPACE}")
        rows.append([Cell(day, row.posting_url), row.kind, rests, row.amount])
    return Table(_("Entries"), columns([_("Date"), _("What"), _("Rests on")], [_("Amount")]), rows)
