"""Keys by which programs use the API."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import reauthenticated
from agencies.access import AgencyRequest, member
from agencies.forms.api_keys import KeyForm
from agencies.models import ApiKey
from agencies.operations.api_keys import end_key, make_key
from agencies.queries.api_keys import api_keys, shown_keys
from agencies.settings_tabs import settings_tabs
from core.refusals import shown_on
from core.toasts import toast

PAGE = 50
SAMPLES = {
    "partners": "partners/",
    "units": "units/",
    "transition": "transitions/",
    "letters": "letters/",
    "home": "notices/",
}
"""What an area of a key is tried with."""


@never_cache
@member(can="keys.make")
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def keys(request: AgencyRequest) -> HttpResponse:
    """The keys, and a form for another one. A new key's text goes out with the answer to its form, and is kept nowhere
    where it can be read.
    """
    if request.method != "POST":
        return page(request, KeyForm(seat=request.seat), None)
    form = KeyForm(request.POST, seat=request.seat)
    if form.is_valid():
        with shown_on(form):
            wanted: dict[str, Any] = form.wanted()
            key, text = make_key(agency=request.seat.agency, actor=request.user, **wanted)
        if not form.errors:
            return page(request, KeyForm(seat=request.seat), (key, text))
    return page(request, form, None)


def sample_url(request: AgencyRequest, areas: list[str]) -> str:
    """An address that a key of these areas may ask."""
    path = next((path for area, path in SAMPLES.items() if area in areas), "…")
    return request.build_absolute_uri(f"/api/a/{request.seat.agency.slug}/") + path


def page(request: AgencyRequest, form: KeyForm, made: tuple[ApiKey, str] | None) -> HttpResponse:
    """The page."""
    found = Paginator(api_keys(), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "made": made,
        "page": found,
        "rows": shown_keys(request.seat, found),
        "sample_url": sample_url(request, made[0].areas if made else []),
        "tabs": settings_tabs(request.seat, "api_keys"),
    }
    return TemplateResponse(request, "agencies/api_keys.html", context, status=422 if form.is_bound else 200)


@member(can="keys.make")
@require_http_methods(["GET", "HEAD", "POST"])
def key_end(request: AgencyRequest, pk: int) -> HttpResponse:
    """Ask, then end a key: nobody brings it back."""
    key = get_object_or_404(ApiKey, pk=pk, ended_at=None)
    if request.method == "POST":
        end_key(agency=request.seat.agency, actor=request.user, key=key)
        toast(request, _("The key %(name)s opens nothing any more.") % {"name": key.name})
        return redirect("api_keys", request.seat.agency.slug)
    return TemplateResponse(request, "agencies/api_key_end.html", {"key": key})
