"""Parts that this app puts into pages of the apps below."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from agencies.seats import Seat
from core.money import Money, parse_amount
from funds.models import Designation
from funds.queries import shown_designation_name


def import_totals(request: HttpRequest, *, outcome: dict[str, Any], **context: Any) -> str:
    """What an imported file brings to each designation, called as the reader may call it. Files know only the codes."""
    seat: Seat = request.seat  # type: ignore[attr-defined]
    totals: dict[str, str] = outcome.get("totals_by_designation", {})
    if not totals:
        return ""
    known = Designation.objects.filter(code__in=totals).annotate(shown_name=shown_designation_name(seat))
    names = {each.code: each.shown_name for each in known}
    currency = outcome.get("currency", seat.agency.base_currency)
    rows = [(code, names.get(code), shown(total, currency, seat.agency.locale)) for code, total in totals.items()]
    return render_to_string("funds/_import_totals.html", {"rows": rows}, request)


def shown(total: str, currency: str, locale: str) -> str:
    """An exact amount of a file's outcome, as the agency writes it."""
    amount: Money = parse_amount(total, currency)
    return amount.format(locale)
