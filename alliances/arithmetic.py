"""The legal arithmetic of shared measures. The kind of an indicator decides it; nothing else can be configured.

| kind | over time | across members |
| --- | --- | --- |
| flow | sum | sum − agreed overlap |
| stock, running total | latest | sum of each member's latest − agreed overlap |
| unique people | not additive | a range until the overlap is agreed |
| ratio | Σ numerators / Σ denominators | the same |
| mean | weighted by n | weighted by n |
| entity set | union, or the set at a date | size of the union |
| ordinal, text | latest | distribution |

Pure functions on exact numbers: no database, no float, no rounding. Nothing missing is ever given a value here.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Kind(StrEnum):
    """What an indicator counts."""

    FLOW = "flow"
    STOCK = "stock"
    RUNNING_TOTAL = "running_total"
    UNIQUE_PEOPLE = "unique_people"
    RATIO = "ratio"
    MEAN = "mean"
    ENTITY_SET = "entity_set"
    ORDINAL = "ordinal"
    TEXT = "text"


class Resolution(StrEnum):
    """How two members settle an overlap: both numbers count, only the larger one, or a joint number that they know."""

    SUM = "sum"
    MAX = "max"
    CUSTOM = "custom"


COUNTS = frozenset({Kind.FLOW, Kind.STOCK, Kind.RUNNING_TOTAL, Kind.UNIQUE_PEOPLE})
SINGLE_NUMBERS = frozenset({Kind.FLOW, Kind.STOCK, Kind.RUNNING_TOTAL})
"""Counts that one number reports in full: what a report form with one field can ask for."""
QUOTIENTS = frozenset({Kind.RATIO, Kind.MEAN})
ANSWERS = frozenset({Kind.ORDINAL, Kind.TEXT})


class NotAdditive(ArithmeticError):
    """Unique people of two periods cannot be added: the same person may stand in both."""


class DoesNotFit(ArithmeticError):
    """A joint number, or overlaps together, that the members' numbers make impossible."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One report. A count uses `amount`; a ratio `amount`/`base`; a mean `amount` over `base` answers;
    a set `entities`; else `answer`.
    """

    amount: Decimal = Decimal(0)
    base: Decimal = Decimal(0)
    entities: frozenset[str] = frozenset()
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two members agreed about those whom both counted. `joint` is their number together, for CUSTOM."""

    one: int
    other: int
    resolution: Resolution
    joint: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Total:
    """The members together. `low` and `high` differ only while an overlap of unique people is not agreed;
    then `net` is None.
    """

    gross: Fraction | None = None
    overlaps: tuple[Decimal, ...] = ()
    net: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    distribution: Mapping[str, int] = field(default_factory=dict)


def over_time(kind: Kind, figures: Sequence[Figure]) -> Figure:
    """One member's reports of several periods, the earliest first, as one report.
    Raises NotAdditive for unique people.
    """
    if kind is Kind.UNIQUE_PEOPLE and len(figures) > 1:
        raise NotAdditive
    if kind is Kind.FLOW:
        return Figure(amount=sum((figure.amount for figure in figures), Decimal(0)))
    if kind is Kind.ENTITY_SET:
        return Figure(entities=frozenset[str]().union(*(figure.entities for figure in figures)))
    if kind in QUOTIENTS:
        return pooled(kind, figures)
    return figures[-1]


def pooled(kind: Kind, figures: Sequence[Figure]) -> Figure:
    """Ratios pool their numerators and denominators; means keep their sum over n, so that they weigh by n.
    Never a mean of quotients.
    """
    base = sum((figure.base for figure in figures), Decimal(0))
    if kind is Kind.RATIO:
        return Figure(amount=sum((figure.amount for figure in figures), Decimal(0)), base=base)
    total = sum((figure.amount * figure.base for figure in figures), Decimal(0))
    return Figure(amount=total / base if base else Decimal(0), base=base)


def across_members(
    kind: Kind, figures: Mapping[int, Figure], overlaps: Sequence[Overlap] = (), *, overlap_agreed: bool = True
) -> Total:
    """The members' reports of one period together; `overlap_agreed` says, for unique people, that no overlap is left
    open.

    Raises DoesNotFit when what was agreed about overlaps contradicts the numbers.
    """
    if kind in COUNTS:
        return added(kind, figures, overlaps, overlap_agreed)
    if kind in QUOTIENTS:
        return quotient(kind, list(figures.values()))
    if kind is Kind.ENTITY_SET:
        size = Fraction(len(frozenset[str]().union(*(figure.entities for figure in figures.values()))))
        return Total(gross=size, net=size, low=size, high=size)
    return Total(distribution=Counter(figure.answer for figure in figures.values()))


def quotient(kind: Kind, figures: Sequence[Figure]) -> Total:
    """Σ numerators / Σ denominators, or the mean weighted by n; nothing when no base was reported."""
    base = sum((Fraction(figure.base) for figure in figures), Fraction(0))
    if not base:
        return Total()
    weights = [Fraction(1) if kind is Kind.RATIO else Fraction(figure.base) for figure in figures]
    top = sum((Fraction(figure.amount) * weight for figure, weight in zip(figures, weights, strict=True)), Fraction(0))
    return Total(gross=top / base, net=top / base, low=top / base, high=top / base)


def added(kind: Kind, figures: Mapping[int, Figure], overlaps: Sequence[Overlap], overlap_agreed: bool) -> Total:
    """Gross − overlaps = net, and never less than the largest single report."""
    amounts = [figure.amount for figure in figures.values()]
    both = [overlap for overlap in overlaps if overlap.one in figures and overlap.other in figures]
    taken = tuple(counted_twice(overlap, figures) for overlap in both)
    gross, most = sum(amounts, Decimal(0)), max(amounts, default=Decimal(0))
    net = gross - sum(taken, Decimal(0))
    if net < most:
        raise DoesNotFit
    if kind is Kind.UNIQUE_PEOPLE and not overlap_agreed and len(figures) > 1:
        return Total(gross=Fraction(gross), overlaps=taken, low=Fraction(most), high=Fraction(net))
    return Total(Fraction(gross), taken, Fraction(net), Fraction(net), Fraction(net))


def counted_twice(overlap: Overlap, figures: Mapping[int, Figure]) -> Decimal:
    """What to subtract for one overlap. Raises DoesNotFit for a joint number outside what two numbers can make
    together.
    """
    one, other = figures[overlap.one].amount, figures[overlap.other].amount
    if overlap.resolution is Resolution.SUM:
        return Decimal(0)
    if overlap.resolution is Resolution.MAX:
        return min(one, other)
    if not max(one, other) <= overlap.joint <= one + other:
        raise DoesNotFit
    return one + other - overlap.joint
