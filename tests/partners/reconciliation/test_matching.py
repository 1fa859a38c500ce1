"""A line of the bank is explained wholly and once; nothing that was posted is matched twice; the database holds it."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, ProgrammingError

from agencies.idempotency import OtherContent
from agencies.models import AuditEntry
from core.money import Money
from funds.operations import open_deposit_account
from partners.models import BankMatch, Gift, MatchPart, Partner, StatementLine
from partners.operations import correct_gift, refund_gift
from partners.operations.gift_posting import Part
from partners.operations.reconciling.accounts import say_deposit
from partners.operations.reconciling.matching import Explanation, Piece, match_lines
from partners.operations.reconciling.refusals import (
    ChosenTwice,
    FeeAdds,
    LineGone,
    LineMatched,
    MatchedBefore,
    MatchGone,
    NotExplained,
    NothingChosen,
    NotOpenForMatch,
    OtherDeposit,
    TakenBack,
)
from partners.operations.reconciling.taking_back import take_match_back
from partners.proofs_of_matches import prove_reconciliation
from tests.partners.reconciliation.bank import DAY, Bank

Kind = MatchPart.Kind


def parts(match: BankMatch) -> list[tuple[str, int]]:
    return [(part.kind, part.amount) for part in MatchPart.objects.filter(match=match).order_by("pk")]


def test_a_line_is_matched_with_a_batch_and_stands_in_the_trail(bank: Bank) -> None:
    batch, line = bank.batch(5000), bank.line(5000)
    match = bank.match(line, f"b{batch.pk}")
    assert parts(match) == [(Kind.BATCH, 5000)]
    entry = AuditEntry.objects.get(verb="match line")
    assert (entry.object_id, entry.changes) == (match.pk, {"amount": "50.00", "batches": 1, "gifts": 0})


def test_several_batches_a_fee_and_what_is_no_gift_make_a_line(bank: Bank) -> None:
    one, two, line = bank.batch(5000), bank.batch(2500), bank.line(7700)
    more = [Piece(Kind.FEE, -100), Piece(Kind.ASIDE, 300, reason="interest")]
    match = bank.match(line, f"b{one.pk}", f"b{two.pk}", more=more)
    assert parts(match) == [(Kind.BATCH, 5000), (Kind.BATCH, 2500), (Kind.FEE, -100), (Kind.ASIDE, 300)]


def test_one_batch_comes_in_several_lines(bank: Bank) -> None:
    batch, first, second = bank.batch(5000), bank.line(2000), bank.line(3000)
    assert parts(bank.match(first, f"b{batch.pk}", takes_rest=True)) == [(Kind.BATCH, 2000)]
    assert parts(bank.match(second, f"b{batch.pk}")) == [(Kind.BATCH, 3000)]
    with pytest.raises(NotOpenForMatch):
        bank.match(bank.line(1), f"b{batch.pk}", takes_rest=True)


@pytest.mark.parametrize(("amount", "gap"), [(5001, "0.01"), (4999, "-0.01")])
def test_a_cent_more_or_less_is_refused(bank: Bank, amount: int, gap: str) -> None:
    batch, line = bank.batch(5000), bank.line(amount)
    with pytest.raises(NotExplained) as refusal:
        bank.match(line, f"b{batch.pk}")
    assert refusal.value.gap.decimal_string() == gap
    assert not BankMatch.objects.exists()


def test_a_line_and_a_batch_are_matched_once(bank: Bank) -> None:
    batch, line = bank.batch(5000), bank.line(5000)
    bank.match(line, f"b{batch.pk}", key="same")
    assert bank.match(line, f"b{batch.pk}", key="same") == BankMatch.objects.get()
    other = bank.batch(5000)
    with pytest.raises(LineMatched):
        bank.match(line, f"b{other.pk}")
    with pytest.raises(NotOpenForMatch):
        bank.match(bank.line(5000), f"b{batch.pk}")
    with pytest.raises(OtherContent):
        bank.match(line, f"b{other.pk}", key="same")


def test_what_is_taken_back_is_free_again_and_stays_readable(bank: Bank) -> None:
    batch, line = bank.batch(5000), bank.line(5000)
    first = bank.match(line, f"b{batch.pk}")
    take_match_back(agency=bank.agency, actor=bank.actor, match=first)
    with pytest.raises(TakenBack):
        take_match_back(agency=bank.agency, actor=bank.actor, match=first)
    second = bank.match(line, f"b{batch.pk}")
    assert list(BankMatch.objects.standing()) == [second]
    assert parts(first) == parts(second)


def test_a_form_that_comes_again_claims_no_match_that_was_taken_back(bank: Bank) -> None:
    batch, line = bank.batch(5000), bank.line(5000)
    match = bank.match(line, f"b{batch.pk}", key="same")
    take_match_back(agency=bank.agency, actor=bank.actor, match=match)
    with pytest.raises(MatchGone):
        bank.match(line, f"b{batch.pk}", key="same")
    assert not BankMatch.objects.standing().exists()


def test_what_was_booked_to_another_account_did_not_arrive_here(
    bank: Bank, add: Callable[..., Partner], giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    other = open_deposit_account(agency=bank.agency, actor=bank.actor, name="River Bank", holder="bank")
    batch, gift = (
        bank.batch(5000, deposit=other),
        giving(add("Moab"), (places.mine, 5000), on=DAY, deposit=other),
    )
    for token in (f"b{batch.pk}", f"g{gift.pk}"):
        with pytest.raises(OtherDeposit, match=r"came to “Main deposit account”.*booked to “River Bank”"):
            bank.match(bank.line(5000), token)
    say_deposit(agency=bank.agency, actor=bank.actor, account="DE0001", deposit=other)
    assert parts(bank.match(bank.line(5000), f"b{batch.pk}")) == [(Kind.BATCH, 5000)]


def test_gifts_of_batches_open_batches_and_goods_are_not_matched(
    bank: Bank, add: Callable[..., Partner], giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    in_batch = Gift.objects.get(batch=bank.batch(5000))
    goods = giving(add("Elimelech"), (places.mine, 5000), on=DAY, kind="in_kind", description="A boat")
    for token in (f"g{in_batch.pk}", f"g{goods.pk}", "b999999", "g999999"):
        with pytest.raises(NotOpenForMatch):
            bank.match(bank.line(5000), token)


def test_another_currency_is_never_matched(bank: Bank) -> None:
    batch = bank.batch(5000, currency="EUR")
    with pytest.raises(NotOpenForMatch):
        bank.match(bank.line(5000), f"b{batch.pk}")


def test_money_that_came_back_is_matched_with_a_refund(
    bank: Bank, add: Callable[..., Partner], giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    gift = giving(add("Elimelech"), (places.mine, 7500), on=DAY)
    act: dict[str, Any] = {"agency": bank.agency, "actor": bank.actor}
    back = refund_gift(**act, gift=gift, amount=Money(7500, "USD"), on=DAY, reason="returned", key="r")
    line = bank.line(-7500, returned=True)
    assert parts(bank.match(line, f"g{back.pk}")) == [(Kind.GIFT, -7500)]
    with pytest.raises(NotExplained):
        bank.match(bank.line(-7500, returned=True), f"g{gift.pk}")


def test_a_corrected_batch_comes_to_what_stands_in_its_place(bank: Bank) -> None:
    batch = bank.batch(5000)
    gift = Gift.objects.get(batch=batch)
    act: dict[str, Any] = {"agency": bank.agency, "actor": bank.actor}
    made = correct_gift(**act, gift=gift, reason="typo", key="c", parts=[Part(bank.place, Money(5500, "USD"))])
    with pytest.raises(NotOpenForMatch):
        bank.match(bank.line(5500), f"g{made.replacement.pk}")
    assert parts(bank.match(bank.line(5500), f"b{batch.pk}")) == [(Kind.BATCH, 5500)]


def test_what_was_corrected_into_another_currency_is_no_part_of_its_batch(bank: Bank) -> None:
    """Forty euros are not forty dollars: they are matched for themselves, and back in dollars belong to it again."""
    batch = bank.batch(5000)
    act: dict[str, Any] = {"agency": bank.agency, "actor": bank.actor, "reason": "typo"}
    euros = [Part(bank.place, Money(4000, "EUR"))]
    made = correct_gift(**act, gift=Gift.objects.get(batch=batch), key="c", parts=euros).replacement
    with pytest.raises(NotOpenForMatch):
        bank.match(bank.line(4000), f"b{batch.pk}")
    dollars = [Part(bank.place, Money(4500, "USD"))]
    again = correct_gift(**act, gift=made, key="d", parts=dollars).replacement
    with pytest.raises(NotOpenForMatch):
        bank.match(bank.line(4500), f"g{again.pk}")
    match = bank.match(bank.line(4500), f"b{batch.pk}")
    assert parts(match) == [(Kind.BATCH, 4500)]
    third = correct_gift(**act, gift=again, key="e", parts=euros).replacement
    assert prove_reconciliation(bank.agency).differences == [
        f"Batch {batch.number} comes to 0.00 USD, and 45.00 USD of it is matched."
    ]
    take_match_back(agency=bank.agency, actor=bank.actor, match=match)
    assert parts(bank.match(bank.line(4000, currency="EUR"), f"g{third.pk}")) == [(Kind.GIFT, 4000)]
    assert prove_reconciliation(bank.agency).differences == []


def test_corrected_money_explains_one_line(
    bank: Bank, add: Callable[..., Partner], giving: Callable[..., Gift], places: SimpleNamespace
) -> None:
    gift = giving(add("Elimelech"), (places.mine, 5000), on=DAY)
    match = bank.match(bank.line(5000), f"g{gift.pk}")
    act: dict[str, Any] = {"agency": bank.agency, "actor": bank.actor}
    made = correct_gift(**act, gift=gift, reason="typo", key="c", parts=[Part(places.general, Money(5000, "USD"))])
    with pytest.raises(MatchedBefore):
        bank.match(bank.line(5000), f"g{made.replacement.pk}")
    take_match_back(**act, match=match)
    assert parts(bank.match(bank.line(5000), f"g{made.replacement.pk}")) == [(Kind.GIFT, 5000)]


def test_lines_that_count_no_more_and_lines_out_are_not_matched(bank: Bank) -> None:
    batch, replaced = bank.batch(5000), bank.line(5000)
    bank.line(5001, corrects=replaced.reference)
    processor, spent = bank.line(5000, account="STRIPE"), bank.line(-5000)
    for line in (replaced, processor, spent):
        with pytest.raises(LineGone):
            bank.match(line, f"b{batch.pk}")


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        [Piece(Kind.ASIDE, 5000)],
        [Piece(Kind.ASIDE, 5000, reason="whim")],
        [Piece(Kind.FEE, 0)],
        [Piece(Kind.FEE, -5000, reason="interest")],
    ],
)
def test_a_match_says_what_the_line_is(bank: Bank, pieces: Sequence[Piece]) -> None:
    with pytest.raises(NothingChosen):
        bank.match(bank.line(5000), more=pieces)


def test_nothing_is_named_twice(bank: Bank) -> None:
    batch = bank.batch(5000)
    with pytest.raises(ChosenTwice):
        bank.match(bank.line(10000), f"b{batch.pk}", f"b{batch.pk}")


def test_a_fee_adds_nothing(bank: Bank) -> None:
    batch = bank.batch(5000)
    with pytest.raises(FeeAdds):
        bank.match(bank.line(10000), f"b{batch.pk}", more=[Piece(Kind.FEE, 5000)])


def test_several_lines_are_matched_together_or_not_at_all(bank: Bank) -> None:
    batch, one, two = bank.batch(5000), bank.line(5000), bank.line(5000)
    said = [Explanation(line, [Piece(Kind.BATCH, token=f"b{batch.pk}")]) for line in (one, two)]
    with pytest.raises(NotOpenForMatch), transaction.atomic():
        match_lines(agency=bank.agency, actor=bank.actor, explanations=said, key="two")
    assert not BankMatch.objects.exists()


def row(line: StatementLine) -> BankMatch:
    made: BankMatch = BankMatch.objects.create(line=line, basis="hand")
    return made


def test_the_database_refuses_a_part_too_few_or_too_many(bank: Bank) -> None:
    batch, line = bank.batch(5000), bank.line(5000)
    for amount in (4999, 5001):
        with pytest.raises(IntegrityError, match="do not sum"), transaction.atomic():
            MatchPart.objects.create(match=row(line), kind=Kind.BATCH, batch=batch, amount=amount)
    bank.match(line, f"b{batch.pk}")
    with pytest.raises(IntegrityError, match="matched before"), transaction.atomic():
        MatchPart.objects.create(match=row(bank.line(5000)), kind=Kind.BATCH, batch=batch, amount=5000)
    match = BankMatch.objects.get()
    with pytest.raises(IntegrityError, match="do not sum"), transaction.atomic():
        MatchPart.objects.create(match=match, kind=Kind.FEE, amount=5000)
    with pytest.raises(IntegrityError, match="one_standing_match"), transaction.atomic():
        row(line)


def explain_nothing(line: StatementLine) -> None:
    """A match without parts, as the end of a transaction finds it."""
    row(line)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS match_is_whole IMMEDIATE")


def test_the_database_refuses_a_match_of_nothing(bank: Bank) -> None:
    line = bank.line(5000)
    with pytest.raises(IntegrityError, match="unexplained"), transaction.atomic():
        explain_nothing(line)


def test_matches_and_parts_stay_as_they_are(bank: Bank) -> None:
    batch, line = bank.batch(5000), bank.line(5000)
    match = bank.match(line, f"b{batch.pk}")
    for change in (
        lambda: MatchPart.objects.filter(match=match).update(amount=1),
        lambda: MatchPart.objects.filter(match=match).delete(),
        lambda: BankMatch.objects.filter(pk=match.pk).update(basis="sum"),
    ):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
            change()
