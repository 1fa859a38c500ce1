"""Units for tests: one open, one careful, one closed, with a leader, a coach and people in the field."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies import operations as people
from agencies.models import Agency, Role
from agencies.seats import Seat, seat_of
from ssu.models import Strategy, Unit, Worker

TRUE_NAME = "Tamrin People"
TRUE_PLACE = "Tamrin Valley"


def seat(agency: Agency, user: User) -> Seat:
    """The seat of a user in the agency in scope."""
    from agencies.models import Membership

    return seat_of(agency, Membership.objects.get(user=user))


@pytest.fixture
def strategy(inside: Agency) -> Strategy:
    made: Strategy = Strategy.objects.create(code="S1", name="Unreached Peoples")
    return made


@pytest.fixture
def units(strategy: Strategy) -> Any:
    """`units.open`, `units.careful`, `units.closed`."""

    def unit(code: str, name: str, level: str, **fields: Any) -> Unit:
        made: Unit = Unit.objects.create(
            strategy=strategy, code=code, name=name, discretion=level, kind="community", **fields
        )
        return made

    return SimpleNamespace(
        open=unit("U1", "Riverbend", "open", place="Riverbend Town", region="North"),
        careful=unit("U2", "Kareth Valley", "careful", place="Kareth Town", region="South"),
        closed=unit("U3", TRUE_NAME, "closed", alias="Project Cedar", place=TRUE_PLACE, region="Central Asia"),
    )
