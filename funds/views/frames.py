"""One shape for the pages of the ledger: a list, a page, a form."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from agencies.access import AgencyRequest
from agencies.idempotency import OtherContent
from funds.pages.frame import Heading, frame


def status_of(form: forms.BaseForm) -> int:
    """200, 409 where the key was used for another content (trust rule T8), else 422."""
    if form.has_error("__all__", OtherContent.code):
        return 409
    return 422 if form.errors else 200


def list_page(request: AgencyRequest, tab: str, heading: Heading, *, status: int = 200, **context: Any) -> HttpResponse:
    """A filter, a table, pages of it; what to do where there is nothing."""
    whole = {**frame(request.seat, tab, heading), **context}
    return TemplateResponse(request, "funds/ledger_list.html", whole, status=status)


def shown_page(
    request: AgencyRequest, tab: str, heading: Heading, *, status: int = 200, **context: Any
) -> HttpResponse:
    """Facts, tables, and perhaps a form below."""
    whole = {**frame(request.seat, tab, heading), **context}
    return TemplateResponse(request, "funds/ledger_page.html", whole, status=status)


def form_page(
    request: AgencyRequest, tab: str, heading: Heading, form: forms.BaseForm, button: str, back: str, **context: Any
) -> HttpResponse:
    """A form with its button; `back` is the name of the page behind Cancel, or its address."""
    address = back if back.startswith("/") else reverse(back, args=[request.seat.agency.slug])
    whole = {**frame(request.seat, tab, heading), "form": form, "button": button, "back": address, **context}
    return TemplateResponse(request, "funds/ledger_form.html", whole, status=status_of(form))
