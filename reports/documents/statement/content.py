"""The content of a giving statement as frozen values, each refusing what the law does not let stand."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.errors import Refused
from core.money import Money


class StatementRefused(Refused):
    """A statement, or a line of it, says too little, too much, or two things at once."""

    code = "statement"
    status = 422


class InReturn(StrEnum):
    """What the giver received for a gift: one of the three statements of IRC §170(f)(8)(B)."""

    NOTHING = "nothing"
    DESCRIBED = "described"
    INTANGIBLE = "intangible"


@dataclass(frozen=True, slots=True)
class GoodsOrServices:
    """Exactly one statement on goods or services; description and estimate belong to DESCRIBED, and only to it."""

    kind: InReturn
    description: str = ""
    good_faith_estimate: Money | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.kind, InReturn):
            raise StatementRefused(
                "Say of each gift what was given in return: nothing, goods described, or intangible."
            )
        described = self.kind is InReturn.DESCRIBED
        estimate = self.good_faith_estimate
        if described and not (self.description.strip() and estimate and estimate.minor > 0):
            raise StatementRefused("Goods or services need a description and a good-faith estimate of their value.")
        if not described and (self.description or estimate):
            raise StatementRefused("A gift has one statement only: goods described, or none of them.")


@dataclass(frozen=True, slots=True)
class Line:
    """One gift line: money (`amount`, negative for a refund) or goods (`in_kind`, described and never valued).

    `given_on` is the contribution date, `designation` the public name. `tendered` is what the giver paid where that was
    another currency than the amount. `gift` is any key that the lines of one payment share; blank means that the line
    is a payment of its own. The key is not printed.
    """

    given_on: date
    designation: str
    goods_or_services: GoodsOrServices
    amount: Money | None = None
    in_kind: str = ""
    tendered: Money | None = None
    gift: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.goods_or_services, GoodsOrServices):
            raise StatementRefused("Each gift needs exactly one statement on goods or services.")
        if (self.amount is None) == (not self.in_kind.strip()):
            raise StatementRefused("A gift line is either an amount of money or a description of goods.")
        if self.amount is not None and self.amount.minor == 0:
            raise StatementRefused("A gift of nothing is no gift.")
        if self.tendered is not None and self.amount is None:
            raise StatementRefused("Goods carry no amount: their value is for the giver to say.")


@dataclass(frozen=True, slots=True)
class SoftCredit:
    """A gift that this giver recommended and a fund made: thanked for, and no gift of theirs for tax purposes."""

    given_on: date
    designation: str
    through: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Agency:
    """Who gives the statement. `country` (ISO 3166) chooses the paper, `locale` (en_US) how figures are written."""

    name: str
    ein: str
    address: tuple[str, ...]
    locale: str = "en_US"
    country: str = "US"
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """The giving unit that the statement addresses. `language` is a BCP 47 tag."""

    name: str
    address: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Replaced:
    """The version that a corrected statement takes the place of."""

    version: int
    issued_on: date


@dataclass(frozen=True, slots=True)
class Statement:
    """One version of one giving unit's statement of a year. Every line lies in the year, by its contribution date.

    A first version without lines is refused: there is nothing to receipt. A correction may be left without lines.
    Raises StatementRefused.
    """

    number: str
    year: int
    issued_on: date
    agency: Agency
    receiver: Receiver
    lines: tuple[Line, ...]
    soft_credits: tuple[SoftCredit, ...] = ()
    version: int = 1
    replaces: Replaced | None = None

    def __post_init__(self) -> None:
        if not (self.number.strip() and self.agency.name.strip() and self.receiver.name.strip()):
            raise StatementRefused("A statement needs a number, the name of the agency and the name of the giver.")
        replaced = self.replaces.version if self.replaces else 0
        if not replaced < self.version or (self.version > 1) != bool(replaced):
            raise StatementRefused("Version 1 replaces nothing, and a later version names the one it replaces.")
        if not (self.lines or self.replaces):
            raise StatementRefused("There is no gift to receipt.")
        days = [line.given_on for line in self.lines] + [credit.given_on for credit in self.soft_credits]
        outside = [day for day in days if day.year != self.year]
        if outside:
            raise StatementRefused(f"A gift of {outside[0].isoformat()} does not belong to {self.year}.")

    @property
    def money_lines(self) -> dict[str, list[Line]]:
        """Lines of money by currency, in order of date; the currency of most lines comes first."""
        amounts = [(line, line.amount) for line in sorted(self.lines, key=lambda line: line.given_on) if line.amount]
        frequency = Counter(amount.currency for _, amount in amounts)
        order = sorted(frequency, key=lambda currency: (-frequency[currency], currency))
        return {code: [line for line, amount in amounts if amount.currency == code] for code in order}

    @property
    def totals(self) -> dict[str, Money]:
        """Sum of the money lines per currency, refunds taken off. Currencies are never added to each other."""
        sums: Counter[str] = Counter()
        for line in self.lines:
            if line.amount:
                sums[line.amount.currency] += line.amount.minor
        return {currency: Money(sums[currency], currency) for currency in self.money_lines}
