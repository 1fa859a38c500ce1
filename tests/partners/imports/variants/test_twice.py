"""Files of other systems through the operations of the pages: uploaded, mapped as proposed, applied; and once more."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency
from funds.operations import open_designation
from funds.proofs import prove_ledger
from imports.models import ImportRun
from imports.operations import apply_import, check_import, map_columns, receive_file
from imports.operations.check import path_of
from jobs.testing import run_due
from partners.models import Commitment, Gift, GiftLine, Partner, StatementLine
from tests.partners.imports.variants.judging import proposed_rules
from tests.partners.imports.variants.test_files import EXPECTED, FILES

BROUGHT = (
    *("donorperfect.csv", "bloomerang_transactions.csv", "lgl_gifts.csv", "raisers_edge_gifts.csv", "donorbox.csv"),
    *("planning_center_giving.csv", "paypal_old_headings.csv", "stripe_balance_history.csv", "bank_it.csv"),
    *("bank_capital_one.csv", "ofx2_utf16.ofx", "camt13.xml", "partners_mac_roman.csv"),
)


@pytest.fixture
def harbor(inside: Agency, alice: User) -> Agency:
    for code in ("0100", "0200"):
        open_designation(agency=inside, actor=alice, code=code, public_name=f"Project {code}", kind="project")
    return inside


def bring(agency: Agency, actor: User, name: str) -> ImportRun:
    """Upload, map where it is asked for, apply."""
    run = receive_file(agency=agency, actor=actor, name=name, content=FILES / name, check=False)
    run = check_import(agency=agency, run=run)
    if run.state == ImportRun.State.REFUSED:
        order = EXPECTED[name].get("order", "ymd")
        rules = replace(proposed_rules(path_of(run), order), header=())
        map_columns(agency=agency, actor=actor, run=run, rules=rules)
        run_due()
        run.refresh_from_db()
    return apply_import(agency=agency, actor=actor, run=run)


def counted() -> Counter[str]:
    tables: tuple[Any, ...] = (Partner, Gift, GiftLine, StatementLine, Commitment)
    return Counter({table.__name__: table.objects.count() for table in tables})


@pytest.mark.slow
@pytest.mark.parametrize("name", BROUGHT)
def test_twice_changes_nothing(name: str, harbor: Agency, alice: User) -> None:
    first = bring(harbor, alice, name)
    stands = counted()
    assert first.state == "applied"
    assert stands.total() > 0
    bring(harbor, alice, name)
    assert counted() == stands
    assert prove_ledger(harbor).differences == []
