"""Public appeals of the demo: a page that everybody may read, and an emergency that waits for its second name."""

from collections.abc import Sequence
from datetime import date, timedelta

from accounts.models import User
from agencies.models import Agency, Role
from ssu import operations as ssu
from ssu.models import Discretion, Unit
from ssu.queries.gate import gate_of

HOW = (
    "Send a check to Harbor Light Mission, PO Box 1200, Port Alderney, WA 98694, and write the name of this work on "
    "the memo line. Every gift is receipted."
)
WHY = "The storm of last week took the roof of the meeting house; the rains begin in a month."


def appeal(agency: Agency, cast: dict[str, User], units: Sequence[Unit], today: date) -> None:
    """The first open unit whose gate is open has a public page; the first whose gate is shut asks for an emergency."""
    open_units = [unit for unit in units if unit.discretion == Discretion.OPEN]
    ready = next(unit for unit in open_units if gate_of(unit, today).is_open)
    ssu.open_public_page(agency=agency, actor=cast[Role.STAFF], unit=ready, how_to_give=HOW)
    waiting = next(unit for unit in open_units if not gate_of(unit, today).is_open)
    ssu.ask_emergency(
        agency=agency, actor=cast[Role.STAFF], unit=waiting, reason=WHY, ends_on=today + timedelta(days=30)
    )
