"""A bank for tests."""

from types import SimpleNamespace

import pytest

from accounts.models import User
from agencies.models import Agency
from partners.models import GivingUnit
from tests.partners.reconciliation.bank import Bank


@pytest.fixture
def bank(inside: Agency, alice: User, ruth: GivingUnit, places: SimpleNamespace) -> Bank:
    """`bank.line(5000)` came in, `bank.batch(5000)` was posted, `bank.match(line, "b1")` puts them together."""
    return Bank(inside, alice, ruth, places.mine)
