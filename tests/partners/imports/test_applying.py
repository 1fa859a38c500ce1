"""The sample files through the real importer into the real tables, to the cent."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count, Sum

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.models import Entry, Posting
from funds.operations.load import load_setup
from funds.proofs import prove_ledger
from imports.models import ImportRun, StagedRow
from imports.operations import apply_import, check_import, receive_file
from imports.operations.apply import NotReady
from partners.models import ExternalId, Gift, GiftLine, Partner, ReviewItem
from ssu.imports import read_setup

SAMPLES = Path(__file__).resolve().parents[3] / "data/samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text())
Import = Callable[[str], ImportRun]


@pytest.fixture
def harbor(alice: User) -> Agency:
    """The agency of the samples, in scope: units, workers and designations."""
    return load_setup(actor=alice, setup=read_setup(SAMPLES / "setup"))


@pytest.fixture
def bring(harbor: Agency, alice: User) -> Import:
    """Check and apply one sample file."""

    def run(name: str) -> ImportRun:
        received = receive_file(agency=harbor, actor=alice, name=Path(name).name, content=SAMPLES / name, check=False)
        checked = check_import(agency=harbor, run=received)
        return apply_import(agency=harbor, actor=alice, run=checked)

    return run


def totals_by_designation() -> dict[str, str]:
    rows = GiftLine.objects.values_list("designation_key").annotate(total=Sum("amount"))
    return {key: Money(int(total), "USD").decimal_string() for key, total in rows}


def counted() -> Counter[str]:
    return Counter(
        partners=Partner.objects.count(),
        gifts=Gift.objects.count(),
        lines=GiftLine.objects.count(),
        postings=Posting.objects.count(),
        entries=Entry.objects.count(),
        reviews=ReviewItem.objects.count(),
    )


@pytest.mark.slow
def test_datasync_to_the_cent_and_twice_changes_nothing(bring: Import, harbor: Agency) -> None:
    expected: dict[str, Any] = EXPECTED["files"]["tnt/hlm_full.tntdatasync"]
    run = bring("tnt/hlm_full.tntdatasync")
    assert run.applied == {"partners": expected["donor_rows"], "gifts": 7158, "gift_lines": 7738}
    assert Gift.objects.aggregate(total=Sum("amount"))["total"] == 116335120
    assert totals_by_designation() == expected["totals_by_designation"]
    by_year = {
        str(r["date__year"]): r["total"] for r in Gift.objects.values("date__year").annotate(total=Sum("amount"))
    }
    assert {year: Money(int(total), "USD").decimal_string() for year, total in by_year.items()} == expected[
        "totals_by_year"
    ]
    as_tendered = Gift.objects.values_list("tendered_currency").annotate(total=Sum("tendered_amount"))
    in_full = {currency: Money(int(total), currency).decimal_string() for currency, total in as_tendered}
    assert in_full == expected["totals_by_currency"]
    assert Gift.objects.annotate(parts=Count("lines")).filter(parts__gt=1).count() == expected["split_gifts"]
    assert Gift.objects.filter(amount__lt=0).count() == expected["reversals"]
    assert ReviewItem.objects.count() == len(expected["review"])
    assert prove_ledger(harbor).differences == []
    before = counted()
    again = bring("tnt/hlm_full.tntdatasync")
    assert again.applied == {"partners": 0, "gifts": 0, "gift_lines": 0}
    assert again.outcome["new_lines"] == 0
    assert again.outcome["findings"]["duplicates"] == 7738
    assert counted() == before
    other = bring("generic/gifts.csv")
    assert (other.applied["gift_lines"], other.outcome["findings"]["duplicates"]) == (45, 7738)
    assert prove_ledger(harbor).differences == []


def test_partners_with_their_numbers(bring: Import) -> None:
    expected = EXPECTED["files"]["generic/partners.csv"]
    bring("generic/partners.csv")
    kinds = dict(Partner.objects.values_list("kind").annotate(count=Count("pk")))
    assert kinds == expected["by_type"]
    sources = dict(ExternalId.objects.values_list("source").annotate(count=Count("pk")))
    assert sources == expected["by_source"]
    assert Partner.objects.filter(emails__whose="partner").distinct().count() == expected["with_email"]


def test_keys_longer_than_their_columns_are_the_same_the_second_time(harbor: Agency, alice: User) -> None:
    long, other = "9" * 90, "9" * 89 + "8"
    rows = "".join(f"{'S' * 50},{number},2026-01-05,6007,{'D' * 100},10.00,USD\n" for number in (long, other))
    content = f"source,gift_id,gift_date,donor_id,designation,amount,currency\n{rows}".encode()
    made = []
    for _ in range(2):
        received = receive_file(agency=harbor, actor=alice, name="long.csv", content=content, check=False)
        made.append(apply_import(agency=harbor, actor=alice, run=check_import(agency=harbor, run=received)).applied)
    assert [each["gift_lines"] for each in made] == [2, 0]


def test_each_line_keeps_its_row(bring: Import) -> None:
    run = bring("bad/split_does_not_sum.csv")
    rows = StagedRow.objects.filter(import_run=run)
    assert rows.count() == run.outcome["rows"]
    for line in GiftLine.objects.all():
        assert rows.get(pk=line.staged_row).cells["gift_id"] == line.external_id


def test_an_import_is_applied_once(bring: Import, harbor: Agency, alice: User) -> None:
    run = bring("generic/partners.csv")
    with pytest.raises(NotReady):
        apply_import(agency=harbor, actor=alice, run=run)


BAD = {
    name: each
    for name, each in EXPECTED["bad"].items()
    if name.endswith((".csv", ".tntdatasync")) and not name.startswith("bad/long_200k")
}


@pytest.mark.slow
def test_odd_files_write_what_is_right_and_nothing_else(harbor: Agency, alice: User) -> None:
    """Whatever a file holds, PostgreSQL takes what the judge lets through: the accepted lines, or nothing at all."""
    assert len(BAD) > 50
    for name in sorted(BAD):
        with transaction.atomic():
            wrote_what_is_right(harbor, alice, name)
            transaction.set_rollback(True)


def wrote_what_is_right(harbor: Agency, alice: User, name: str) -> None:
    """Bring one file in, and compare what stands with what was judged."""
    received = receive_file(agency=harbor, actor=alice, name=name, content=SAMPLES / name, check=False)
    checked = check_import(agency=harbor, run=received)
    if checked.state == ImportRun.State.REFUSED:
        with pytest.raises(NotReady):
            apply_import(agency=harbor, actor=alice, run=checked)
        assert counted().total() == 0, name
        return
    applied = apply_import(agency=harbor, actor=alice, run=checked)
    assert GiftLine.objects.count() == applied.outcome["new_lines"] == applied.applied["gift_lines"], name
    assert prove_ledger(harbor).differences == [], name
