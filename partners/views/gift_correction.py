"""Correcting and refunding gifts. Each form carries a key: sent twice it does it once."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from core.money import Money
from core.refusals import shown_on
from core.toasts import toast
from imports.giving_tabs import giving_tabs
from partners import operations
from partners.forms.gifts import (
    WITHDRAW,
    BaseLines,
    CorrectionForm,
    HeadForm,
    RefundForm,
    WithdrawForm,
    designations_offered,
    designations_sent,
)
from partners.forms.soft_credits import as_credited
from partners.models import Gift, GiftLine
from partners.views.gift_entry import (
    Record,
    blank_lines,
    bound_lines,
    chosen_giver,
    entry_page,
    find_giver,
    one_more,
    sound_parts,
    status_of,
)


def correctable(request: AgencyRequest, pk: int) -> Gift:
    """A gift that stands."""
    found: Gift = get_object_or_404(Gift.objects.seen_by(request.seat).select_related("giving_unit"), pk=pk)
    return found


@member(can="gifts.record")
@require_http_methods(["GET", "POST"])
def gift_correct(request: AgencyRequest, pk: int) -> HttpResponse:
    """Withdraw a gift, or reverse it whole and record it anew."""
    gift = correctable(request, pk)
    if gift.withdrawn_at is not None:
        raise operations.WithdrawnAlready
    if gift.amount <= 0:
        return withdraw_only(request, gift)
    if "find" in request.GET and request.method == "GET":
        return find_giver(request, _("Correct gift"))
    there = GiftLine.objects.filter(gift=gift).exclude(designation=None).values_list("designation", flat=True)
    offered = designations_offered(request.seat, also={*there, *designations_sent(request.POST)})
    if request.method == "GET":
        head, lines = (
            HeadForm(seat=request.seat, initial=as_recorded(request, gift)),
            blank_lines(offered, lines_of(gift), 1),
        )
        return correction_page(request, gift, CorrectionForm(), head, lines)
    if "more" in request.POST:
        typed = request.POST.dict()
        head = HeadForm(seat=request.seat, initial=typed)
        return correction_page(request, gift, CorrectionForm(initial=typed), head, one_more(request, offered))
    return corrected(request, gift, offered)


def corrected(request: AgencyRequest, gift: Gift, offered: Record) -> HttpResponse:
    """The answer to a correction that was sent."""
    why = CorrectionForm(request.POST)
    head = HeadForm(request.POST, seat=request.seat, initial=as_recorded(request, gift))
    lines = bound_lines(request, offered)
    anew = recorded_anew(why, head, lines)
    if anew is not None:
        correction = None
        with shown_on(why, head):
            correction = operations.correct_gift(
                agency=request.seat.agency,
                actor=request.user,
                gift=gift,
                reason=why.cleaned_data["reason"],
                key=why.cleaned_data["key"],
                **anew,
            )
        if correction is not None:
            toast(request, _("Gift corrected."))
            return redirect("gift", request.seat.agency.slug, correction.replacement_id or gift.pk)
    if why.is_valid() and why.cleaned_data["how"] == WITHDRAW:
        head, lines = HeadForm(seat=request.seat, initial=request.POST.dict()), one_more(request, offered)
    return correction_page(request, gift, why, head, lines)


def recorded_anew(why: CorrectionForm, head: HeadForm, lines: BaseLines) -> Record | None:
    """What stands in the place of the gift: nothing for a withdrawal; None when what was typed is wrong."""
    if not why.is_valid():
        return None
    if why.cleaned_data["how"] == WITHDRAW:
        return {}
    parts = sound_parts(head, lines)
    if parts is not None and not parts:
        head.add_error(None, operations.NothingGiven.message)
    return {**head.head(), "parts": parts} if parts else None


def correction_page(
    request: AgencyRequest, gift: Gift, why: CorrectionForm, head: HeadForm, lines: BaseLines
) -> HttpResponse:
    """The form of a correction."""
    return entry_page(request, head, lines, "partners/gift_correct.html", why=why, gift=gift)


def as_recorded(request: AgencyRequest, gift: Gift) -> Record:
    """The head of a gift as the form shows it; another giver may have been chosen."""
    tendered = Money(gift.tendered_amount, gift.tendered_currency)
    differs = gift.tendered_currency != gift.currency
    giver = chosen_giver(request) or gift.giving_unit
    names = ("date", "kind", "currency", "method", "reference", "anonymous")
    same = {name: getattr(gift, name) for name in names} | goods_of(gift) | as_credited(request.seat, gift)
    given = {"tendered_amount": tendered.decimal_string(), "tendered_currency": tendered.currency} if differs else {}
    return {**same, **given, "giving_unit": giver.pk}


def goods_of(gift: Gift) -> Record:
    """What is said of goods given and got, as the form shows it."""
    said = operations.carried_over(gift)
    value = said["fair_market_value"]
    shown = {name: said[name] for name in ("description", "in_return", "intangible")}
    return {**shown, "fair_market_value": "" if value is None else Money(value, gift.currency).decimal_string()}


def lines_of(gift: Gift) -> list[Record]:
    """The lines of a gift as the form shows them."""
    lines = GiftLine.objects.filter(gift=gift).order_by("pk")
    return [
        {
            "designation": line.designation_id,
            "amount": Money(line.amount, gift.currency).decimal_string(),
            "intent": line.intent,
        }
        for line in lines
    ]


def withdraw_only(request: AgencyRequest, gift: Gift) -> HttpResponse:
    """Withdraw a refund or chargeback: it is recorded anew as a refund of its gift, if at all."""
    agency = request.seat.agency
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        with shown_on(form):
            operations.correct_gift(agency=agency, actor=request.user, gift=gift, **form.cleaned_data)
        if not form.errors:
            toast(request, _("Withdrawn."))
            return redirect("gift", agency.slug, gift.pk)
    context = {"form": form, "gift": gift, "tabs": giving_tabs(request.seat, "gifts")}
    return TemplateResponse(request, "partners/gift_withdraw.html", context, status=status_of(form))


@member(can="gifts.record")
@require_http_methods(["GET", "POST"])
def gift_refund(request: AgencyRequest, pk: int) -> HttpResponse:
    """Give part or all of a gift back."""
    agency, gift = request.seat.agency, correctable(request, pk)
    left = operations.refundable(gift)
    initial = {"amount": left.decimal_string(), "on": agency.today()}
    form = RefundForm(request.POST or None, gift=gift, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        with shown_on(form):
            made = operations.refund_gift(
                agency=agency,
                actor=request.user,
                gift=gift,
                amount=given["money"],
                on=given["on"],
                reason=given["reason"],
                kind=given["kind"],
                key=given["key"],
            )
        if not form.errors:
            toast(request, _("Refund recorded."))
            return redirect("gift", agency.slug, made.pk)
    context = {
        "form": form,
        "gift": gift,
        "left": left.format(agency.locale),
        "tabs": giving_tabs(request.seat, "gifts"),
    }
    return TemplateResponse(request, "partners/gift_refund.html", context, status=status_of(form))
