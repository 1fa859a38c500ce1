"""What reports show on the pages of lower apps."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from ssu.models import Unit


def unit_report(request: HttpRequest, *, unit: Unit, **context: Any) -> str:
    """The way to a unit's report, on its page, for who may have it."""
    seat = request.seat  # type: ignore[attr-defined]
    if not seat.can("reports.view", unit.pk):
        return ""
    return render_to_string("reports/_unit_report.html", {"unit": unit}, request)
