"""Promises, whose fulfilment is computed from gifts each time."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from hypothesis import strategies as some
from hypothesis.stateful import precondition, rule

from core.money import Money
from partners.models import Commitment
from partners.operations import add_commitment, end_commitment
from partners.queries.fulfilment import payments
from tests.partners.machine.base import CURRENCIES, DAYS, FUNDS, WHO, Base
from tests.partners.rule import Given, Promised, put

Circle = tuple[int, int, str]
"""Partner by number, place, currency."""
MOST = 6
"""So many promises in a run: the rule in Python is slow."""


@dataclass(frozen=True)
class Promise:
    who: int
    place: int
    currency: str
    made: Promised


class Promising(Base):
    """What people promise."""

    def __init__(self) -> None:
        super().__init__()
        self.promises: dict[int, Promise] = {}

    @precondition(lambda self: len(self.promises) < MOST)
    @rule(
        who=WHO,
        of=FUNDS,
        currency=CURRENCIES,
        minor=some.integers(min_value=10**7, max_value=10**9),
        on=DAYS,
        often=some.sampled_from(["weekly", "monthly", "yearly"]),
    )
    def promise(self, who: int, of: int, currency: str, minor: int, on: date, often: str) -> None:
        said: dict[str, Any] = {"giving_unit": self.world.units[who], "designation": self.fund(of), "frequency": often}
        made = self.tried(
            add_commitment, refused=False, **said, again=True, amount=Money(minor, currency), starts_on=on
        )
        if made:
            self.promises[made.pk] = Promise(who, of, currency, Promised(made.pk, minor, often, on, None))

    @precondition(lambda self: self.promises)
    @rule(data=some.data(), on=DAYS)
    def end(self, data: Any, on: date) -> None:
        pk = self.chosen(data, sorted(self.promises))
        if pk is None:
            return
        old = self.promises[pk]
        said: dict[str, Any] = {"commitment": Commitment.objects.get(pk=pk), "on": on, "reason": "moved"}
        if self.tried(end_commitment, refused=on < old.made.starts, **said):
            made = Promised(pk, old.made.amount, old.made.frequency, old.made.starts, on)
            self.promises[pk] = Promise(old.who, old.place, old.currency, made)
        self.every_cent_is_put_as_the_rule_says()

    def every_cent_is_put_as_the_rule_says(self) -> None:
        """Payment by payment, by partner: of two that were merged what either gives counts for what either promised."""
        circles: dict[Circle, list[Promised]] = defaultdict(list)
        for each in self.promises.values():
            circles[self.at[each.who], each.place, each.currency].append(each.made)
        must = {row for circle, promised in circles.items() for row in put(promised, self.given_in(circle))}
        found = payments(self.world.agency, Commitment.objects.all())
        assert {(e.promise_id, e.gift_id, e.paid, e.first, e.last) for e in found} == must
        assert len(found) == len(must)

    def given_in(self, circle: Circle) -> list[Given]:
        """What is left of each gift to a designation, refunds taken off."""
        who, place, currency = circle
        left: dict[int, int] = defaultdict(int)
        for gift in self.books.standing():
            if gift.who is not None and (self.at[gift.who], gift.currency) == (who, currency):
                for line in gift.lines:
                    if line.place == place:
                        left[gift.reverses or gift.pk] += line.minor
        return [Given(pk, self.books.gifts[pk].day, minor) for pk, minor in left.items() if minor > 0]

    def at_the_end(self) -> None:
        super().at_the_end()
        self.every_cent_is_put_as_the_rule_says()
