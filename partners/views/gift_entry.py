"""Recording gifts by hand: the giver is found first. The form carries a key: sent twice it does it once."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agencies.access import AgencyRequest, member
from agencies.idempotency import OtherContent
from core.refusals import shown_on
from core.toasts import toast
from imports.giving_tabs import giving_tabs
from partners import operations
from partners.forms.gifts import (
    BaseLines,
    FindGiverForm,
    GiftForm,
    designations_offered,
    designations_sent,
    lines_formset,
)
from partners.models import GivingUnit, Partner
from partners.operations import Part
from partners.pages.giver import givers_found

Record = dict[str, Any]
BLANK_LINES = 2


def status_of(*given: forms.BaseForm | BaseLines) -> int:
    """200, 409 where the key was used for another content (trust rule T8), else 422."""
    if any(isinstance(form, forms.BaseForm) and form.has_error("__all__", OtherContent.code) for form in given):
        return 409
    broken = any(
        form.errors if isinstance(form, forms.BaseForm) else form.is_bound and not form.is_sound for form in given
    )
    return 422 if broken else 200


def find_giver(request: AgencyRequest, title: str, *, may_be_unknown: bool = True) -> HttpResponse:
    """The page on which the giver is found; each hit leads back with the giver chosen."""
    form = FindGiverForm(request.GET)
    q = request.GET.get("q", "").strip()[:100]
    rows, more = givers_found(request.seat, q, request.path) if q else ([], False)
    unknown = GivingUnit.objects.filter(is_unidentified=True).first()
    context = {
        "title": title,
        "form": form,
        "q": q,
        "rows": rows,
        "more": more,
        "unknown_url": f"{request.path}?giver={unknown.pk}" if unknown and may_be_unknown else "",
        "finding": "find" in request.GET,
        "tabs": giving_tabs(request.seat, "gifts"),
    }
    return TemplateResponse(request, "partners/find_giver.html", context)


def chosen_giver(request: AgencyRequest) -> GivingUnit | None:
    """The giver of the address: a giving unit, or the one of a partner. One that is not here is nobody."""
    giver, partner = request.GET.get("giver", ""), request.GET.get("partner", "")
    units = GivingUnit.objects.own_first()
    if partner.isascii() and partner.isdigit():
        units = units.filter(partner__in=Partner.objects.seen_by(request.seat).filter(pk=partner[:18]))
    elif giver.isascii() and giver.isdigit():
        units = units.filter(pk=giver[:18])
    else:
        return None
    found: GivingUnit | None = units.first()
    return found


def posted_giver(form: forms.Form) -> GivingUnit | None:
    """The giver that a form carries, to name it on the page."""
    value = form["giving_unit"].value()
    text = str(value)[:18]
    found: GivingUnit | None = GivingUnit.objects.filter(pk=text).first() if text.isascii() and text.isdigit() else None
    return found


@member(can="gifts.record")
@require_http_methods(["GET", "POST"])
def gift_add(request: AgencyRequest) -> HttpResponse:
    """Record a gift: first the giver is chosen, then date, lines and the rest."""
    agency, offered = request.seat.agency, designations_offered(request.seat, also=designations_sent(request.POST))
    if request.method == "GET":
        giver = chosen_giver(request)
        if giver is None:
            return find_giver(request, _("Add gift"))
        initial = {"giving_unit": giver.pk, "date": agency.today(), "currency": agency.base_currency}
        form = GiftForm(seat=request.seat, initial=initial)
        return entry_page(request, form, blank_lines(offered), "partners/gift_add.html")
    if "more" in request.POST:
        return entry_page(
            request,
            GiftForm(seat=request.seat, initial=request.POST.dict()),
            one_more(request, offered),
            "partners/gift_add.html",
        )
    form, lines = GiftForm(request.POST, seat=request.seat), bound_lines(request, offered)
    parts = sound_parts(form, lines)
    if parts is not None:
        with shown_on(form):
            made = operations.record_gift(
                agency=agency, actor=request.user, parts=parts, key=form.cleaned_data["key"], **form.head()
            )
        if not form.errors:
            toast(request, _("Gift recorded."))
            return redirect("gift", agency.slug, made.pk)
    return entry_page(request, form, lines, "partners/gift_add.html")


def entry_page(request: AgencyRequest, form: forms.Form, lines: BaseLines, template: str, **more: Any) -> HttpResponse:
    """The form of a gift with its lines."""
    status = status_of(form, lines, *(each for each in more.values() if isinstance(each, forms.BaseForm)))
    context = {
        "form": form,
        "lines": lines,
        "giver": posted_giver(form),
        "broken": status != 200,
        "tabs": giving_tabs(request.seat, "gifts"),
        **more,
    }
    return TemplateResponse(request, template, context, status=status)


def blank_lines(offered: Record, initial: list[Record] | None = None, extra: int = BLANK_LINES) -> BaseLines:
    """Lines to fill in, behind those that stand."""
    made: BaseLines = lines_formset(extra)(initial=initial or [], prefix="lines", form_kwargs={"offered": offered})
    return made


def bound_lines(request: AgencyRequest, offered: Record) -> BaseLines:
    """The lines that were sent."""
    sent: BaseLines = lines_formset(0)(request.POST, prefix="lines", form_kwargs={"offered": offered})
    return sent


def one_more(request: AgencyRequest, offered: Record) -> BaseLines:
    """The lines that were sent, as they are, and an empty one where typing goes on: nothing is judged yet."""
    sent = bound_lines(request, offered)
    typed = [{name: form[name].value() for name in form.fields} for form in sent.forms]
    lines = blank_lines(offered, typed, extra=1)
    lines.forms[-1].fields["designation"].widget.attrs["autofocus"] = True
    return lines


def sound_parts(form: forms.Form, lines: BaseLines) -> list[Part] | None:
    """The lines as the operation takes them, or None when anything is wrong. Everything is looked at, so that one
    answer tells all that the shape of the form can tell: what an amount is wrong in and that a day has not come alike.
    """
    sound, whole = form.is_valid(), lines.is_valid()
    parts = lines.parts(form.cleaned_data.get("currency", ""))
    return parts if sound and whole and lines.is_sound else None
