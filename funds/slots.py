"""Parts that this app puts into pages of the apps below."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from agencies.seats import Seat
from core.money import Money, parse_amount
from funds.models import Designation
from funds.queries import shown_designation_name
from imports.mapping.rules import OURS, Rules, rules_of


def import_totals(request: HttpRequest, *, run: Any, outcome: dict[str, Any], **context: Any) -> str:
    """What an imported file brings to each designation, called as the reader may call it. Files know only the codes,
    or words that somebody mapped to one.
    """
    seat: Seat = request.seat  # type: ignore[attr-defined]
    totals: dict[str, str] = outcome.get("totals_by_designation", {})
    if not totals:
        return ""
    codes = {said: our_code(rules_of(run.mapping), said) for said in totals}
    known = Designation.objects.filter(code__in=codes.values()).annotate(shown_name=shown_designation_name(seat))
    names = {each.code: each.shown_name for each in known}
    currency = outcome.get("currency", seat.agency.base_currency)
    rows = [
        (said, names.get(codes[said]), shown(total, currency, seat.agency.locale)) for said, total in totals.items()
    ]
    return render_to_string("funds/_import_totals.html", {"rows": rows}, request)


def our_code(rules: Rules | None, said: str) -> str:
    """The code of ours that a word of the file means; the word itself where nobody mapped it."""
    meant = rules.meant("designation", said) if rules else None
    return meant.text if meant and meant.what == OURS else said


def shown(total: str, currency: str, locale: str) -> str:
    """An exact amount of a file's outcome, as the agency writes it."""
    amount: Money = parse_amount(total, currency)
    return amount.format(locale)
