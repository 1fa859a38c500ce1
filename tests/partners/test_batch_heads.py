"""Batches: the slip that was counted, corrected, discarded and taken up again."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from agencies.models import Agency, AuditEntry
from core.errors import Refused
from core.money import Money
from funds.operations import close_months
from funds.operations.posting import MonthClosed
from partners import operations
from partners.models import GiftBatch, GivingUnit
from partners.operations.batch_rows import (
    remove_row,
)
from partners.operations.batches import (
    CurrencyStays,
    DiscardReason,
    ExpectsNothing,
    Head,
    NotDiscarded,
    NotOpen,
    TitleMissing,
    change_batch,
    discard_batch,
    take_up_batch,
)
from partners.operations.gifts import DepositedLater, InTheFuture
from partners.pages.batches import in_words
from partners.queries.batches import Difference
from tests.partners.batched import DAY, key_in, opened, post


@pytest.mark.parametrize(
    ("head", "refusal"),
    [
        ({"title": " "}, TitleMissing),
        ({"expected_count": 0}, ExpectsNothing),
        ({"expected_total": Money(0, "USD")}, ExpectsNothing),
        ({"deposited_on": date(2999, 1, 1)}, DepositedLater),
        ({"contributed_on": date(2999, 1, 1)}, InTheFuture),
    ],
)
def test_a_wrong_head_is_refused(inside: Agency, alice: User, head: dict[str, Any], refusal: type[Refused]) -> None:
    given = {"expected_count": 1, "expected_total": Money(1, "USD"), "title": "Mail", "deposited_on": DAY, **head}
    with pytest.raises(refusal):
        operations.open_batch(agency=inside, actor=alice, head=Head(**given), key="k")
    assert GiftBatch.objects.count() == 0


def test_a_closed_month_is_refused_before_anything_is_keyed(inside: Agency, alice: User) -> None:
    close_months(agency=inside, actor=alice, month=DAY, reason="Agreed")
    with pytest.raises(MonthClosed) as refused:
        opened(inside, alice, 1, 100)
    assert (refused.value.field, GiftBatch.objects.count()) == ("deposited_on", 0)


def test_numbers_count_and_a_form_twice_is_one_batch(inside: Agency, alice: User) -> None:
    made = [opened(inside, alice, 1, 100, key) for key in ("a", "b", "a")]
    assert [batch.number for batch in made] == [1, 2, 1]


def test_discarded_and_taken_up_again(inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit) -> None:
    batch = opened(inside, alice, 1, 100)
    row = key_in(inside, alice, batch, ruth, (places.mine, 100))
    with pytest.raises(NotDiscarded):
        take_up_batch(agency=inside, actor=alice, batch=batch)
    with pytest.raises(DiscardReason):
        discard_batch(agency=inside, actor=alice, batch=batch, reason=" ")
    discard_batch(agency=inside, actor=alice, batch=batch, reason="Keyed twice")
    for act in (
        lambda: key_in(inside, alice, batch, ruth, (places.mine, 1)),
        lambda: remove_row(agency=inside, actor=alice, row=row),
        lambda: post(inside, alice, batch),
        lambda: discard_batch(agency=inside, actor=alice, batch=batch, reason="again"),
    ):
        with pytest.raises(NotOpen, match="discarded"):
            act()
    take_up_batch(agency=inside, actor=alice, batch=batch)
    post(inside, alice, batch)
    with pytest.raises(NotOpen, match="Correct the gift"):
        discard_batch(agency=inside, actor=alice, batch=batch, reason="too late")
    with pytest.raises(NotDiscarded):
        take_up_batch(agency=inside, actor=alice, batch=batch)


def test_what_was_counted_is_corrected_while_it_is_open(
    inside: Agency, alice: User, places: SimpleNamespace, ruth: GivingUnit
) -> None:
    batch = opened(inside, alice, 2, 100)
    key_in(inside, alice, batch, ruth, (places.mine, 100))
    same: dict[str, Any] = {"title": "Mail of Tuesday", "deposited_on": DAY}
    euros = Head(expected_count=1, expected_total=Money(100, "EUR"), **same)
    with pytest.raises(CurrencyStays):
        change_batch(agency=inside, actor=alice, batch=batch, head=euros)
    head = Head(expected_count=1, expected_total=Money(100, "USD"), **same)
    for _ in range(2):
        change_batch(agency=inside, actor=alice, batch=batch, head=head)
    assert AuditEntry.objects.filter(verb="change batch").count() == 1
    post(inside, alice, batch)


@pytest.mark.parametrize(
    ("gifts", "minor", "said"),
    [
        (0, 0, "Count and total match."),
        (2, 4500, "2 gifts and $45.00 missing"),
        (1, 0, "1 gift missing"),
        (0, -500, "$5.00 too much"),
        (1, -500, "1 gift missing, $5.00 too much"),
        (-1, -1, "1 gift and $0.01 too much"),
    ],
)
def test_the_difference_in_words(inside: Agency, gifts: int, minor: int, said: str) -> None:
    assert in_words(inside, Difference(gifts, Money(minor, "USD"))) == said
