"""What a partner would like to help with, on the record and beside the coverage of a budget."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from agencies.days import day_in_words
from agencies.seats import Seat
from budgets.preferred import preferences_seen
from partners.models import Partner
from partners.queries.partners import is_reached

MOST = 20
"""So many on a record; ended ones come last."""


def preference_part(request: HttpRequest, *, partner: Partner, **context: Any) -> str:
    """A card with the lines that the partner prefers, for who cares for the partner and reads budgets. One query, and
    one to know who may.
    """
    seat: Seat = request.seat  # type: ignore[attr-defined]
    if partner.erased_at is not None or not seat.can("budgets.view"):
        return ""
    if not is_reached(seat, partner, "partners.contact"):
        return ""
    rows = preference_rows(seat, preferences_seen(seat).filter(giving_unit__partner=partner)[:MOST])
    add_url = reverse("line_preference_add", args=[seat.agency.slug, partner.pk])
    return render_to_string("budgets/_partner_preferences.html", {"rows": rows, "add_url": add_url}, request)


def preference_rows(seat: Seat, found: Iterable[Any]) -> list[dict[str, Any]]:
    """Preferences of `preferences_seen` in words."""
    return [
        {
            "impact": each.impact or "",
            "unit": each.unit_name,
            "partner": each.giving_unit.partner.name,
            "partner_url": reverse("partner", args=[seat.agency.slug, each.giving_unit.partner_id]),
            "starts_on": day_in_words(seat.agency, each.starts_on),
            "ends_on": day_in_words(seat.agency, each.ends_on) if each.ends_on else "",
            "end_url": "" if each.ends_on else reverse("line_preference_end", args=[seat.agency.slug, each.pk]),
        }
        for each in found
    ]
