"""Gifts by hand, what goes back of them, their corrections, and lines in suspense."""

from datetime import date
from typing import Any

from hypothesis import strategies as some
from hypothesis.stateful import precondition, rule

from core.money import Money
from partners.models import ExternalId, Gift, GiftLine
from partners.operations import (
    Part,
    assign_line,
    correct_gift,
    identify,
    record_gift,
    refund_gift,
    take_back_assignment,
)
from tests.partners.machine.base import CURRENCIES, DAYS, FUNDS, LATER, MINORS, WHO, Base
from tests.partners.machine.books import Given, Line, Place, shared

INTO_ANOTHER = "into another currency"
SHARES = some.dictionaries(some.none() | FUNDS, MINORS, min_size=1, max_size=4)


class Giving(Base):
    """What a person does with a gift."""

    def code(self, place: Place) -> str:
        fund = self.fund(place)
        return fund.code if fund else ""

    def lines(self, shares: dict[Place, int]) -> list[Line]:
        return [Line(place, place, minor, self.code(place)) for place, minor in shares.items()]

    def parts(self, shares: dict[Place, int], currency: str, intent: str = "") -> list[Part]:
        return [Part(self.fund(place), Money(minor, currency), intent) for place, minor in shares.items()]

    @rule(
        who=WHO,
        soft=some.none() | WHO,
        on=DAYS,
        currency=CURRENCIES,
        shares=SHARES,
        intent=some.sampled_from(["", "w"]),
    )
    def give(self, who: int, soft: int | None, on: date, currency: str, shares: dict[Place, int], intent: str) -> None:
        """A gift of whom a number names, merged or not, split over designations and suspense."""
        number = self.world.numbers[who]
        found = identify(agency=self.world.agency, source="TNT", value=number.value)
        assert found == self.world.people[self.at[who]]
        unit = ExternalId.objects.get(pk=number.pk).giving_unit or self.world.units[who]
        assert unit.pk == self.world.units[who].pk
        credited = None if soft is None else self.at[soft]
        said: dict[str, Any] = {"giving_unit": unit, "on": on, "parts": self.parts(shares, currency, intent)}
        if credited is not None:
            said |= {"soft_partner": self.world.people[credited], "soft_kind": "influence"}
        made = self.tried(record_gift, refused=self.books.closed(on), **said, key=next(self.keys))
        if made:
            self.keep(made, who=who, lines=self.lines(shares), posted=on, soft=credited)

    def row(self, given: Given) -> Gift:
        found: Gift = Gift.objects.get(pk=given.pk)
        return found

    @precondition(lambda self: self.books.given())
    @rule(data=some.data(), shares=some.just({}) | SHARES, into=some.none() | CURRENCIES)
    def correct(self, data: Any, shares: dict[Place, int], into: str | None) -> None:
        """A gift or refund withdrawn, or a gift reversed whole and recorded anew, also `into` another currency: what
        leaves the one and comes to the other are two sums that nobody adds.
        """
        given = self.chosen(data, self.books.standing())
        if given is None:
            return
        anew = shares if given.total > 0 else {}
        made = self.tried(
            correct_gift,
            refused=bool(self.books.refunds(given)),
            gift=self.row(given),
            reason="wrong",
            key=next(self.keys),
            parts=self.parts(anew, into or given.currency),
        )
        if made is None:
            return
        today = self.world.today
        given.corrected = True
        self.books.withdraw(given, today)
        if anew:
            posted = today if self.books.closed(given.day) else given.day
            # What is recorded while two are one, and not on a unit of theirs, stays with the survivor (ADR 14).
            credited = None if given.soft is None else self.at[given.soft]
            chain: dict[str, Any] = {"soft": credited, "root": given.root}
            kept = self.keep(made.replacement, who=given.who, lines=self.lines(anew), posted=posted, **chain)
            assert kept.currency == (into or given.currency)
            if kept.currency != given.currency:
                self.tally["correct_gift", INTO_ANOTHER] += 1

    @precondition(lambda self: self.books.given())
    @rule(data=some.data(), minor=MINORS, late=some.booleans(), kind=some.sampled_from(["refund", "chargeback"]))
    def refund(self, data: Any, minor: int, late: bool, kind: str) -> None:
        """Money goes back, of every line in proportion to what is left of it; or more than is left is asked."""
        given = self.chosen(data, self.books.given())
        if given is None:
            return
        left = self.books.left(given)
        amount, on = min(minor, sum(left.values()) + 1), LATER if late else given.day
        too_much = amount > sum(left.values())
        made = self.tried(
            refund_gift,
            refused=too_much or self.books.closed(on),
            gift=self.row(given),
            amount=Money(amount, given.currency),
            on=on,
            reason="asked",
            kind=kind,
            key=next(self.keys),
        )
        if made:
            places = {line.key: line.place for line in given.lines}
            parts = shared(left, amount).items()
            lines = [Line(places[key], places[key], -taken, key) for key, taken in parts]
            self.keep(made, who=given.who, lines=lines, posted=on, reverses=given.pk)

    def line(self, given: Given, line: Line) -> GiftLine:
        found: GiftLine = GiftLine.objects.get(gift=given.pk, designation_key=line.key)
        return found

    @precondition(lambda self: self.books.given())
    @rule(data=some.data(), to=FUNDS)
    def assign(self, data: Any, to: int) -> None:
        """A line out of suspense, and the refunds of it that are there; a line with a designation stays."""
        pairs = [(gift, line) for gift in self.books.given() for line in gift.lines]
        waiting = [pair for pair in pairs if pair[1].place is None]
        pair = self.chosen(data, waiting or pairs)
        if pair is None:
            return
        given, line = pair
        said: dict[str, Any] = {"line": self.line(given, line), "designation": self.fund(to), "reason": "asked"}
        if self.tried(assign_line, refused=not waiting, **said, key=next(self.keys)):
            for gift, each in list(self.books.lines_of(given, line.key)):
                if each.place is None:
                    self.books.assign(gift, each, to, self.world.today)

    @precondition(lambda self: self.books.assigned())
    @rule(data=some.data())
    def unassign(self, data: Any) -> None:
        """A line goes back into suspense with its refunds, unless one of them was taken from the designation."""
        pair = self.chosen(data, self.books.assigned())
        if pair is None:
            return
        given, line = pair
        rests = [each for each in self.books.lines_of(given, line.key) if each[1].place == each[1].origin]
        said: dict[str, Any] = {"line": self.line(given, line), "reason": "asked"}
        if self.tried(take_back_assignment, refused=bool(rests), **said, key=next(self.keys)):
            for gift, each in list(self.books.lines_of(given, line.key)):
                self.books.assign(gift, each, None, self.world.today)
