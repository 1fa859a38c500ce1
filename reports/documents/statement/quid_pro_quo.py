"""IRC §6115: who pays more than $75, partly for goods or services, is told their value and what that leaves."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.money import Money
from reports.documents.statement.content import InReturn, Line

THRESHOLD = Money(7500, "USD")


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One payment with what was given for it. `excess` is None where the estimates are in other currencies."""

    given_on: date
    payment: Money
    descriptions: tuple[str, ...]
    estimates: tuple[Money, ...]

    @property
    def excess(self) -> Money | None:
        """What the payment leaves over the estimates, never less than nothing."""
        if any(estimate.currency != self.payment.currency for estimate in self.estimates):
            return None
        left = self.payment.minor - sum(estimate.minor for estimate in self.estimates)
        return Money(max(left, 0), self.payment.currency)


def disclosures(lines: Iterable[Line]) -> list[Disclosure]:
    """Return one disclosure per payment over the threshold that was partly for goods or services, by date.

    The threshold is of the payment, so the lines of one gift count together. A payment in another currency cannot be
    held against dollars without a rate, and is always disclosed.
    """
    payments: dict[object, list[tuple[Line, Money]]] = defaultdict(list)
    for place, line in enumerate(lines):
        if line.amount is not None:
            payments[(line.gift or place, line.amount.currency)].append((line, line.amount))
    found = [_disclosure(parts) for parts in payments.values()]
    return sorted((one for one in found if one is not None), key=lambda one: one.given_on)


def _disclosure(parts: list[tuple[Line, Money]]) -> Disclosure | None:
    first, amount = parts[0]
    payment = Money(sum(amount.minor for _, amount in parts), amount.currency)
    over = payment > THRESHOLD if payment.currency == THRESHOLD.currency else payment.minor > 0
    given = [line.goods_or_services for line, _ in parts if line.goods_or_services.kind is InReturn.DESCRIBED]
    if not (over and given):
        return None
    estimates = tuple(one.good_faith_estimate for one in given if one.good_faith_estimate)
    return Disclosure(first.given_on, payment, tuple(one.description for one in given), estimates)
