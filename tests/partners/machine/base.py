"""What every part of the machine rests on: the world, the model, and what is compared after each step."""

import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant

from core.errors import Refused
from funds.models import Designation
from funds.queries.statements import PARTS, statements
from tests.partners.machine.books import Books, Given, Line, Place
from tests.partners.machine.given import given_by, given_in, without_zeros
from tests.partners.machine.ledger import ROWS, Fold, rows, summary
from tests.partners.machine.world import CODES, PEOPLE, World

CURRENCIES = some.sampled_from(["USD", "JPY", "KWD"])
MINORS = some.integers(min_value=1, max_value=10**9)
DAYS = some.dates(min_value=date(2026, 1, 1), max_value=date(2026, 4, 30))
FUNDS = some.integers(min_value=0, max_value=len(CODES) - 1)
WHO = some.integers(min_value=0, max_value=PEOPLE - 1)
LATER = date(2026, 5, 2)
JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 1)
Made = TypeVar("Made")


class Base(RuleBasedStateMachine):
    """A run begins at a savepoint and goes back there. `at` says with whom each person's record stands."""

    world: World
    tally: Counter[tuple[str, str]]
    """What came of each operation, over all runs: how it was refused, "" where it was not."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.act = self.world.act
        self.books, self.fold = Books(), Fold()
        self.at = list(range(PEOPLE))
        self.keys = map(str, itertools.count())
        self.steps = 0
        self.there = rows(ROWS)

    def teardown(self) -> None:
        try:
            self.at_the_end()
        finally:
            transaction.savepoint_rollback(self.savepoint)

    def at_the_end(self) -> None:
        """What each part looks at once, when a run is over."""
        fold = Fold()
        fold.take()
        assert fold.sums == self.fold.sums
        self.statements_are_the_model(date(2026, 3, 1), date(2026, 4, 1))

    def fund(self, place: Place) -> Designation | None:
        return None if place is None else self.world.funds[place]

    def tried(self, act: Callable[..., Made], *, refused: bool | None = None, **said: Any) -> Made | None:
        """What an act came to, None where a rule refuses it; then nothing of it is there. `refused` is what the model
        says of it, None where it says nothing.
        """
        try:
            made = act(**self.act, **said)
        except Refused as refusal:
            if refused is False:
                raise
            assert rows(ROWS) == self.there, refusal.code  # noqa: PT017 - a refusal is an answer here
            self.tally[act.__name__, refusal.code] += 1
            return None
        assert refused is not True
        self.tally[act.__name__, ""] += 1
        return made

    def chosen(self, data: Any, among: Sequence[Made]) -> Made | None:
        return data.draw(some.sampled_from(among)) if among else None

    @invariant()
    def what_is_there_is_what_must_be(self) -> None:
        self.steps += 1
        self.compare()

    def compare(self) -> None:
        self.there = rows(ROWS)
        before = self.fold.last
        self.fold.take()
        assert summary() == self.fold.sums
        self.fold_is_the_model()
        if self.fold.last != before:
            self.statements_are_the_model(JANUARY, DECEMBER)
        found, must = given_in(self.world), given_by(self.books, self.world, self.at)
        assert [without_zeros(each) for each in found] == [without_zeros(each) for each in must]

    def fold_is_the_model(self) -> None:
        places = self.world.places
        found = {
            (places[account], *rest): -debit - credit
            for (account, *rest), (debit, credit, _number) in self.fold.sums.items()
            if account in places and debit + credit
        }
        assert found == {key: minor for key, minor in self.books.moved.items() if minor}

    def statements_are_the_model(self, first: date, last: date) -> None:
        """Opening, what came and went of each kind, and closing, of whole months."""
        found = {
            (self.world.place_of(each.designation_id), each.currency, name): amount.minor
            for each in statements([fund.pk for fund in self.world.funds], first, last)
            for name, amount in {"opening_": each.opening, **each.parts, "closing": each.closing}.items()
            if amount.minor
        }
        must: dict[Any, int] = {}
        for (place, currency, kind, month), minor in self.books.moved.items():
            if place is not None and month <= last:
                assert kind in PARTS
                for name in ("opening_" if month < first else kind, "closing"):
                    must[place, currency, name] = must.get((place, currency, name), 0) + minor
        assert found == {key: minor for key, minor in must.items() if minor}

    def keep(self, gift: Any, *, who: int | None, lines: list[Line], posted: date, **fields: Any) -> Given:
        """A gift that was made, in the model: it must have these very lines."""
        found = gift.lines.values_list("designation", "amount", "designation_key")
        assert {key: (self.world.place_of(pk), minor) for pk, minor, key in found} == {
            line.key: (line.place, line.minor) for line in lines
        }
        given = Given(gift.pk, who, gift.currency, gift.date, posted, lines, **fields)
        assert gift.amount == given.total
        self.books.post(given)
        return given
