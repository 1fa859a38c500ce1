"""Plan against actual, worked out before the template."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_date
from django.utils.translation import gettext as _

from agencies.downloads import Sheet
from agencies.seats import Seat
from budgets.actual import Actual, Actuals
from budgets.models import Budget
from budgets.months import months_of
from core.export import Cell
from core.money import Money

KEPT_BACK = "Kept back: the unit is closed to you"


@dataclass(frozen=True)
class Row:
    """One category in words."""

    category: str
    planned: str
    until_now: str
    spent: str
    left: str
    is_over: bool
    state: str
    tone: str


def shown(found: Actuals, *, withheld: bool) -> Sequence[Actual]:
    """The categories; those of a unit that is closed to the reader stand together, without their names."""
    total = found.total
    return [Actual(_(KEPT_BACK), total.planned, total.until_now, total.spent)] if withheld else found.rows


def row_of(seat: Seat, budget: Budget, each: Actual) -> Row:
    """One category: what stands out is said first."""

    def show(minor: int) -> str:
        return Money(minor, budget.currency).format(seat.agency.locale)

    state, tone = state_of(each, show(each.ahead))
    return Row(
        each.category,
        show(each.planned),
        show(each.until_now),
        show(each.spent),
        show(each.left),
        each.left < 0,
        state,
        tone,
    )


def state_of(each: Actual, ahead: str) -> tuple[str, str]:
    """How a category stands, and its tone."""
    if not each.planned:
        return _("Not in the plan"), "warn"
    if each.left < 0:
        return _("More than the whole year's plan"), "bad"
    if each.ahead > 0:
        return _("%(amount)s more than planned until now") % {"amount": ahead}, "warn"
    return (_("Within the plan"), "done") if each.spent else (_("Nothing spent yet"), "none")


def finding(seat: Seat, budget: Budget, found: Actuals) -> str:
    """The answer in a sentence."""
    total = found.total
    sums = {"spent": total.spent, "planned": total.planned, "until": total.until_now}
    said = {name: Money(minor, budget.currency).format(seat.agency.locale) for name, minor in sums.items()}
    if not 0 < found.months < 12:
        return _("%(spent)s was spent of %(planned)s planned for the year.") % said
    month = format_date(months_of(seat.agency, budget.fiscal_year)[found.months - 1], "MMMM", locale=seat.agency.locale)
    words = _(
        "%(spent)s was spent of %(planned)s planned for the year; the plan until the end of %(month)s is %(until)s."
    )
    return words % {**said, "month": month}


def explained(seat: Seat, budget: Budget, found: Actuals) -> list[str]:
    """How the figures come about, in sentences."""
    said = [
        _("Spent: expenses of the unit's own designations in the fiscal year, less those taken back, from the ledger."),
        _("Planned until now: the months that have begun, this one whole, as each line is spread over the year."),
        _("A category of the plan and one of the ledger are the same when they have the same name."),
    ]
    if found.assessed:
        amount = Money(found.assessed, budget.currency).format(seat.agency.locale)
        said.append(_("Not counted here: %(amount)s that the agency kept as its share of gifts.") % {"amount": amount})
    if found.elsewhere:
        sums = ", ".join(money.format(seat.agency.locale) for money in found.elsewhere)
        said.append(_("Not counted here, because it is in another currency: %(sums)s.") % {"sums": sums})
    return said


def sheet_of(budget: Budget, rows: Sequence[Actual]) -> Sheet:
    """The page in exact decimals."""
    header = ("category", "currency", "planned", "planned_until_now", "spent", "left")
    lines: list[tuple[Cell, ...]] = [
        (
            each.category,
            budget.currency,
            *(Money(minor, budget.currency).decimal for minor in (each.planned, each.until_now, each.spent, each.left)),
        )
        for each in rows
    ]
    return Sheet(f"budget-{budget.pk}-actual", header, lines)
