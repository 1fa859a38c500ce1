"""What may explain a line of the bank, with the reason, the best first. Pure: it asks nobody."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from partners.models import BankMatch, StatementLine
from partners.queries.reconciliation.books import Booked
from partners.queries.reconciliation.candidates import BEFORE, EARLIEST, LATEST, Candidates, numbers_in
from partners.queries.reconciliation.payouts import PayoutFound

Basis = BankMatch.Basis
MOST_IN_SUM = 4
MOST_BATCHES = 12
SHOWN = 4
"""So many are proposed for a line."""


@dataclass(frozen=True)
class Proposal:
    """What may explain a line. `is_sure`: nothing else would, and it would explain nothing else."""

    basis: str
    items: tuple[Booked, ...] = ()
    payout: PayoutFound | None = None
    is_sure: bool = False

    @property
    def token(self) -> str:
        """How a form names it."""
        if self.payout:
            return f"{self.basis}:{self.payout.account}/{self.payout.payout}"
        return f"{self.basis}:{'.'.join(item.token for item in self.items)}"


def proposals(line: StatementLine, found: Candidates) -> list[Proposal]:
    """What may explain a line."""
    mine = [
        item
        for item in found.items
        if item.currency == line.currency and item.deposit_id == found.deposit_of.get(line.account)
    ]
    near = [item for item in mine if is_near(line.date, item.day)]
    made = [*of_payout(line, found), *of_one(line, mine, near, found), *of_several(line, near, found)]
    seen: set[tuple[str, ...]] = set()
    kept = []
    for proposal in made:
        what = tuple(sorted(item.token for item in proposal.items)) or (proposal.token,)
        if what not in seen:
            seen.add(what)
            kept.append(proposal)
    return alone(kept[:SHOWN])


def alone(made: list[Proposal]) -> list[Proposal]:
    """Two that would explain a line equally well are both unsure."""
    if len([each for each in made if each.is_sure]) > 1:
        return [Proposal(each.basis, each.items, each.payout) for each in made]
    return made


def is_near(at_bank: date, booked: date) -> bool:
    return at_bank - EARLIEST <= booked <= at_bank + LATEST


def of_payout(line: StatementLine, found: Candidates) -> Iterator[Proposal]:
    """The payout of a processor whose net it is. It is sure when every charge has its gift."""
    payout = found.payouts.get(line.pk)
    if payout is not None:
        yield Proposal(Basis.PAYOUT, payout=payout, is_sure=payout.is_sure)


def of_one(
    line: StatementLine, mine: Sequence[Booked], near: Sequence[Booked], found: Candidates
) -> Iterator[Proposal]:
    """One batch or gift of the amount: by its number, by its giver's name, or by its day."""
    numbers, words = numbers_in(line), words_in(line.party)
    exact = [item for item in mine if item.open == line.amount]
    numbered = [item for item in exact if found.told[item.token].reference in numbers]
    yield from (Proposal(Basis.REFERENCE, (item,), is_sure=len(numbered) == 1) for item in numbered)
    by_day = sorted((item for item in exact if item in near), key=lambda item: abs(line.date - item.day))
    named = [item for item in by_day if len(words & words_in(found.told[item.token].giver)) > 1]
    yield from (Proposal(Basis.NAME, (item,), is_sure=len(named) == 1) for item in named)
    batches = [item for item in by_day if item.kind == "batch"]
    alike = by_day if len(by_day) == 1 else batches  # which of several gifts it is, the amount does not tell
    one = len(by_day) == 1 and found.rivals[line.account, line.currency, line.amount] <= 1
    yield from (Proposal(Basis.AMOUNT, (item,), is_sure=one and item.kind == "batch") for item in alike)


def of_several(line: StatementLine, near: Sequence[Booked], found: Candidates) -> Iterator[Proposal]:
    """Batches that come to it together; and all gifts in no batch that were deposited on one day."""
    if line.amount <= 0:
        return
    batches = [item for item in near if item.kind == "batch" and 0 < item.open < line.amount]
    batches.sort(key=lambda item: abs(line.date - item.day))
    sums = [
        chosen
        for size in range(2, MOST_IN_SUM + 1)
        for chosen in combinations(batches[:MOST_BATCHES], size)
        if sum(item.open for item in chosen) == line.amount
    ]
    for chosen in sums:
        one_day = len({item.day for item in chosen}) == 1
        yield Proposal(Basis.SUM, chosen, is_sure=one_day and len(sums) == 1)
    days: defaultdict[date, list[Booked]] = defaultdict(list)
    for item in near:
        is_whole = (item.day, item.deposit_id, item.currency) in found.whole_days
        if is_whole and item.kind == "gift" and item.open > 0 and line.date - BEFORE <= item.day <= line.date:
            days[item.day].append(item)
    for day in sorted(days, reverse=True):
        if len(days[day]) > 1 and sum(item.open for item in days[day]) == line.amount:
            yield Proposal(Basis.DAY, tuple(days[day]))


def words_in(text: str) -> set[str]:
    """The words of a name, as banks write them: no marks, no case, no titles of one or two letters."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
    return {word for word in "".join(letter if letter.isalnum() else " " for letter in bare).split() if len(word) > 2}
