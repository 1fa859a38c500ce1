"""A statement that tells of an imported gift holds the import: its undo is refused, and the row is named."""

from collections.abc import Callable

import pytest

from accounts.models import User
from agencies.models import Agency
from imports.models import ImportRun
from imports.operations import apply_import, check_import, receive_file, undo_import
from imports.operations.undo import RestsOnIt
from partners.models import GivingUnit, Partner
from partners.operations import add_partner, merge_partners, undo_merge
from partners.operations.partners import give_number
from reports.operations import issue_statements
from tests.imports.conftest import harbor

__all__ = ["harbor"]
HEAD = "gift_id,gift_date,donor_id,donor_name,designation,amount,currency\n"
Bring = Callable[[str, str], ImportRun]


@pytest.fixture
def giver(harbor: Agency, alice: User) -> GivingUnit:
    """Somebody whom the agency knows by the number 7701."""
    partner = add_partner(agency=harbor, actor=alice, kind="person", first_name="Ruth", last_name="Moab")
    give_number(agency=harbor, partner=partner, source="HLM", value="7701")
    return GivingUnit.objects.get(partner=partner)


@pytest.fixture
def bring(harbor: Agency, alice: User, giver: GivingUnit) -> Bring:
    """Import one gift of the giver, of a day."""

    def run(number: str, day: str) -> ImportRun:
        row = f"{number},{day},7701,Ruth Moab,0900101,10.00,USD\n"
        received = receive_file(
            agency=harbor, actor=alice, name="gifts.csv", content=(HEAD + row).encode(), check=False
        )
        return apply_import(agency=harbor, actor=alice, run=check_import(agency=harbor, run=received))

    return run


def test_a_gift_that_a_statement_tells_of_holds_its_import(
    bring: Bring, harbor: Agency, alice: User, giver: GivingUnit
) -> None:
    told, other = bring("1", "2025-03-02"), bring("2", "2024-03-02")
    issue_statements(agency=harbor, actor=alice, year=2025, givers=[giver.pk])
    with pytest.raises(RestsOnIt, match=r"Row 1 \(line 2\): A giving statement"):
        undo_import(agency=harbor, actor=alice, run=told, reason="wrong")
    assert undo_import(agency=harbor, actor=alice, run=other, reason="wrong").state == "undone"


def test_a_gift_that_is_told_by_the_statement_of_another_holds_its_import(
    bring: Bring, harbor: Agency, alice: User, giver: GivingUnit
) -> None:
    told = bring("1", "2025-03-02")
    other = add_partner(agency=harbor, actor=alice, kind="person", first_name="R.", last_name="Moab")
    (merge,) = merge_partners(
        agency=harbor, actor=alice, survivor=other, losers=[Partner.objects.get(pk=giver.partner_id)]
    )
    own = GivingUnit.objects.get(partner=other, came_by=None)
    assert issue_statements(agency=harbor, actor=alice, year=2025, givers=[own.pk])[0].state == "issued"
    for _ in range(2):
        with pytest.raises(RestsOnIt, match=r"Row 1 \(line 2\): A giving statement"):
            undo_import(agency=harbor, actor=alice, run=told, reason="wrong")
        if merge.undone_at is None:
            merge = undo_merge(agency=harbor, actor=alice, merge=merge)
