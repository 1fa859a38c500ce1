"""The page of a batch, and keying into it: a line is a form of its own, sent when it is left or by its button."""

import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agencies.access import AgencyRequest, member
from agencies.downloads import export_links
from agencies.seats import Seat
from core.currencies import EXPONENTS
from core.errors import Refused
from core.money_forms import new_key
from core.refusals import shown_on
from core.toasts import toast
from imports.giving_tabs import giving_tabs
from partners.forms.batch_rows import RowForm, label_of
from partners.forms.batches import year_end_for
from partners.forms.gifts import designations_offered
from partners.models import BatchRow, GiftBatch, Partner
from partners.operations.batch_rows import remove_row, restore_row, save_row
from partners.pages import batch_lines
from partners.pages import batches as words
from partners.pages.batch_lines import Line
from partners.queries.batches import KeyedSoFar, alike, difference, gifts_since, keyed_so_far, rows_shown
from partners.queries.givers import givers_answering

PAGE = 50
BY_SCRIPT = "X-Grid"


def batch_page(
    request: AgencyRequest, batch: GiftBatch, *, sent: RowForm | None = None, refusal: Refused | None = None
) -> HttpResponse:
    """The grid of an open batch, with a line that was refused; else its list."""
    seat, agency = request.seat, request.seat.agency
    keyed = keyed_so_far([batch]).get(batch.pk, KeyedSoFar())
    missing = difference(batch, keyed)
    state, tone = words.state_of(batch, keyed)
    context: dict[str, Any] = {
        "batch": batch,
        "tabs": giving_tabs(seat, "batches"),
        "facts": words.facts(seat, batch),
        "state": state,
        "tone": tone,
        "matches": missing.matches,
        "key": new_key(),
        "refusal": refusal,
        "export_links": export_links(request),
        "is_open": batch.state == GiftBatch.State.OPEN,
        "is_discarded": batch.state == GiftBatch.State.DISCARDED,
        **totals_of(request, batch, keyed),
    }
    if context["is_open"]:
        context |= grid(request, batch, sent)
    else:
        rows, since = list(rows_shown(seat, batch)), gifts_since(batch)
        context |= {"lines": batch_lines.slip_lines(agency, batch, rows, since), "corrected": len(since[0] | since[1])}
    status = 422 if sent is not None else refusal.status if refusal else 200
    return TemplateResponse(request, "partners/batch.html", context, status=status)


def totals_of(request: AgencyRequest, batch: GiftBatch, keyed: KeyedSoFar) -> dict[str, str]:
    """What was counted, what was keyed, and the difference, in words."""
    shown = words.batch_row(request.seat, batch, keyed)
    return {
        "counted": shown.expected,
        "keyed": shown.keyed,
        "missing": words.in_words(request.seat.agency, difference(batch, keyed)),
    }


def grid(request: AgencyRequest, batch: GiftBatch, sent: RowForm | None) -> dict[str, Any]:
    """The lines of one page, the last one if none is asked for, and an empty one behind them; and all of them as a
    table for paper.
    """
    seat = request.seat
    offered = designations_offered(seat)
    everything = list(rows_shown(seat, batch))
    pages = Paginator(everything, PAGE)
    page = pages.get_page(request.GET.get("page") or pages.num_pages)
    rows = list(page)
    same = alike(batch, rows)
    lines = [batch_lines.line_of(seat, batch, row, looks_like(same.get(row.pk, ""))) for row in rows]
    return {
        "page": page,
        "on_paper": batch_lines.slip_lines(seat.agency, batch, everything, ((), ())),
        "lines": [as_sent(line, sent) for line in lines],
        "blank": blank(seat, batch, offered, sent, {line.values["key"] for line in lines}),
        "template_line": batch_lines.blank_line(batch, offered, "rNEW", batch_lines.NEW_KEY),
        "designations": [label_of(each) for each in offered.values()],
        "currencies": sorted(EXPONENTS),
        "year_end": year_end_for(batch.deposited_on),
        "givers_url": reverse("givers", args=[seat.agency.slug]),
        "rows_url": reverse("batch_row_save", args=[seat.agency.slug, batch.pk]),
        "broken": sent is not None,
        **batch_lines.choices(),
    }


def as_sent(line: Line, sent: RowForm | None) -> Line:
    """The line with what was typed, if it is the one that was refused."""
    if sent is None or sent.data.get("key") != line.values["key"]:
        return line
    typed = batch_lines.line_as_sent(sent, line.uid)
    typed.place, typed.remove_url = line.place, line.remove_url
    return typed


def blank(seat: Seat, batch: GiftBatch, offered: Any, sent: RowForm | None, known: set[str]) -> Line:
    """The line behind the others: empty, what a line of the bank tells, or the new one that was refused."""
    if sent is not None and sent.data.get("key") not in known:
        return batch_lines.line_as_sent(sent, "r0")
    if batch.brought_by_id and not known:
        return batch_lines.line_from_bank(seat, batch, offered, uuid.uuid4().hex)
    return batch_lines.blank_line(batch, offered, "r0", uuid.uuid4().hex)


def looks_like(other: str) -> str:
    """The warning that a gift may be there twice."""
    return _("Looks like %(other)s: the same giver and amount.") % {"other": other} if other else ""


@member(can="gifts.record")
@require_POST
def batch_row_save(request: AgencyRequest, pk: int) -> HttpResponse:
    """Keep a line of the grid: by the browser on its own, which gets JSON, or by its button."""
    agency = request.seat.agency
    batch: GiftBatch = get_object_or_404(GiftBatch.objects.select_related("deposit"), pk=pk)
    offered = designations_offered(request.seat, also=designations_in(batch, request.POST.get("key", "")))
    form = RowForm(request.POST, seat=request.seat, batch=batch, offered=offered)
    row = None
    if form.is_valid():
        given = form.cleaned_data
        with shown_on(form):
            row = save_row(
                agency=agency,
                actor=request.user,
                batch=batch,
                key=given["key"],
                keyed=form.keyed(),
                revision=given["revision"],
            )
    if request.headers.get(BY_SCRIPT) == "1":
        return row_answer(request, batch, form, row)
    if row is None:
        return batch_page(request, batch, sent=form)
    return redirect(f"{reverse('batch', args=[agency.slug, pk])}#row-{row.place}")


def designations_in(batch: GiftBatch, key: str) -> list[int]:
    """The designations that a line has already: they may stay, open today or not. One query."""
    found = BatchRow.objects.filter(batch=batch, key=key[:64]).values_list("parts__designation", flat=True)
    return [pk for pk in found if pk]


def row_answer(request: AgencyRequest, batch: GiftBatch, form: RowForm, row: BatchRow | None) -> JsonResponse:
    """What the grid needs to know: what stands in the line now and what is missing, or why nothing was saved."""
    if row is None:
        problems = {name: list(map(str, said)) for name, said in form.errors.items()}
        candidates = [{"id": unit.pk, "name": unit.name} for unit in form.candidates]
        return JsonResponse({"problems": problems, "candidates": candidates}, status=422)
    shown = rows_shown(request.seat, batch).get(pk=row.pk)
    line = batch_lines.line_of(request.seat, batch, shown, looks_like(alike(batch, [shown]).get(row.pk, "")))
    keyed = keyed_so_far([batch])[batch.pk]
    settled = ("giver", "giving_unit", "designation", "amount", "date", "revision", "soft_giver", "soft_partner")
    return JsonResponse(
        {
            "place": line.place,
            "values": {name: line.values[name] for name in settled},
            "remove": line.remove_url,
            "note": line.note,
            "rate": line.rate,
            "matches": difference(batch, keyed).matches,
            **totals_of(request, batch, keyed),
        }
    )


def row_at(pk: int, row_id: int) -> BatchRow:
    """A line of a batch."""
    found: BatchRow = get_object_or_404(BatchRow.objects.select_related("batch").filter(batch=pk), pk=row_id)
    return found


@member(can="gifts.record")
@require_POST
def batch_row_remove(request: AgencyRequest, pk: int, row_id: int) -> HttpResponse:
    """Take a gift out of the batch; the toast puts it back."""
    slug = request.seat.agency.slug
    row = remove_row(agency=request.seat.agency, actor=request.user, row=row_at(pk, row_id))
    undo = reverse("batch_row_restore", args=[slug, pk, row_id])
    toast(request, _("Gift %(place)s is taken out.") % {"place": row.place}, undo_url=undo)
    return redirect("batch", slug, pk)


@member(can="gifts.record")
@require_POST
def batch_row_restore(request: AgencyRequest, pk: int, row_id: int) -> HttpResponse:
    """Put a gift back that was taken out."""
    restore_row(agency=request.seat.agency, actor=request.user, row=row_at(pk, row_id))
    toast(request, _("The gift stands in the batch again."))
    return redirect("batch", request.seat.agency.slug, pk)


@member(can="gifts.record")
@require_safe
def givers(request: AgencyRequest) -> JsonResponse:
    """Who answers to what was typed into a line, for the list below it."""
    q = request.GET.get("q", "").strip()[:100]
    found = givers_answering(request.seat, q) if q else []
    return JsonResponse({"givers": [shown for partner in found for shown in giver_options(partner)]})


def giver_options(partner: Any) -> list[dict[str, Any]]:
    """The giving units of a partner, each with what tells it from others of its name."""
    place = next((each.city for each in partner.addresses.all() if each.city and each.not_valid_since is None), "")
    number = next((each.value for each in partner.external_ids.all()), "")
    hint = ", ".join(word for word in (str(Partner.Kind(partner.kind).label), place, number) if word)
    return [
        {"id": unit.pk, "partner": partner.pk, "name": unit.name, "hint": hint} for unit in partner.giving_units.all()
    ]
