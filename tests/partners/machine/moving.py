"""What moves money of designations beside gifts: transfers, expenses, opening balances, assessments, closed months."""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as some
from hypothesis.stateful import precondition, rule

from core.money import Money
from funds import operations
from funds.models import Posting
from tests.partners.machine.base import CURRENCIES, DAYS, DECEMBER, FUNDS, JANUARY, MINORS, Base

MONTHS = range(1, 5)
REVERSED_ON = date(2026, 5, 1)


@dataclass(frozen=True)
class Movement:
    """A posting that can be taken back: what it added, by place and currency, and of which month it assessed."""

    posting: Posting
    kind: str
    added: dict[tuple[int, str], int]
    of: dict[tuple[int, str, date], int]


class Moving(Base):
    """What the finance office does."""

    def __init__(self) -> None:
        super().__init__()
        self.movements: list[Movement] = []

    def posted(self, made: Any, kind: str, on: date, added: dict[tuple[int, str], int], **of: Any) -> None:
        self.movements.append(Movement(made.posting, kind, added, of.get("assessed", {})))
        for (place, currency), minor in added.items():
            self.books.move(place, currency, kind, on, minor)

    @rule(data=some.data(), to=FUNDS, asked=MINORS, on=DAYS)
    def transfer(self, data: Any, to: int, asked: int, on: date) -> None:
        """The board moves money: never more than is there."""
        origin, currency = data.draw(some.sampled_from(sorted(self.books.held() or {(0, "USD"): 0})))
        held = self.books.held()[origin, currency]
        minor = min(asked, held + 1)
        said: dict[str, Any] = {"origin": self.fund(origin), "destination": self.fund(to), "resolution": "7"}
        said |= {"amount": Money(minor, currency), "on": on, "resolved_on": on}
        refused = True if origin == to or minor > held or self.books.closed(on) else None
        if made := self.tried(operations.transfer, refused=refused, **said, key=next(self.keys)):
            self.posted(made, "transfer", on, {(origin, currency): -minor, (to, currency): minor})

    @rule(of=FUNDS, currency=CURRENCIES, minor=MINORS, on=DAYS)
    def spend(self, of: int, currency: str, minor: int, on: date) -> None:
        said: dict[str, Any] = {"designation": self.fund(of), "amount": Money(minor, currency), "on": on}
        said |= {"category": self.world.category, "paid_from": self.world.deposit}
        refused = self.books.closed(on)
        if made := self.tried(operations.record_expense, refused=refused, **said, key=next(self.keys)):
            self.posted(made, "expense", on, {(of, currency): -minor})

    @rule(of=FUNDS, currency=CURRENCIES, minor=MINORS, owes=some.booleans())
    def begin(self, of: int, currency: str, minor: int, owes: bool) -> None:
        """An opening balance, once for each designation and currency."""
        amount, on = Money(-minor if owes else minor, currency), date(2026, 4, 30)
        said: dict[str, Any] = {"designation": self.fund(of), "amount": amount, "deposit": self.world.deposit, "on": on}
        refused = (of, currency) in self.books.opened
        if made := self.tried(operations.record_opening, refused=refused, **said, key=next(self.keys)):
            self.books.opened.add((of, currency))
            self.posted(made, "opening", on, {(of, currency): amount.minor})

    @rule(of=FUNDS, percent=some.decimals(min_value="0.0001", max_value=100, places=4))
    def agree_on_a_share(self, of: int, percent: Decimal) -> None:
        said: dict[str, Any] = {"name": "Share", "percent": percent, "destination": self.fund(0), "starts_on": JANUARY}
        refused = of == 0 or of in self.books.percents
        if self.tried(operations.add_rule, refused=refused, **said, designation=self.fund(of)):
            self.books.percents[of] = percent

    @precondition(lambda self: self.books.percents)
    @rule(data=some.data())
    def assess(self, data: Any) -> None:
        """What the rules ask of a month and was not assessed yet, to the minor unit. Most often of one that owes."""
        owing = [month for month in MONTHS if self.books.shares(date(2026, month, 1))]
        month = data.draw(some.sampled_from([*MONTHS, *owing * 4]))
        first, last = date(2026, month, 1), date(2026, month, calendar.monthrange(2026, month)[1])
        due = self.books.shares(first)
        refused = not due or self.books.closed(last)
        made = self.tried(operations.assess_month, refused=refused, month=first, key=next(self.keys))
        if made is None:
            return
        lines = made.lines.values_list("designation", "currency", "amount")
        assert {(self.world.place_of(pk), currency): minor for pk, currency, minor in lines} == due
        added = {key: -minor for key, minor in due.items()}
        for (_place, currency), minor in due.items():
            added[0, currency] = added.get((0, currency), 0) + minor
        assessed = {(*key, first): minor for key, minor in due.items()}
        self.books.assessed.update(assessed)
        self.posted(made, "assessment", last, added, assessed=assessed)

    @precondition(lambda self: self.movements)
    @rule(data=some.data(), again=some.booleans())
    def take_back(self, data: Any, again: bool) -> None:
        """A movement reversed whole, once; the second time nothing happens."""
        found = self.chosen(data, self.movements)
        if found is None:
            return
        said: dict[str, Any] = {"posting": found.posting, "on": REVERSED_ON, "reason": "wrong"}
        self.tried(operations.reverse_posting, refused=False, **said, key=next(self.keys))
        self.reversed(found)
        if again:
            self.compare()
            self.tried(operations.reverse_posting, refused=True, **said, key=next(self.keys))

    def reversed(self, found: Movement) -> None:
        self.movements.remove(found)
        for (place, currency), minor in found.added.items():
            self.books.move(place, currency, found.kind, REVERSED_ON, -minor)
            if found.kind == "opening":
                self.books.opened.remove((place, currency))
        self.books.assessed.subtract(found.of)

    @precondition(lambda self: self.steps > 20)
    @rule(month=some.integers(min_value=1, max_value=3), opens=some.booleans())
    def close(self, month: int, opens: bool) -> None:
        now, this, following = self.books.open_from, date(2026, month, 1), date(2026, month + 1, 1)
        refused = (now is None or this >= now) if opens else (now is not None and following <= now)
        act = operations.open_month if opens else operations.close_months
        if self.tried(act, refused=refused, month=this, reason="agreed"):
            self.books.open_from = this if opens else following

    @precondition(lambda self: self.steps % 10 == 0)
    @rule()
    def export(self) -> None:
        said: dict[str, Any] = {"first_day": JANUARY, "last_day": DECEMBER}
        self.tried(operations.export_journal, **said, key=next(self.keys))
