"""What a partner said under a record that was merged counts for the one that stands."""

from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from communications.operations import record_consent
from communications.queries.consent import ledger_of, standing, standing_of
from partners import operations
from partners.models import Partner


@pytest.fixture
def act(inside: Agency, alice: User) -> dict[str, Any]:
    return {"agency": inside, "actor": alice}


def add(act: dict[str, Any], name: str) -> Partner:
    return operations.add_partner(**act, kind="person", first_name=name, last_name="Moab")


def test_an_objection_under_the_merged_record_counts_until_the_undo(act: dict[str, Any]) -> None:
    kept, gone = add(act, "Ruth"), add(act, "Rut")
    said: dict[str, Any] = {"channel": "email", "purpose": "news", "wording": "Said", "source": "Card"}
    day = act["agency"].today()
    record_consent(**act, **said, partner=kept, basis="consent", on=day.replace(day=1, year=day.year - 1))
    record_consent(**act, **said, partner=gone, basis="objection", on=day)
    assert standing([kept.pk], "email", "news")[kept.pk].basis == "consent"
    merge = operations.merge_partners(**act, survivor=kept, losers=[gone])[0]
    assert standing([kept.pk], "email", "news")[kept.pk].basis == "objection"
    assert standing_of(kept)["email", "news"].basis == "objection"
    assert len(ledger_of(kept)) == 2
    operations.undo_merge(**act, merge=merge)
    assert standing([kept.pk], "email", "news")[kept.pk].basis == "consent"
