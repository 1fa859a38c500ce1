"""The arithmetic of hand-overs: who comes first, on how many people a unit's support rests, what became of it. Pure
functions over minor units; no amount of one currency is ever added to one of another.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Final, TypeVar

from handover.models import Check

Pair = TypeVar("Pair", bound=Hashable)
Sums = Mapping[str, int]
"""Minor units by currency."""
MOST_NAMES: Final = 16
"""Of so many holders every group is tried; of more only those with the most support."""


def totals(sums: Iterable[Sums]) -> dict[str, int]:
    """The sum of each currency by itself, of what is above zero."""
    found: defaultdict[str, int] = defaultdict(int)
    for each in sums:
        for currency, amount in each.items():
            found[currency] += max(amount, 0)
    return dict(found)


def giving_shares(given: Mapping[Pair, Sums]) -> dict[Pair, Fraction]:
    """The largest share that each has of all that was given in one currency: so givers of two currencies can stand in
    one order although nothing is converted.
    """
    whole = totals(given.values())
    return {
        pair: max((Fraction(max(amount, 0), whole[c]) for c, amount in sums.items() if whole[c]), default=Fraction(0))
        for pair, sums in given.items()
    }


def places(values: Mapping[Pair, Fraction | int]) -> dict[Pair, int]:
    """The place of each, 1 for the largest; who is equal shares a place."""
    order = {value: 1 + sum(other > value for other in values.values()) for value in set(values.values())}
    return {pair: order[value] for pair, value in values.items()}


def ranked(given: Mapping[Pair, Sums], depth: Mapping[Pair, int]) -> dict[Pair, int]:
    """In which order partners are taken up: the place by giving and the place by depth are added, the smaller sum
    comes first; the place by giving decides between equal sums. `depth` names those of `given`.
    """
    by_giving = places(giving_shares(given))
    by_depth = places({pair: depth[pair] for pair in given})
    keys = {pair: (by_giving[pair] + by_depth[pair], by_giving[pair]) for pair in given}
    return {pair: 1 + sum(other < key for other in keys.values()) for pair, key in keys.items()}


@dataclass(frozen=True)
class Support:
    """What one partner gave or promised in one currency, and who holds the partner."""

    amount: int
    holders: frozenset[int]


def lost_without(supports: Iterable[Support], leaving: frozenset[int]) -> int:
    """The support whose holders all leave."""
    return sum(each.amount for each in supports if each.holders and each.holders <= leaving)


def bus_factor(supports: Sequence[Support]) -> int | None:
    """The smallest number of holders whose leaving would leave half of all support or more with nobody; None where no
    number would, for nothing is given or too much is held by nobody.
    """
    whole = sum(each.amount for each in supports)
    held: defaultdict[int, int] = defaultdict(int)
    merged: defaultdict[frozenset[int], int] = defaultdict(int)
    for each in supports:
        merged[each.holders] += each.amount
        for name in each.holders:
            held[name] += each.amount
    groups = [Support(amount, holders) for holders, amount in merged.items()]
    names = sorted(held, key=lambda name: (-held[name], name))[:MOST_NAMES]
    if whole <= 0:
        return None
    for number in range(1, len(names) + 1):
        for group in combinations(names, number):
            if 2 * lost_without(groups, frozenset(group)) >= whole:
                return number
    return None


def outcome(due: Sums, came: Sums) -> str:
    """What became of a partner's giving: each currency in which something was due is looked at by itself. All of it
    came in each: kept; nothing came in any: stopped; else smaller.
    """
    asked = {currency: amount for currency, amount in due.items() if amount > 0}
    if not asked:
        return Check.Outcome.NOT_DUE
    got = [max(came.get(currency, 0), 0) for currency in asked]
    if all(have >= want for have, want in zip(got, asked.values(), strict=True)):
        return Check.Outcome.KEPT
    return Check.Outcome.STOPPED if not any(got) else Check.Outcome.SMALLER


def percent(part: int | Fraction, whole: int | Fraction) -> int:
    """The share in whole percent, rounded down, so that 100 is all of it."""
    return int(Fraction(100 * part) / whole) if whole else 0
