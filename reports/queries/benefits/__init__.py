"""The eight promises of the model, measured for one unit before and after its shift (seed: the six steps)."""

from agencies.seats import Seat
from reports.queries.benefits.budget import coverage_and_balance
from reports.queries.benefits.frame import Benefit, Windows, windows
from reports.queries.benefits.giving import gift_sizes, share_given_to_unit
from reports.queries.benefits.keeping import partners_kept
from reports.queries.benefits.letters import current_messages, impact_reports, letters
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
        impact_reports(agency, unit, periods),
        letters(agency, unit, periods),
        current_messages(agency, unit, periods),
        gift_sizes(agency, unit, periods),
        partners_kept(unit, periods, today),
    )
    promises = benefits()
    return [Benefit(number, promises[number - 1], found) for number, found in enumerate(measured, start=1)]
