"""A file that knows a merged partner by the old number finds the record that stands; the undo takes the gift back."""

from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from imports.operations import apply_import, check_import, receive_file
from partners import operations
from partners.models import Gift, Partner
from tests.imports.conftest import harbor

__all__ = ["harbor"]
HEAD = "gift_id,gift_date,donor_id,donor_name,designation,amount,currency,type,reference,memo,gift_total\n"


@pytest.fixture
def act(harbor: Agency, alice: User) -> dict[str, Any]:
    return {"agency": harbor, "actor": alice}


def bring(act: dict[str, Any], *rows: tuple[str, str]) -> dict[str, int]:
    """Apply a file of gifts of 10 dollars: (number of the gift, donor number)."""
    lines = [f"{gift},2025-10-26,{donor},Ruth Moab,0105201,10.00,USD,gift,,,10.00\n" for gift, donor in rows]
    content = (HEAD + "".join(lines)).encode()
    received = receive_file(**act, name="gifts.csv", content=content, check=False)
    run = apply_import(**act, run=check_import(agency=act["agency"], run=received))
    applied: dict[str, int] = run.applied
    return applied


def given(partner: Partner) -> list[str]:
    found = Gift.objects.filter(giving_unit__partner=partner).order_by("external_id")
    return list(found.values_list("external_id", flat=True))


def test_the_old_number_finds_the_survivor_and_the_undo_its_own(act: dict[str, Any]) -> None:
    act_on: dict[str, Any] = {**act, "kind": "person", "last_name": "Moab"}
    gone = operations.add_partner(**act_on, first_name="Rut", number=("HLM", "0077"))
    kept = operations.add_partner(**act_on, first_name="Ruth", number=("HLM", "88"))
    bring(act, ("T1", "77"), ("T2", "88"))
    assert (given(kept), given(gone)) == (["T2"], ["T1"])
    merge = operations.merge_partners(**act, survivor=kept, losers=[gone])[0]
    applied = bring(act, ("T1", "77"), ("T2", "88"), ("T3", "0077"), ("T4", "88"))
    assert (applied.get("gifts"), applied.get("partners", 0)) == (2, 0)
    assert (given(kept), given(gone)) == (["T1", "T2", "T3", "T4"], [])
    operations.undo_merge(**act, merge=merge)
    assert (given(kept), given(gone)) == (["T2", "T4"], ["T1", "T3"])
