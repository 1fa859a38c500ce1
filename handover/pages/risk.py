"""A unit's support at risk, and what one worker's leaving would cost."""

from collections.abc import Sequence
from typing import Any

from agencies.seats import Seat
from core.money import Money
from handover.pages.words import RISK_RULE
from handover.queries.risk import Loss, Risk, risks
from handover.sums import percent
from ssu.models import Unit


def risk_page(seat: Seat, unit_id: int) -> dict[str, Any]:
    """The figures of a unit, by currency. Three queries."""
    return {"rows": [shown(each) for each in risks(seat.agency, [unit_id])], "rule": RISK_RULE}


def shown(risk: Risk) -> dict[str, Any]:
    """One currency, in shares alone: a sum of one holder would tell what that person holds."""
    return {
        "currency": risk.currency,
        "single": percent(risk.single, risk.whole),
        "unheld": percent(risk.unheld, risk.whole),
        "bus_factor": risk.bus_factor,
    }


def losses(seat: Seat, found: Sequence[Loss]) -> list[dict[str, Any]]:
    """What would be left with nobody, by unit and currency; of units that the seat may see."""
    names, locale = unit_names(seat), seat.agency.locale
    return [
        {
            "unit": names[each.unit_id],
            "held": Money(each.held, each.currency).format(locale),
            "alone": Money(each.alone, each.currency).format(locale),
            "share": percent(each.alone, each.whole),
            "partners": each.partners,
        }
        for each in found
        if each.unit_id in names
    ]


def sums_lost(seat: Seat, found: Sequence[Loss]) -> list[dict[str, Any]]:
    """The same for programs, in exact decimals."""
    names = unit_names(seat)
    return [
        {
            "unit": each.unit_id,
            "unit_name": names[each.unit_id],
            "currency": each.currency,
            "held": Money(each.held, each.currency).decimal_string(),
            "alone": Money(each.alone, each.currency).decimal_string(),
            "partners": each.partners,
        }
        for each in found
        if each.unit_id in names
    ]


def unit_names(seat: Seat) -> dict[int, str]:
    """What the units are called that the seat may know."""
    return dict(Unit.objects.seen_by(seat).filter(is_withheld=False).values_list("pk", "shown_name"))
