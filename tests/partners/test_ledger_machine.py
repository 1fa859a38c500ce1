"""A machine that gives, splits, takes back, corrects, assesses, transfers, spends and closes, in any order: after each
step what the pages show is the fold of the entries, nothing of two currencies was added, and at the end every proof
holds.
"""

import itertools
import os
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts.models import User
from agencies.models import Agency
from core.errors import Refused
from core.money import Money
from funds import operations, queries
from funds.models import Designation, Expense, Posting, Transfer
from funds.proofs import prove_ledger
from partners.models import Gift, GivingUnit
from partners.operations import Part, add_partner, correct_gift, record_gift, refund_gift
from partners.proofs import prove_designations, prove_gifts

EXAMPLES, STEPS = (int(os.environ.get(name, usual)) for name, usual in (("MACHINES", "100"), ("MACHINE_STEPS", "50")))
"""5,000 steps; MACHINES=1000 makes 50,000."""
CURRENCIES = some.sampled_from(["USD", "JPY", "KWD"])
MINORS = some.integers(min_value=1, max_value=10**9)
DAYS = some.dates(min_value=date(2026, 1, 1), max_value=date(2026, 4, 30))
PLACES = some.integers(min_value=0, max_value=2)
FOLD = """
SELECT a.designation_id, e.currency, -sum(e.amount) FROM funds_entry e JOIN funds_account a ON a.id = e.account_id
WHERE a.designation_id IS NOT NULL GROUP BY 1, 2
"""
ZERO = "SELECT currency FROM funds_entry GROUP BY currency HAVING sum(amount) <> 0"


def rows(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


class Ledger(RuleBasedStateMachine):
    """The books of an agency, and beside them a plain sum of what each designation must hold."""

    make: Callable[[], tuple[dict[str, Any], list[Designation], GivingUnit]]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.act, self.funds, self.giver = type(self).make()
        self.category = operations.open_category(**self.act, name="Travel")
        self.must: Counter[tuple[int, str]] = Counter()
        self.keys = map(str, itertools.count())
        self.done = 0

    def teardown(self) -> None:
        for prove in (prove_ledger, prove_gifts, prove_designations):
            assert prove(self.act["agency"]).differences == []
        transaction.savepoint_rollback(self.savepoint)

    def add(self, designation: Designation | int, currency: str, minor: int) -> None:
        pk = designation.pk if isinstance(designation, Designation) else designation
        self.must[pk, currency] += minor

    def tried(self, act: Callable[[], Any]) -> Any:
        """What an act came to, None where a rule refuses it."""
        try:
            with transaction.atomic():
                return act()
        except Refused:
            return None

    @rule(on=DAYS, currency=CURRENCIES, shares=some.lists(MINORS, min_size=1, max_size=3), words=some.booleans())
    def give(self, on: date, currency: str, shares: list[int], words: bool) -> None:
        """A gift, split over as many designations as it has shares."""
        pairs = list(zip(self.funds, shares, strict=False))
        parts = [Part(fund, Money(minor, currency), "for the wells" if words else "") for fund, minor in pairs]
        said: dict[str, Any] = {"giving_unit": self.giver, "on": on, "parts": parts, "key": next(self.keys)}
        if self.tried(lambda: record_gift(**self.act, **said)):
            for fund, minor in pairs:
                self.add(fund, currency, minor)

    def standing(self, data: Any) -> Any:
        gifts = list(Gift.objects.standing().filter(amount__gt=0).order_by("pk"))
        return data.draw(some.sampled_from(gifts)) if gifts else None

    @rule(data=some.data(), to=PLACES, keeps=some.booleans())
    def correct(self, data: Any, to: int, keeps: bool) -> None:
        """A gift withdrawn, or reversed whole and recorded anew on one designation."""
        gift = self.standing(data)
        if gift is None:
            return
        before = list(gift.lines.values_list("designation", "amount"))
        parts = [Part(self.funds[to], Money(gift.amount, gift.currency))] if keeps else []
        said: dict[str, Any] = {"gift": gift, "reason": "wrong", "key": next(self.keys), "parts": parts}
        if self.tried(lambda: correct_gift(**self.act, **said)):
            for fund, minor in before:
                self.add(fund, gift.currency, -minor)
            if keeps:
                self.add(self.funds[to], gift.currency, gift.amount)

    @rule(data=some.data(), minor=MINORS)
    def refund(self, data: Any, minor: int) -> None:
        gift = self.standing(data)
        if gift is None:
            return
        amount = Money(min(minor, gift.amount), gift.currency)
        said: dict[str, Any] = {"gift": gift, "amount": amount, "on": gift.date, "reason": "asked"}
        made = self.tried(lambda: refund_gift(**self.act, **said, key=next(self.keys)))
        for fund, taken in made.lines.values_list("designation", "amount") if made else ():
            self.add(fund, gift.currency, taken)

    @rule(origin=PLACES, to=PLACES, currency=CURRENCIES, minor=MINORS, on=DAYS)
    def transfer(self, origin: int, to: int, currency: str, minor: int, on: date) -> None:
        one, other = self.funds[origin], self.funds[to]
        said: dict[str, Any] = {"origin": one, "destination": other, "amount": Money(minor, currency), "on": on}
        key = next(self.keys)
        if self.tried(lambda: operations.transfer(**self.act, **said, resolution="7", resolved_on=on, key=key)):
            self.add(one, currency, -minor)
            self.add(other, currency, minor)

    @rule(of=PLACES, currency=CURRENCIES, minor=MINORS, on=DAYS)
    def spend(self, of: int, currency: str, minor: int, on: date) -> None:
        said: dict[str, Any] = {"designation": self.funds[of], "amount": Money(minor, currency), "on": on}
        paid: dict[str, Any] = {"category": self.category, "paid_from": queries.deposit_account()}
        if self.tried(lambda: operations.record_expense(**self.act, **said, **paid, key=next(self.keys))):
            self.add(self.funds[of], currency, -minor)

    @rule(of=PLACES, currency=CURRENCIES, minor=MINORS, owes=some.booleans())
    def begin(self, of: int, currency: str, minor: int, owes: bool) -> None:
        amount = Money(-minor if owes else minor, currency)
        said: dict[str, Any] = {"designation": self.funds[of], "amount": amount, "deposit": queries.deposit_account()}
        if self.tried(lambda: operations.record_opening(**self.act, **said, on=date(2026, 4, 30), key=next(self.keys))):
            self.add(self.funds[of], currency, amount.minor)

    @rule(of=PLACES, percent=some.decimals(min_value="0.0001", max_value=100, places=4))
    def agree_on_a_share(self, of: int, percent: Decimal) -> None:
        said: dict[str, Any] = {"name": "Share", "percent": percent, "destination": self.funds[0]}
        self.tried(
            lambda: operations.add_rule(**self.act, **said, designation=self.funds[of], starts_on=date(2026, 1, 1))
        )

    @rule(month=some.integers(min_value=1, max_value=4))
    def assess(self, month: int) -> None:
        run = self.tried(lambda: operations.assess_month(**self.act, month=date(2026, month, 1), key=next(self.keys)))
        for line in run.lines.select_related("rule") if run else ():
            self.add(line.designation_id, line.currency, -line.amount)
            self.add(line.rule.destination_id, line.currency, line.amount)

    @rule(data=some.data(), what=some.sampled_from([Transfer, Expense]))
    def take_back(self, data: Any, what: Any) -> None:
        found = list(what.objects.filter(posting__reversals=None).select_related("posting").order_by("pk"))
        if not found:
            return
        each = data.draw(some.sampled_from(found))
        said: dict[str, Any] = {"posting": each.posting, "on": date(2026, 5, 1), "reason": "wrong"}
        if self.tried(lambda: operations.reverse_posting(**self.act, **said, key=next(self.keys))):
            if what is Expense:
                self.add(each.designation_id, each.currency, each.amount)
            else:
                self.add(each.origin_id, each.currency, each.amount)
                self.add(each.destination_id, each.currency, -each.amount)

    @precondition(lambda self: self.done > 20)
    @rule(month=some.integers(min_value=1, max_value=3), opens=some.booleans())
    def close(self, month: int, opens: bool) -> None:
        act = operations.open_month if opens else operations.close_months
        self.tried(lambda: act(**self.act, month=date(2026, month, 1), reason="agreed"))

    @rule()
    def export(self) -> None:
        days: dict[str, Any] = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}
        self.tried(lambda: operations.export_journal(**self.act, **days, key=next(self.keys)))

    @invariant()
    def what_is_shown_is_the_fold(self) -> None:
        self.done += 1
        must = {key: minor for key, minor in self.must.items() if minor}
        folded = {(pk, currency): int(minor) for pk, currency, minor in rows(FOLD) if minor}
        held = queries.balances([fund.pk for fund in self.funds])
        shown = {(pk, each.currency): each.minor for pk, amounts in held.items() for each in amounts if each.minor}
        assert (folded, shown) == (must, must)
        assert rows(ZERO) == []
        assert not Posting.objects.filter(entries=None).exists()


@pytest.mark.django_db
def test_the_books_of_any_order(inside: Agency, alice: User) -> None:
    act: dict[str, Any] = {"agency": inside, "actor": alice}

    def make() -> tuple[dict[str, Any], list[Designation], GivingUnit]:
        made = [
            operations.open_designation(**act, code=code, public_name=code, kind="project") for code in ("1", "2", "3")
        ]
        giver = GivingUnit.objects.get(partner=add_partner(**act, kind="person", last_name="Moab"))
        return act, made, giver

    machine = type("Books", (Ledger,), {"make": staticmethod(make)})
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=checks, database=None
        ),
    )
