"""What blocks a public appeal, on the unit's own page."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from ssu.pages.appeals import blocker_rows
from ssu.queries.gate import gate_of


def gate_part(request: HttpRequest, *, unit: Any, **context: Any) -> str:
    """The gate of a unit with a link to each item that blocks it, for whom its steps are open."""
    seat = request.seat  # type: ignore[attr-defined]
    if not seat.can("rollout.view", unit.pk):
        return ""
    gate = gate_of(unit, seat.agency.today())
    shown = {"gate": gate, "blockers": blocker_rows(seat, gate)}
    return render_to_string("ssu/_gate_card.html", shown, request)
