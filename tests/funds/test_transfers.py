"""Transfers between designations: a resolution, nothing below zero, what was given with a stated intent stays."""

from collections.abc import Callable, Collection, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from agencies.idempotency import OtherContent
from core.money import Money
from funds import intents
from funds.models import Posting, Transfer
from funds.operations import close_designation
from funds.operations.posting import NotYet
from funds.operations.transfers import (
    DestinationClosed,
    MoreThanFree,
    NothingMoved,
    ResolutionMissing,
    ResolvedLater,
    SameDesignation,
)
from funds.proofs import prove_ledger
from tests.funds.conftest import MARCH, held

Give = Callable[..., Posting]
Move = Callable[..., Transfer]


@pytest.fixture
def wished() -> Iterator[dict[int, int]]:
    """What givers asked for, by designation, told by a keeper of gifts."""
    asked: dict[int, int] = {}

    def find(designations: Collection[int]) -> dict[tuple[int, str], int]:
        return {(each, "USD"): asked[each] for each in designations if each in asked}

    intents.register(find)
    yield asked
    intents._finders.remove(find)


def test_money_moves_with_the_resolution(books: SimpleNamespace, given: Give, move: Move) -> None:
    given(books.river, 10000)
    made = move(books.river, books.hills, 4000)
    assert (held(books.river), held(books.hills)) == ([Money(6000, "USD")], [Money(4000, "USD")])
    assert (made.resolution, made.posting.kind, made.posting.date) == ("2026-7", "transfer", MARCH)
    assert prove_ledger(books.act["agency"]).differences == []


@pytest.mark.parametrize(("currency", "minor"), [("JPY", 501), ("KWD", 12345), ("USD", 7)])
def test_each_currency_by_itself(currency: str, minor: int, books: SimpleNamespace, given: Give, move: Move) -> None:
    given(books.river, 10000)
    given(books.river, minor, currency)
    with pytest.raises(MoreThanFree):
        move(books.river, books.hills, minor + 10001, currency)
    move(books.river, books.hills, minor, currency)
    assert Money(minor, currency) in held(books.hills)


def test_never_below_zero(books: SimpleNamespace, given: Give, move: Move) -> None:
    given(books.river, 10000)
    with pytest.raises(MoreThanFree, match=r"holds \$100.00, .* Enter at most \$100.00"):
        move(books.river, books.hills, 10001)


def test_not_before_the_money_came(books: SimpleNamespace, given: Give, move: Move) -> None:
    given(books.river, 10000, on=date(2026, 4, 1))
    with pytest.raises(MoreThanFree, match=r"holds \$0.00"):
        move(books.river, books.hills, 100)


def test_what_was_given_with_an_intent_stays(
    books: SimpleNamespace, given: Give, move: Move, wished: dict[int, int]
) -> None:
    given(books.river, 10000)
    wished[books.river.pk] = 7000
    with pytest.raises(MoreThanFree, match=r"\$70.00 was given with a stated intent and stays. Enter at most \$30.00"):
        move(books.river, books.hills, 3001)
    assert move(books.river, books.hills, 3000).left_out == 7000


def test_spending_uses_what_was_given_with_an_intent_first(
    books: SimpleNamespace, given: Give, move: Move, spend: Callable[..., Any], wished: dict[int, int]
) -> None:
    given(books.river, 10000)
    spend(books.river, 6000)
    wished[books.river.pk] = 7000
    made = move(books.river, books.hills, 3000)
    assert (made.left_out, held(books.river)) == (1000, [Money(1000, "USD")])


def test_a_deficit_names_what_pays_for_it(
    books: SimpleNamespace, given: Give, move: Move, spend: Callable[..., Any]
) -> None:
    given(books.general, 10000)
    spend(books.hills, 2500)
    made = move(books.general, books.hills, 4000)
    assert (made.covers, made.origin, held(books.hills)) == (2500, books.general, [Money(1500, "USD")])


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"to": "river"}, SameDesignation),
        ({"minor": 0}, NothingMoved),
        ({"minor": -5}, NothingMoved),
        ({"resolution": "  "}, ResolutionMissing),
        ({"resolved_on": date(2026, 3, 5)}, ResolvedLater),
        ({"on": date(2999, 1, 1)}, NotYet),
    ],
)
def test_what_a_transfer_needs(
    wrong: dict[str, Any], refusal: type[Exception], books: SimpleNamespace, given: Give, move: Move
) -> None:
    given(books.river, 10000)
    to, minor = getattr(books, wrong.pop("to", "hills")), wrong.pop("minor", 100)
    with pytest.raises(refusal):
        move(books.river, to, minor, **wrong)
    assert not Transfer.objects.exists()


def test_a_closed_designation_gives_and_does_not_take(books: SimpleNamespace, given: Give, move: Move) -> None:
    given(books.river, 10000)
    close_designation(**books.act, designation=books.river, on=MARCH)
    move(books.river, books.hills, 100)
    with pytest.raises(DestinationClosed):
        move(books.hills, books.river, 100, key="back")


def test_the_same_form_twice(books: SimpleNamespace, given: Give, move: Move) -> None:
    given(books.river, 10000)
    assert move(books.river, books.hills, 100) == move(books.river, books.hills, 100)
    with pytest.raises(OtherContent):
        move(books.river, books.hills, 101)
    assert held(books.hills) == [Money(100, "USD")]
