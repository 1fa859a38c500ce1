"""Journals tell the batch of a gift, call money that went back by its name, and sum by batch."""

import csv
import io
from collections import defaultdict
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from agencies.models import Agency
from core.money import Money
from funds.documents.journal import HEADERS, journal_bytes
from funds.models import JournalExport
from funds.operations import export_journal
from funds.proofs import changed_journals
from partners import operations
from partners.models import Gift, GivingUnit
from tests.partners.batched import DAY, key_in, opened, post

Layout = JournalExport.Layout


@pytest.fixture
def march(inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit, giving: Any) -> SimpleNamespace:
    """Two gifts of a batch, one of which was given back in part, and two gifts of the same day in none."""
    batch = opened(inside, alice, 2, 15000)
    key_in(inside, alice, batch, ruth, (places.mine, 6000), (places.general, 4000))
    key_in(inside, alice, batch, ruth, (places.mine, 5000))
    posted = post(inside, alice, batch)
    gift = Gift.objects.filter(batch=posted).first()
    assert gift is not None
    for minor in (700, 300):
        giving(ruth.partner, (places.mine, minor), on=DAY)
    operations.refund_gift(
        agency=inside, actor=alice, gift=gift, amount=Money(2500, "USD"), on=DAY, reason="asked", key="r"
    )
    return SimpleNamespace(batch=posted, agency=inside, alice=alice)


def made(march: SimpleNamespace, layout: int) -> JournalExport:
    return export_journal(agency=march.agency, actor=march.alice, first_day=DAY, last_day=DAY, key="j", layout=layout)


def rows(export: JournalExport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(journal_bytes(export).decode())))


def sums(found: list[dict[str, str]]) -> dict[str, Decimal]:
    """What each account comes to."""
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in found:
        totals[row["account"]] += Decimal(row["debit"] or 0) - Decimal(row["credit"] or 0)
    return dict(totals)


def test_entries_name_their_batch_and_what_went_back(march: SimpleNamespace) -> None:
    found = rows(made(march, Layout.ENTRIES))
    number = str(march.batch.number)
    assert [row["batch"] for row in found] == [number] * 5 + [""] * 7
    assert [row["kind"] for row in found if not row["batch"]] == ["gift"] * 4 + ["refund"] * 3


def test_a_set_per_batch_adds_up_to_the_same(march: SimpleNamespace) -> None:
    entries = made(march, Layout.ENTRIES)
    by_posting = sums(rows(entries))
    assert changed_journals() == []
    entries.layout = Layout.BATCHES  # the same rows, written otherwise
    sets = rows(entries)
    assert sums(sets) == by_posting
    told = [(row["set"], row["batch"], row["kind"], row["entries"], row["debit"], row["credit"]) for row in sets]
    number = str(march.batch.number)
    assert told == [
        ("1", number, "gift", "2", "150.00", ""),
        ("1", number, "gift", "2", "", "110.00"),
        ("1", number, "gift", "1", "", "40.00"),
        ("2", "", "gift", "2", "10.00", ""),
        ("2", "", "gift", "2", "", "10.00"),
        ("3", "", "refund", "1", "15.00", ""),
        ("3", "", "refund", "1", "10.00", ""),
        ("3", "", "refund", "1", "", "25.00"),
    ]


def test_the_form_asks_how_it_is_written(march: SimpleNamespace, visit: Any) -> None:
    slug = march.agency.slug
    browser = visit(march.alice)
    page = browser.get(reverse("journal_add", args=[slug]))
    assert "A set of lines per batch" in page.content.decode()
    said = {"first_day": str(DAY), "last_day": str(DAY), "source": "", "key": "form"}
    assert browser.post(reverse("journal_add", args=[slug]), {**said, "layout": "1"}).status_code == 422
    browser.post(reverse("journal_add", args=[slug]), {**said, "layout": "3"})
    export = JournalExport.objects.get()
    assert export.layout == Layout.BATCHES
    assert journal_bytes(export).decode().splitlines()[0] == ",".join(HEADERS[Layout.BATCHES])
    assert changed_journals() == []
    told = browser.get(reverse("api_journal", args=[slug, export.pk])).json()
    assert (told["layout"], told["postings"]) == ("batches", 5)
