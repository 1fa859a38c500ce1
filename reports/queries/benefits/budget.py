"""How far the unit's budget is covered, and what lies unused."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from agencies.seats import Seat
from budgets import queries as budgets
from core.periods import month_start
from funds.models import Designation
from funds.queries.balances import balances
from reports.queries.benefits.frame import Amount, Figure, Measure, Share, Windows
from ssu.models import Unit


def coverage_and_balance(seat: Seat, unit: Unit, windows: Windows) -> list[Measure]:
    """The budget's coverage before and now, then one measure of the balance per currency."""
    today = seat.agency.today()
    eve = windows.before.last if windows.before else None
    formula = _(
        "Received on the unit’s designations and promised to them, of the expense that the approved budget names; of "
        "the fiscal year of the last day before the shift, and of the current one or the latest with a budget."
    )
    covered = Measure(
        _("Budget covered"),
        formula,
        coverage(seat, unit, seat.agency.fiscal_year(eve)) if eve else None,
        coverage(seat, unit, budgets.latest_year(seat.agency)),
        none=_("no budget in force"),
    )
    return [covered, *balance(unit, eve, today)]


def coverage(seat: Seat, unit: Unit, year: int) -> Figure:
    """Received and committed of the goal of a fiscal year; None without an approved budget."""
    found = list(budgets.budgets_in_force(seat, year).filter(unit=unit.pk))
    for budget, covered in zip(found, budgets.coverage_of(seat.agency, found).values(), strict=True):
        return Share(covered.received + covered.committed, budget.goal or 0, covered.currency)
    return None


def balance(unit: Unit, eve: date | None, today: date) -> list[Measure]:
    """What the unit's own designations hold, currency by currency."""
    own = Designation.objects.filter(unit=unit.pk).exclude(kind=Designation.Kind.WORKER)
    designations = list(own.values_list("pk", flat=True))
    before = held(designations, month_start(eve) - timedelta(days=1)) if eve else {}
    now = held(designations, today)
    formula = _(
        "What was received for the unit and is not spent: the balance of its designations at the end of the month "
        "before the shift, and today."
    )
    measures = [
        Measure(
            _("Unused balance, %(currency)s") % {"currency": code},
            formula,
            Amount(before.get(code, 0), code) if eve else None,
            Amount(now.get(code, 0), code),
        )
        for code in sorted({*before, *now})
    ]
    return measures or [Measure(_("Unused balance"), formula, none=_("no designation of its own"))]


def held(designations: list[int], upto: date) -> dict[str, int]:
    """The balance of several designations together, in minor units by currency."""
    found: dict[str, int] = {}
    for amounts in balances(designations, upto).values():
        for amount in amounts:
            found[amount.currency] = found.get(amount.currency, 0) + amount.minor
    return found
