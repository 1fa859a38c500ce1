"""Taking back a posting of the ledger: whole, once, with a reason; what a gift posted goes back with the gift."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from core.money import Money
from funds.models import OpeningBalance, Posting
from funds.operations import record_opening, reverse_posting
from funds.operations.openings import NothingHeld, OpenedBefore
from funds.operations.posting import ReasonMissing, ReversedAlready
from funds.operations.reversals import BeforeThePosting, NotHere
from funds.proofs import prove_ledger
from funds.queries import deposit_account
from tests.funds.conftest import MARCH, held

APRIL = date(2026, 4, 2)


@pytest.fixture
def opened(books: SimpleNamespace) -> Callable[..., OpeningBalance]:
    """`opened(books.river, -2500)` is what the designation held before."""

    def record(designation: Any, minor: int, currency: str = "USD", key: str = "o") -> OpeningBalance:
        said: dict[str, Any] = {"deposit": deposit_account(), "on": MARCH, "key": key}
        return record_opening(**books.act, designation=designation, amount=Money(minor, currency), **said)

    return record


def take_back(books: SimpleNamespace, posting: Posting, **fields: Any) -> Posting:
    return reverse_posting(**books.act, posting=posting, **{"on": APRIL, "reason": "wrong", "key": "r", **fields})


@pytest.mark.parametrize(("minor", "currency"), [(9000, "USD"), (-2500, "USD"), (7, "JPY"), (-1, "KWD")])
def test_an_opening_balance_and_a_deficit(
    minor: int, currency: str, books: SimpleNamespace, opened: Callable[..., OpeningBalance]
) -> None:
    made = opened(books.river, minor, currency)
    assert (held(books.river), made.posting.kind) == ([Money(minor, currency)], "opening")
    with pytest.raises(OpenedBefore):
        opened(books.river, 1, currency, key="again")
    take_back(books, made.posting)
    assert opened(books.river, 1, currency, key="anew").amount == 1
    assert prove_ledger(books.act["agency"]).differences == []


def test_nothing_is_no_opening_balance(books: SimpleNamespace, opened: Callable[..., OpeningBalance]) -> None:
    with pytest.raises(NothingHeld):
        opened(books.river, 0)


def test_whole_and_once(books: SimpleNamespace, given: Any, spend: Any) -> None:
    given(books.river, 10000)
    posting = spend(books.river, 3000).posting
    mirror = take_back(books, posting)
    assert (held(books.river), mirror.kind, mirror.date, mirror.reason) == (
        [Money(10000, "USD")],
        "reversal",
        APRIL,
        "wrong",
    )
    assert take_back(books, posting) == mirror  # the same form
    with pytest.raises(ReversedAlready):
        take_back(books, posting, key="another")
    assert prove_ledger(books.act["agency"]).differences == []


def test_what_a_gift_posted_goes_back_with_the_gift(books: SimpleNamespace, given: Any, spend: Any) -> None:
    with pytest.raises(NotHere, match="Open the gift and correct it there"):
        take_back(books, given(books.river, 10000))
    mirror = take_back(books, spend(books.river, 3000).posting, key="e")
    with pytest.raises(NotHere):
        take_back(books, mirror, key="back")


def test_it_says_why_and_comes_after(books: SimpleNamespace, spend: Any) -> None:
    posting = spend(books.river, 3000).posting
    with pytest.raises(ReasonMissing):
        take_back(books, posting, reason=" ")
    with pytest.raises(BeforeThePosting):
        take_back(books, posting, on=date(2026, 3, 3))
