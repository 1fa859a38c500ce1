"""What of a unit's budget begins another unit's: its lines, as the draft of a first version."""

from django.utils.translation import gettext_lazy as _

from agencies.seats import Seat
from budgets.models import Budget, Line
from budgets.operations import add_line, start_budget
from budgets.operations.versions import open_authors
from core.money import Money
from ssu.copying import Copying, Part
from ssu.models import Unit


def newest(source: Unit) -> Budget | None:
    """The budget to copy: the one in force last, else the newest draft."""
    in_force = Budget.objects.approved().filter(unit=source).order_by("-fiscal_year").first()
    found: Budget | None = in_force or Budget.objects.filter(unit=source).order_by("-fiscal_year", "-version").first()
    return found


def lines(seat: Seat, source: Unit) -> int:
    """How many lines there are, 0 for a seat that may not see or make budgets."""
    may = seat.can("budgets.view", source.pk) and seat.can("budgets.edit", source.pk)
    model = newest(source) if may else None
    return int(Line.objects.filter(budget=model).count()) if model else 0


def copy_budget(work: Copying) -> None:
    """The lines with their amounts in the present fiscal year's draft; whether they fit is for its author to say."""
    model = newest(work.source)
    if model is None or model.currency != work.agency.base_currency:
        return
    year = work.agency.fiscal_year(work.agency.today())
    made = start_budget(agency=work.agency, actor=work.actor, unit=work.made, fiscal_year=year)
    made.add_writers(*open_authors(model))
    made.save(update_fields=["writers"])
    for line in Line.objects.filter(budget=model).order_by("pk"):
        add_line(
            agency=work.agency,
            actor=work.actor,
            budget=made,
            impact=work.without_names(line.impact),
            category=work.without_names(line.category),
            amount=Money(line.amount, model.currency),
            kind=line.kind,
            priority=line.priority,
            months=line.months,
        )


BUDGET = Part(50, "budget", _("Budget lines, as a draft"), lines, copy_budget, ("budgets.Budget", "budgets.Line"))
