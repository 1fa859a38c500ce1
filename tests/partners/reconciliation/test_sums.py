"""Whatever is posted, comes in, is matched and taken back: what explains a line is the line, and figures add up."""

import contextlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import Refused
from funds.models import Account
from partners.models import BankMatch, MatchPart, StatementLine
from partners.operations.reconciling.matching import Piece
from partners.operations.reconciling.taking_back import take_match_back
from partners.proofs_of_matches import prove_reconciliation
from partners.queries.reconciliation.accounts import bank_accounts
from partners.queries.reconciliation.books import BookedList
from partners.queries.reconciliation.figures import figures
from partners.queries.reconciliation.lines import Wanted
from tests.partners.reconciliation.bank import Bank

AMOUNTS = st.sampled_from([100, 200, 300, 500])
ACT = st.tuples(
    st.sampled_from(["match", "match", "match", "part", "fee", "aside", "undo"]),
    st.integers(0, 5),
    st.lists(st.integers(0, 3), min_size=1, max_size=3, unique=True),
)


def act(bank: Bank, kind: str, place: int, chosen: list[int], lines: list[StatementLine], batches: list[Any]) -> None:
    """One act; what is refused changes nothing."""
    line = lines[place % len(lines)]
    if kind == "undo":
        match = BankMatch.objects.standing().filter(line=line).first()
        if match:
            take_match_back(agency=bank.agency, actor=bank.actor, match=match)
        return
    picked = list(dict.fromkeys(batches[each % len(batches)] for each in chosen))
    gap = line.amount - sum(each.expected_total for each in picked)
    more = {"fee": [Piece("fee", gap)], "aside": [Piece("aside", gap, reason="other")]}.get(kind, [])
    with contextlib.suppress(Refused):
        bank.match(line, *(f"b{each.pk}" for each in picked), more=more, takes_rest=kind == "part")


@pytest.mark.django_db
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(AMOUNTS, min_size=1, max_size=4), st.lists(AMOUNTS, min_size=1, max_size=3), st.lists(ACT, max_size=8))
def test_explained_sums_always_hold(bank: Bank, at_bank: list[int], posted: list[int], acts: list[Any]) -> None:
    lines = [bank.line(minor) for minor in at_bank]
    batches = [bank.batch(minor) for minor in posted]
    for kind, place, chosen in acts:
        act(bank, kind, place, chosen, lines, batches)
    assert prove_reconciliation(bank.agency).differences == []
    for match in BankMatch.objects.all():
        assert sum(part.amount for part in MatchPart.objects.filter(match=match)) == match.line.amount
    deposits = list(Account.objects.filter(kind="deposit"))
    (row,) = figures(Wanted(), bank_accounts(), deposits)
    assert row.at_bank == row.gifts + row.fees + row.aside + row.unmatched
    assert row.at_bank == sum(each.amount for each in StatementLine.objects.all())
    items = BookedList(Wanted(), [each.pk for each in deposits], only_open=False)[:]
    assert all(0 <= item.matched <= item.total for item in items)
    assert (row.posted, row.not_at_bank) == (sum(i.total for i in items), sum(i.open for i in items))
    assert row.posted - row.not_at_bank == row.gifts
