"""The eight promises of the model, measured for one unit before and after its shift (seed: the six steps)."""

from django.utils.translation import gettext as _

from agencies.seats import Seat
from reports.queries.benefits.budget import coverage_and_balance
from reports.queries.benefits.frame import Benefit, Measure, Windows, windows
from reports.queries.benefits.giving import gift_sizes, share_given_to_unit
from reports.queries.benefits.keeping import partners_kept
from reports.queries.benefits.letters import letters
from reports.queries.benefits.team import team
from ssu.benefits import benefits
from ssu.models import Unit

__all__ = ["Benefit", "Windows", "scorecard", "windows"]


def scorecard(seat: Seat, unit: Unit) -> list[Benefit]:
    """The eight benefits in their order. The number of queries does not grow with gifts, letters or partners: only
    with the workers who left.
    """
    agency, today = seat.agency, seat.agency.today()
    periods = windows(unit, today)
    measured = (
        share_given_to_unit(agency, unit, periods),
        team(agency, unit, periods),
        coverage_and_balance(seat, unit, periods),
        [impact_reports()],
        letters(agency, unit, periods),
        [current_messages()],
        gift_sizes(agency, unit, periods),
        partners_kept(unit, periods, today),
    )
    promises = benefits()
    return [Benefit(number, promises[number - 1], found) for number, found in enumerate(measured, start=1)]


def impact_reports() -> Measure:
    """Nothing in the workspace says yet that a partner got an impact report."""
    return Measure(
        _("Partners who received an impact report"),
        _("Partners of the unit who received an impact statement, of all its partners."),
        waits_for=_("Waits for impact statements. They are made with the yearly giving statements."),
    )


def current_messages() -> Measure:
    """Letters do not say which version of the core message they were written on."""
    return Measure(
        _("Letters on current core messages"),
        _("Letters that were written on the version of the core message in force on their day, of all letters."),
        waits_for=_("Waits for letters that carry the version of the core message they were written on."),
    )
