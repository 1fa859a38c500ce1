"""An agency with three years of history and the totals of its old system."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency, Role
from agencies.operations import add_member
from partners.imports.old_totals import as_sheet, judge_old_totals
from partners.models import GoLiveSignature, OldTotals
from partners.operations import go_live as operations
from partners.queries.go_live import compared
from tests.cast import person

LIVE = date(2026, 7, 1)


@pytest.fixture
def finn(inside: Agency, alice: User) -> User:
    made = person("Finn")
    add_member(agency=inside, actor=alice, user=made, roles=(Role.FINANCE,))
    return made


@pytest.fixture
def history(add: Any, giving: Any, places: SimpleNamespace) -> None:
    """$50 and $25 in March to the unit, $9 in April to the general fund; $700 on the day itself."""
    ruth = add("Moab")
    giving(ruth, (places.mine, 5000), on=date(2026, 3, 4))
    giving(ruth, (places.mine, 2500), on=date(2026, 3, 31))
    giving(ruth, (places.general, 900), on=date(2026, 4, 1))
    giving(ruth, (places.mine, 70000), on=LIVE)


@pytest.fixture
def told(inside: Agency, alice: User) -> Callable[..., OldTotals]:
    """`told("0100,2026-03,USD,75.00,2")` is what the old system says."""

    def make(*lines: str) -> OldTotals:
        names = ("designation", "month", "currency", "amount", "count")
        cells = [dict(zip(names, line.split(","), strict=False)) for line in lines]
        rows, problems = judge_old_totals(as_sheet(cells))
        assert problems == []
        return operations.keep_old_totals(agency=inside, actor=alice, name="old.csv", sha256="a" * 64, rows=rows)

    return make


@pytest.fixture
def sign(inside: Agency) -> Callable[..., GoLiveSignature]:
    """`sign(alice)` signs the figures as they stand."""

    def make(user: User, on: date = LIVE, digest: str = "") -> GoLiveSignature:
        seen = digest or compared(on).digest()
        return operations.sign_go_live(agency=inside, actor=user, live_on=on, digest=seen)

    return make
