"""Batches of gifts: the list, opening one, its page, posting and discarding it."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import Sheet, dated, download, export_links, wants_file, whole
from core.errors import Refused
from core.refusals import shown_on
from core.site import site
from core.toasts import toast
from imports.giving_tabs import giving_tabs
from partners.forms.batches import BatchFilter, BatchForm, DiscardForm, initial_of
from partners.models import BankMatch, GiftBatch, StatementLine
from partners.operations.batch_posting import post_batch
from partners.operations.batches import change_batch, discard_batch, open_batch, take_up_batch
from partners.pages import batch_lines
from partners.pages import batches as words
from partners.pages.reconciliation.frame import Desk
from partners.pages.reconciliation.line import entered_from
from partners.queries.batches import batches_wanted, gifts_since, rows_shown, totals
from partners.queries.reconciliation.lines import incoming
from partners.views.batch_grid import batch_page
from partners.views.gift_entry import status_of

PAGE = 50


def frame(request: AgencyRequest, **more: Any) -> dict[str, Any]:
    """What every page of batches has around it."""
    return {"tabs": giving_tabs(request.seat, "batches"), **more}


def batch_at(pk: int) -> GiftBatch:
    """A batch of the agency in scope."""
    found: GiftBatch = get_object_or_404(
        GiftBatch.objects.select_related("deposit", "made_by", "posted_by", "discarded_by"), pk=pk
    )
    return found


@member(can="gifts.record")
@require_safe
def batches(request: AgencyRequest) -> HttpResponse:
    """Batches, the newest first: what was counted, what was keyed, what is missing; also as a file."""
    seat, form = request.seat, BatchFilter(request.GET)
    if not form.is_valid():
        return TemplateResponse(request, "partners/batches.html", frame(request, form=form), status=422)
    wanted = form.wanted()
    found = batches_wanted(wanted)
    if wants_file(request):
        sheet = lambda: Sheet(dated(request, "batches"), words.header(), words.cells(seat, list(whole(found)), site()))  # noqa: E731
        return download(request, "batches", sheet)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = frame(
        request,
        form=form,
        page=page,
        rows=words.batch_rows(seat, list(page)),
        totals=words.totals_shown(seat.agency, totals(wanted)),
        filtered=any(request.GET.get(name) for name in form.fields),
        export_links=export_links(request),
    )
    return TemplateResponse(request, "partners/batches.html", context)


@member(can="gifts.record")
@require_http_methods(["GET", "POST"])
def batch_add(request: AgencyRequest) -> HttpResponse:
    """Say what lies on the desk; keying begins on the next page. `?line=<pk>` is a line of the bank that brought it."""
    agency = request.seat.agency
    line = line_named(request)
    known = entered_from(Desk(request.seat, QueryDict()), line) if line else {}
    initial = {"deposited_on": agency.today(), "currency": agency.base_currency, **known}
    form = BatchForm(request.POST or None, seat=request.seat, initial=initial)
    if form.is_valid():
        key = form.cleaned_data["key"]
        with shown_on(form):
            made = open_batch(agency=agency, actor=request.user, head=form.head(), key=key, brought_by=line)
        if not form.errors:
            return redirect("batch", agency.slug, made.pk)
    title, button = _("Open batch"), _("Open batch and key gifts")
    return head_page(request, form, title, button, reverse("batches", args=[agency.slug]))


def line_named(request: AgencyRequest) -> StatementLine | None:
    """The line of the bank from which a batch is entered, by its number in the address or the form; 404 for others."""
    named = (request.POST if request.method == "POST" else request.GET).get("line", "")
    if not named:
        return None
    pk = int(named) if named.isascii() and named.isdigit() and len(named) < 19 else 0
    found: StatementLine = get_object_or_404(incoming().filter(amount__gt=0), pk=pk)
    return found


@member(can="gifts.record")
@require_http_methods(["GET", "POST"])
def batch_edit(request: AgencyRequest, pk: int) -> HttpResponse:
    """Correct what was counted, or the defaults."""
    agency, batch = request.seat.agency, batch_at(pk)
    form = BatchForm(request.POST or None, seat=request.seat, initial=initial_of(batch))
    if form.is_valid():
        with shown_on(form):
            change_batch(agency=agency, actor=request.user, batch=batch, head=form.head())
        if not form.errors:
            toast(request, _("Saved."))
            return redirect("batch", agency.slug, pk)
    title = _("Batch %(number)s: what was counted") % {"number": batch.number}
    return head_page(request, form, title, _("Save"), reverse("batch", args=[agency.slug, pk]))


def head_page(request: AgencyRequest, form: BatchForm, title: str, button: str, back: str) -> HttpResponse:
    """The form of a batch's head."""
    context = frame(request, form=form, title=title, button=button, back=back)
    return TemplateResponse(request, "partners/batch_head.html", context, status=status_of(form))


@member(can="gifts.record")
@require_safe
def batch(request: AgencyRequest, pk: int) -> HttpResponse:
    """One batch: the grid while it is open, then the list that lies beside the deposit slip; also as a file."""
    found = batch_at(pk)
    if wants_file(request):
        label = f"batch {found.number}"
        return download(request, "batch", lambda: slip(request, found), of=found, label=label)
    return batch_page(request, found)


def slip(request: AgencyRequest, found: GiftBatch) -> Sheet:
    """The gifts of a batch as a file."""
    rows = list(rows_shown(request.seat, found))
    cells = batch_lines.cells(request.seat.agency, found, rows, gifts_since(found))
    return Sheet(dated(request, f"batch-{found.number}"), batch_lines.header(), cells)


@member(can="gifts.record")
@require_POST
def batch_post(request: AgencyRequest, pk: int) -> HttpResponse:
    """Post the batch; a refusal stands on its page."""
    agency, found = request.seat.agency, batch_at(pk)
    key = request.POST.get("key", "")
    try:
        post_batch(agency=agency, actor=request.user, batch=found, key=key)
    except Refused as refusal:
        return batch_page(request, batch_at(pk), refusal=refusal)
    match = BankMatch.objects.standing().filter(parts__batch=found, basis=BankMatch.Basis.ENTERED).first()
    if match is None:
        toast(request, _("Batch %(number)s is posted.") % {"number": found.number})
    else:
        said = _("Batch %(number)s is posted, and matched with its line of the bank.") % {"number": found.number}
        toast(request, said, undo_url=reverse("reconcile_undo", args=[agency.slug, match.pk]))
    return redirect("batch", agency.slug, pk)


@member(can="gifts.record")
@require_http_methods(["GET", "POST"])
def batch_discard(request: AgencyRequest, pk: int) -> HttpResponse:
    """Put an open batch away, with a reason and a way back."""
    agency, found = request.seat.agency, batch_at(pk)
    form = DiscardForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            discard_batch(agency=agency, actor=request.user, batch=found, reason=form.cleaned_data["reason"])
        if not form.errors:
            undo = reverse("batch_take_up", args=[agency.slug, pk])
            toast(request, _("Batch %(number)s is discarded.") % {"number": found.number}, undo_url=undo)
            return redirect("batches", agency.slug)
    title = _("Discard batch %(number)s") % {"number": found.number}
    back = reverse("batch", args=[agency.slug, pk])
    context = frame(request, form=form, title=title, button=_("Discard batch"), back=back, danger=True)
    return TemplateResponse(request, "partners/batch_head.html", context, status=status_of(form))


@member(can="gifts.record")
@require_POST
def batch_take_up(request: AgencyRequest, pk: int) -> HttpResponse:
    """Open a discarded batch again."""
    found: Model = take_up_batch(agency=request.seat.agency, actor=request.user, batch=batch_at(pk))
    toast(request, _("The batch is open again."))
    return redirect("batch", request.seat.agency.slug, found.pk)
