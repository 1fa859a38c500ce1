"""For the board: are units launched and funded? No name of a partner stands here."""

from django.utils.translation import gettext as _

from agencies.seats import Seat
from budgets import queries as budgets
from budgets import showing
from home.cards.parts import Card, url
from ssu.models import Unit
from ssu.pages.matrix import drawn
from ssu.queries.matrix import matrix
from ssu.queries.units import Filters


def overview(seat: Seat) -> list[Card]:
    """The step matrix, then the coverage of each unit, the biggest gap first."""
    return [steps(seat), coverage(seat)]


def steps(seat: Seat) -> Card:
    """Units by steps, the furthest behind first."""
    lines = matrix(seat, Filters())
    return Card(
        id="steps",
        title=_("Six steps across units"),
        matrix=drawn(seat, lines) if lines else None,
        quiet="" if lines else _("No unit yet."),
        action_label=_("Open the matrix"),
        action_url=url(seat, "matrix"),
    )


def coverage(seat: Seat) -> Card:
    """What is still open per unit in the latest budgeted year."""
    year = budgets.latest_year(seat.agency)
    found = list(budgets.budgets_in_force(seat, year))
    covered = budgets.coverage_of(seat.agency, found)
    names = dict(Unit.objects.seen_by(seat).values_list("pk", "shown_name"))
    shown = [showing.row(seat, each, names.get(each.unit_id, ""), covered[each.pk]) for each in found]
    shown.sort(key=lambda row: (-row.open_minor, row.name))
    return Card(
        id="coverage",
        title=_("Budgets of fiscal year %(year)s") % {"year": year},
        coverage=shown,
        quiet="" if shown else _("No budget is approved yet."),
        action_label=_("All budgets"),
        action_url=url(seat, "budgets") + f"?year={year}",
    )
