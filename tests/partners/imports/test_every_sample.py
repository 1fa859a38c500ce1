"""Every sample file of every format through the real importer into the real tables: what stands in them is what the
expected figures say, the ledger proves, and the same file again changes nothing.
"""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.operations.load import load_setup
from funds.proofs import prove_ledger
from imports.models import ImportRun, StagedRow
from imports.operations import apply_import, check_import, receive_file
from partners.imports.formats import FORMATS
from partners.models import Commitment, ExternalId, Gift, GiftLine, Partner, ReviewItem, StatementLine
from ssu.imports import read_setup

pytestmark = pytest.mark.own_process

SAMPLES = Path(__file__).resolve().parents[3] / "data/samples"
FILES: dict[str, dict[str, Any]] = {
    name: facts
    for name, facts in json.loads((SAMPLES / "expected.json").read_text())["files"].items()
    if facts["format"] in FORMATS and facts["format"] not in {"tnt_datasync", "generic_gifts", "generic_partners"}
}
Import = Callable[[str], ImportRun]


@pytest.fixture
def harbor(alice: User) -> Agency:
    """The agency of the samples, in scope."""
    return load_setup(actor=alice, setup=read_setup(SAMPLES / "setup"))


@pytest.fixture
def bring(harbor: Agency, alice: User) -> Import:
    """Check and apply one sample file."""

    def run(name: str) -> ImportRun:
        received = receive_file(agency=harbor, actor=alice, name=Path(name).name, content=SAMPLES / name, check=False)
        return apply_import(agency=harbor, actor=alice, run=check_import(agency=harbor, run=received))

    return run


def counted() -> Counter[str]:
    tables = (Partner, ExternalId, Gift, GiftLine, ReviewItem, StatementLine, Commitment)
    return Counter({table.__name__: table.objects.count() for table in tables})


def as_strings(rows: Any) -> dict[str, str]:
    return {currency: Money(int(total), currency).decimal_string() for currency, total in rows}


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_what_stands_is_what_was_expected(name: str, bring: Import, harbor: Agency) -> None:
    for before in FILES[name].get("context", []):
        bring(before)
    first = bring(name)
    apart = {"review", "processor_deposits"}
    said = {fact: first.outcome.get(fact) for fact in FILES[name] if fact in first.outcome and fact not in apart}
    assert said == {fact: FILES[name][fact] for fact in said}
    lines = GiftLine.objects.filter(gift__import_id=first.pk)
    if "returned_rows" in FILES[name] or "entries" in FILES[name]:
        lines_told = FILES[name].get("transactions", FILES[name].get("rows"))
        assert StatementLine.objects.filter(import_run=first).count() == lines_told
    if "totals_by_currency" in FILES[name]:
        tendered = Gift.objects.filter(import_id=first.pk).values_list("tendered_currency")
        assert as_strings(tendered.annotate(total=Sum("tendered_amount"))) == FILES[name]["totals_by_currency"]
        assert Gift.objects.filter(import_id=first.pk, amount__lt=0).count() == FILES[name]["reversals"]
        assert lines.exclude(staged_row__in=StagedRow.objects.filter(import_run=first).values("pk")).count() == 0
    assert StagedRow.objects.filter(import_run=first).count() >= FILES[name].get("rows", 0)
    assert prove_ledger(harbor).differences == []
    stands = counted()
    again = bring(name)
    assert {made: count for made, count in again.applied.items() if made != "rows" and count} == {}
    assert (again.outcome["new_lines"], counted()) == (0, stands)


@pytest.mark.parametrize("bank", ["bank/checking_us.csv", "bank/checking_july.ofx", "bank/checking_august.qfx"])
def test_deposits_of_processors_find_their_payouts(bank: str, bring: Import) -> None:
    for processor in ("stripe/payout_reconciliation.csv", "paypal/activity_us.csv", "paypal/giving_fund_payout.csv"):
        bring(processor)
    assert bring(bank).outcome["processor_deposits"] == FILES[bank]["processor_deposits"]


def test_a_correction_in_a_later_file_takes_the_place_of_what_stands(bring: Import) -> None:
    bring("bad/ofx_correct_replace.ofx")
    shown = StatementLine.objects.superseded().order_by("pk").values_list("reference", "is_superseded", "corrects")
    assert [(reference, gone) for reference, gone, corrects in shown if gone or corrects] == [
        ("F054002", True),
        ("F054002R", False),
    ]
