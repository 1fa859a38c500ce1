"""Payouts of processors: what went to the bank together, charge by charge, and which line of the bank it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Max, Q, Sum

from core.money import Money
from partners.models import BankMatch, Gift, MatchPart, StatementLine
from partners.queries.statements import PROCESSORS, account_name

EARLIEST, LATEST = timedelta(days=1), timedelta(days=14)
"""A payout shows at the bank from a day before to two weeks after the day that the processor tells."""
LONGEST = timedelta(days=200)
"""So far back is looked for the withdrawal before."""
TO_BANK = ("payout", "payout_reversal", "General Withdrawal")
"""The processor's own lines about money that went to the bank: they take out what the others put in."""
FEES = frozenset({"fee", "network_cost", "tax"})
CONVERSION = "General Currency Conversion"
"""What another currency came to: the gift stands in that currency, so no part of this payout is the gift."""
WITHDRAWS = "PAYPAL"
"""It tells no payout of a charge: a withdrawal takes out what came since the one before."""


@dataclass
class PayoutFound:
    """A payout with its lines. `gifts`: number → the gift that stands for it; money in minor units of the currency."""

    account: str
    payout: str
    date: Any
    currency: str
    lines: list[StatementLine] = field(default_factory=list)
    gifts: dict[str, Gift] = field(default_factory=dict)
    matched_gifts: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{account_name(self.account)} {self.payout}"

    @property
    def net(self) -> Money:
        """What went to the bank."""
        return Money(sum(line.amount for line in self.lines), self.currency)

    @property
    def charges(self) -> list[StatementLine]:
        """Lines about gifts: charges, and what was given back."""
        return [line for line in self.lines if line.gift_number]

    @property
    def gross(self) -> Money:
        """Charges less what was given back, before fees."""
        return Money(sum(gross_of(line) for line in self.charges), self.currency)

    @property
    def fees(self) -> Money:
        """What the processor kept: the fee of each charge, and lines that are fees."""
        kept = sum(gross_of(line) - line.amount for line in self.charges)
        return Money(kept - sum(line.amount for line in self.fee_lines), self.currency)

    @property
    def fee_lines(self) -> list[StatementLine]:
        """Lines that are fees and about no gift."""
        return [line for line in self.lines if not line.gift_number and line.category in FEES]

    @property
    def converted(self) -> int:
        """What came from other currencies."""
        return sum(line.amount for line in self.lines if line.category == CONVERSION)

    @property
    def others(self) -> list[StatementLine]:
        """Lines that are neither about gifts nor fees, where they leave anything: what was held back and let go again
        leaves nothing.
        """
        known = {*FEES, CONVERSION}
        found = [line for line in self.lines if not line.gift_number and line.category not in known]
        return found if sum(line.amount for line in found) else []

    @property
    def without_gift(self) -> list[StatementLine]:
        """Charges for which no gift of the same amount stands."""
        return [line for line in self.charges if not self.is_kept(line)]

    def is_kept(self, line: StatementLine) -> bool:
        """Whether a gift of the charge's amount stands and was not matched before."""
        gift = self.gifts.get(line.gift_number)
        same = gift is not None and (gift.amount, gift.currency) == (gross_of(line), line.currency)
        return same and gift is not None and gift.pk not in self.matched_gifts

    @property
    def is_whole(self) -> bool:
        """Whether gifts, fees and what came from other currencies explain it to the cent."""
        return not self.without_gift and not self.others

    @property
    def is_sure(self) -> bool:
        """Whether gifts and fees alone do."""
        return self.is_whole and not self.converted


def gross_of(line: StatementLine) -> int:
    """Before the fee; what is told without one is gross."""
    return line.amount if line.gross is None else int(line.gross)


def payouts_for(lines: Sequence[StatementLine]) -> dict[int, PayoutFound]:
    """The payout that each line is, where there is one of its amount that no line was matched with: named in the line,
    else the nearest. Four queries.
    """
    around = (min(line.date for line in lines) - LATEST, max(line.date for line in lines) + EARLIEST)
    known = StatementLine.objects.standing().filter(account__in=PROCESSORS, payout_date__range=around)
    told = known.exclude(payout="").order_by().values_list("account", "payout", "currency")
    sums = list(told.annotate(day=Max("payout_date"), net=Sum("amount", filter=~Q(category__in=TO_BANK[:2]))))
    taken = set(BankMatch.objects.standing().exclude(payout="").values_list("payout_account", "payout"))
    free = [each for each in sums if tuple(each[:2]) not in taken and each[4]]
    chosen = {line.pk: pick(line, free) for line in lines if line.amount > 0}
    wanted = {(row[0], row[1], row[2], row[3]) for row in chosen.values() if row}
    found = payouts_of(wanted)
    return {pk: found[row[0], row[1]] for pk, row in chosen.items() if row and (row[0], row[1]) in found}


def pick(line: StatementLine, free: Iterable[Any]) -> Any:
    """The payout that a line of the bank is, or None."""
    words = f"{line.party} {line.text}".casefold()
    fitting = [
        row
        for row in free
        if (row[2], abs(row[4])) == (line.currency, line.amount)
        and row[3] - EARLIEST <= line.date <= row[3] + LATEST
        and any(name.casefold() in words for name in (row[0], PROCESSORS[row[0]]))
    ]
    named = [row for row in fitting if any(len(word) > 5 and word in row[1].casefold() for word in words.split())]
    return min(named or fitting, key=lambda row: abs(line.date - row[3]), default=None)


def payouts_of(wanted: Iterable[tuple[Any, ...]]) -> dict[tuple[str, str], PayoutFound]:
    """Payouts by (account, payout), each (account, payout, currency, day) with its lines and gifts. Three queries."""
    found = {
        (account, payout): PayoutFound(account, payout, day, currency) for account, payout, currency, day in wanted
    }
    if not found:
        return {}
    withdrawn = [each for each in found.values() if each.account == WITHDRAWS]
    standing = StatementLine.objects.standing().exclude(amount=0).order_by("date", "pk")
    asked = Q(payout__in=[each.payout for each in found.values()]) & ~Q(account=WITHDRAWS)
    if withdrawn:
        days = [each.date for each in withdrawn]
        asked |= Q(account=WITHDRAWS, date__range=(min(days) - LONGEST, max(days)))
    lines = list(standing.filter(asked, account__in=[account for account, _ in found]))
    for each in found.values():
        each.lines = since_the_last(each, lines) if each.account == WITHDRAWS else lines_of(each, lines)
    with_gifts([each for each in found.values() if each.lines])
    return {key: each for key, each in found.items() if each.lines}


def lines_of(payout: PayoutFound, lines: Iterable[StatementLine]) -> list[StatementLine]:
    """The lines that a processor says went to the bank together."""
    return [
        line
        for line in lines
        if (line.account, line.payout, line.currency) == (payout.account, payout.payout, payout.currency)
        and line.category not in TO_BANK
    ]


def since_the_last(payout: PayoutFound, lines: Iterable[StatementLine]) -> list[StatementLine]:
    """What came to the balance since the withdrawal before; nothing when that is not what was withdrawn, for then
    nobody knows which of it was.
    """
    mine = [line for line in lines if (line.account, line.currency) == (payout.account, payout.currency)]
    came: list[StatementLine] = []
    for line in mine:
        if line.payout == payout.payout:
            return came if sum(each.amount for each in came) == -line.amount else []
        came = [] if line.payout else [*came, line]
    return []


def with_gifts(payouts: Sequence[PayoutFound]) -> None:
    """Find the gifts of the charges, and which of them were matched before. Two queries."""
    numbers = {line.gift_number for payout in payouts for line in payout.charges}
    sources = {payout.account for payout in payouts}
    gifts = Gift.objects.standing().filter(source__in=sources, external_id__in=numbers).select_related("giving_unit")
    by_number: defaultdict[str, dict[str, Gift]] = defaultdict(dict)
    for gift in gifts:
        by_number[gift.source][gift.external_id] = gift
    matched = MatchPart.objects.standing().filter(gift__in=[gift.pk for gift in gifts])
    taken = frozenset(matched.values_list("gift", flat=True))
    for payout in payouts:
        payout.gifts, payout.matched_gifts = by_number[payout.account], taken
