"""The consent of a partner, as the partner's page shows it."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from agencies.days import day_in_words
from agencies.models import Agency
from communications.models import Basis, Channel, ConsentEntry, Purpose
from communications.queries.consent import standing_of
from partners.models import Partner
from partners.queries.partners import is_reached

TONES = {Basis.OBJECTION.value: "warn"}


def consent_part(request: HttpRequest, *, partner: Partner, **context: Any) -> str:
    """A card with what counts today, for whose right to see consent reaches the partner. At most two queries."""
    seat = request.seat  # type: ignore[attr-defined]
    if partner.erased_at is not None or not is_reached(seat, partner, "consent.view"):
        return ""
    rows = standing_rows(seat.agency, partner)
    url = reverse("partner_consent", args=[seat.agency.slug, partner.pk])
    return render_to_string("communications/_consent_card.html", {"rows": rows, "url": url}, request=request)


def standing_rows(agency: Agency, partner: Partner) -> list[dict[str, str]]:
    """What counts, by channel and purpose. One query."""
    return [entry_row(agency, entry) for entry in standing_of(partner).values()]


def entry_row(agency: Agency, entry: ConsentEntry) -> dict[str, str]:
    """One entry in words."""
    return {
        "channel": str(Channel(entry.channel).label),
        "purpose": str(Purpose(entry.purpose).label),
        "basis": str(Basis(entry.basis).label),
        "tone": TONES.get(entry.basis, "done"),
        "wording": entry.wording,
        "source": entry.source,
        "on": day_in_words(agency, entry.on),
    }


def objections_part(request: HttpRequest, *, partner: Partner, **context: Any) -> str:
    """What the partner objected to, to be minded at the telephone. At most two queries."""
    seat = request.seat  # type: ignore[attr-defined]
    if not is_reached(seat, partner, "consent.view"):
        return ""
    rows = [entry_row(seat.agency, each) for each in standing_of(partner).values() if each.basis == Basis.OBJECTION]
    return render_to_string("communications/_call_objections.html", {"rows": rows}, request=request)
