"""Undoing an import takes its numbers away from partners, but not one under which gifts of another import came."""

from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file, undo_import
from partners.models import ExternalId, Gift, Partner
from tests.partners.test_import_matches import HEAD, RUTH, decide, received, ruth

__all__ = ["ruth"]
GIFTS = "gift_id,gift_date,donor_id,designation,amount\n"


@pytest.fixture
def contacts(inside: Agency, alice: User, ruth: Partner) -> ImportRun:
    """Applied: Ruth, who was there, has the number 501 from now on."""
    run = received(inside, alice, HEAD + RUTH)
    decide(inside, alice, run, "501", "update")
    return apply_import(agency=inside, actor=alice, run=run)


def bring(agency: Agency, actor: User, row: str) -> ImportRun:
    run = receive_file(agency=agency, actor=actor, name="gifts.csv", content=(GIFTS + row).encode(), check=False)
    return apply_import(agency=agency, actor=actor, run=check_import(agency=agency, run=run))


def giver_of(number: str) -> int | None:
    found: int | None = Gift.objects.get(external_id=number).giving_unit.partner_id
    return found


def test_a_number_stays_under_which_gifts_of_another_import_came(
    inside: Agency, alice: User, ruth: Partner, contacts: ImportRun, places: Any
) -> None:
    bring(inside, alice, "T1,2026-02-13,0501,0100,5.00\n")
    assert giver_of("T1") == ruth.pk
    undo_import(agency=inside, actor=alice, run=contacts, reason="wrong")
    assert list(ruth.external_ids.values_list("norm", flat=True)) == ["501"]
    bring(inside, alice, "T2,2026-03-13,501,0100,6.00\n")
    assert giver_of("T2") == ruth.pk


def test_it_goes_where_no_gift_that_stands_came_under_it(
    inside: Agency, alice: User, ruth: Partner, contacts: ImportRun, places: Any
) -> None:
    """The control: the gift came, and its import was undone first."""
    gifts = bring(inside, alice, "T1,2026-02-13,501,0100,5.00\n")
    undo_import(agency=inside, actor=alice, run=gifts, reason="wrong")
    undo_import(agency=inside, actor=alice, run=contacts, reason="wrong")
    assert ExternalId.objects.count() == 0
