"""A reader of the office, for the reports of giving."""

import pytest

from accounts.models import User
from agencies.models import Agency
from agencies.seats import Seat
from tests.partners.giving_reports.asking import seat_for


@pytest.fixture
def office(inside: Agency, alice: User) -> Seat:
    return seat_for(inside, alice)
