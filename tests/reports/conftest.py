"""An agency that receives gifts, and the statements of its givers."""

import itertools
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Designation
from funds.operations import open_designation
from jobs.testing import run_due
from partners import operations
from partners.models import Gift, GivingUnit
from partners.operations import Part
from partners.operations.gift_posting import post_gift
from reports.models import StatementIssue
from reports.operations import issue_statements, start_single
from reports.queries.givers import to_state
from reports.queries.issues import newest_of

YEAR = 2025
DAY = date(YEAR, 3, 4)
keys = (f"k{number}" for number in itertools.count())


@pytest.fixture(autouse=True)
def stored(tmp_path: Path, settings: Any) -> Path:
    """Files of a test are its own."""
    place = tmp_path / "stored"
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": place}}
    settings.STORAGES = storages
    return place


@pytest.fixture
def make_giver(inside: Agency, alice: User) -> Callable[..., GivingUnit]:
    """`make_giver("Moab")` is a giving unit with an address; `receipts="none"` and the like change it."""

    def make(last_name: str, kind: str = "person", receipts: str = "annual", **fields: Any) -> GivingUnit:
        fields.setdefault("address", {"lines": "1 Well Lane", "city": "Bethel", "postal_code": "12345"})
        fields["last_name" if kind in ("person", "household") else "organization"] = last_name
        partner = operations.add_partner(agency=inside, actor=alice, kind=kind, **fields)
        GivingUnit.objects.filter(partner=partner).update(receipts=receipts)
        return GivingUnit.objects.get(partner=partner)

    return make


@pytest.fixture
def ruth(make_giver: Callable[..., GivingUnit]) -> GivingUnit:
    return make_giver("Moab", first_name="Ruth")


@pytest.fixture
def general(inside: Agency, alice: User) -> Designation:
    return open_designation(agency=inside, actor=alice, code="100", public_name="General fund", kind="general")


@pytest.fixture
def wells(inside: Agency, alice: User) -> Designation:
    return open_designation(agency=inside, actor=alice, code="200", public_name="Wells", kind="project")


@pytest.fixture
def give(inside: Agency, alice: User, general: Designation) -> Callable[..., Gift]:
    """`give(ruth, 5000)` posts a gift, also one of any date, sign or kind; `parts` splits it."""

    def record(giver: GivingUnit, minor: int = 5000, on: date = DAY, **fields: Any) -> Gift:
        currency = fields.pop("currency", "USD")
        parts = fields.pop("parts", None) or [
            Part(fields.pop("to", general), Money(minor, currency), fields.pop("memo", ""), fields.pop("key", ""))
        ]
        return post_gift(
            agency=inside,
            actor=alice,
            giving_unit=giver,
            on=on,
            parts=parts,
            source="test",
            external_id=next(keys),
            **fields,
        )

    return record


@pytest.fixture
def issue(inside: Agency, alice: User) -> Callable[..., list[StatementIssue]]:
    """`issue()` issues what the year needs, without files; the issues of the givers, by giver."""

    def run(year: int = YEAR) -> list[StatementIssue]:
        outcomes = issue_statements(agency=inside, actor=alice, year=year, givers=to_state(year))
        assert [outcome.reason for outcome in outcomes if outcome.issue is None] == []
        return [outcome.issue for outcome in outcomes if outcome.issue is not None]

    return run


def issued_by_job(agency: Agency, actor: User, giver: GivingUnit, year: int = YEAR) -> StatementIssue:
    """One statement with its file, made as from its page."""
    start_single(agency=agency, actor=actor, giving_unit=giver, year=year)
    run_due()
    return newest_of(year, [giver.pk])[giver.pk]
