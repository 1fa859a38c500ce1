"""Filters of the lists without a field of their own: other pages link with them, and they can be taken off."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from agencies.access import AgencyRequest
from partners.forms.lists import GiftFilter, PartnerFilter


@dataclass(frozen=True)
class Chip:
    """One filter in use, as `components/chips.html` takes it."""

    label: str
    remove_url: str


def chips(request: AgencyRequest, form: GiftFilter) -> list[Chip]:
    """The hidden filters in use, each with the address without it."""
    if not form.is_valid():
        return []
    given = form.cleaned_data
    words = {
        "partner": given["partner"] and _("Partner: %(name)s") % {"name": given["partner"]},
        "unit": given["unit"] and f"{request.seat.agency.unit_word}: {given['unit'].shown_name}",
        "run": given["run"] and _("Import %(number)s") % {"number": given["run"]},
        "currency": given["currency"] and _("Currency: %(code)s") % {"code": given["currency"]},
    }
    return [Chip(label, without(request, name)) for name, label in words.items() if label]


def partner_chips(request: AgencyRequest, form: PartnerFilter) -> list[Chip]:
    """The import whose partners are shown, with the address of all."""
    run = form.cleaned_data["run"] if form.is_valid() else None
    return [Chip(_("Import %(number)s") % {"number": run}, without(request, "run"))] if run else []


def without(request: AgencyRequest, name: str) -> str:
    """The query string without one filter."""
    query = request.GET.copy()
    for gone in (name, "page"):
        query.pop(gone, None)
    return f"?{query.urlencode()}"
