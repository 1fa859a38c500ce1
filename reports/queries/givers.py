"""Who gets a statement of a year, who gets none, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Exists, Max, Min, OuterRef, Q, Sum
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from core.money import Money
from core.planner import joined_by_sets
from partners.models import Address, Gift, GivingUnit
from reports.models import StatementIssue
from reports.queries.credits import first_giving_unit
from reports.queries.issues import outdated_givers
from reports.queries.receivers import valid_addresses
from reports.queries.standing import LEFT_OUT, STATED, Standing, lines_of_year
from reports.queries.stated_with import Shared, shared, survivors

CREDITED, NO_ADDRESS, SUSPENSE, RETURNED, OUTDATED = "credited", "no_address", "suspense", "returned", "outdated"
SEVERAL = "several"
WITHOUT: dict[str, Any] = {
    **{standing.value: standing.label for standing in LEFT_OUT},
    CREDITED: _("A fund or an employer gave because of them; they gave nothing themselves"),
}
"""Reasons for which a giving unit gets no statement."""
TO_LOOK_AT: dict[str, Any] = {
    SUSPENSE: _("A gift waits for its designation"),
    RETURNED: _("More was given back than given"),
    NO_ADDRESS: _("No postal address"),
    SEVERAL: _("One partner gets several statements"),
    OUTDATED: _("Gifts changed after the statement was issued"),
}
"""Matters to look at before statements go out to those who get one."""


@dataclass
class Givers:
    """Ids of giving units of a year: `stated` get a statement, `without` by reason do not, `look_at` by matter."""

    stated: set[int] = field(default_factory=set)
    without: dict[str, set[int]] = field(default_factory=dict)
    look_at: dict[str, set[int]] = field(default_factory=dict)

    def group(self, reason: str) -> set[int]:
        """The giving units of a reason or a matter."""
        return self.without.get(reason) or self.look_at.get(reason) or set()


def givers_of(agency: Agency, year: int) -> Givers:
    """Sort the giving units of a year; who is stated with another is that one. Eight queries, however many there are,
    and up to three more where some are stated with others.
    """
    found = Givers(without={reason: set() for reason in WITHOUT}, look_at={matter: set() for matter in TO_LOOK_AT})
    lines, together, reasons = lines_of_year(year), shared(year), dict[int, str]()
    stated = Q(standing__in=STATED)
    waits = Q(designation=None) & stated
    sorted_out = lines.values("gift__giving_unit_id").annotate(
        reason=Min("standing"), stated=BoolOr(stated), waits=BoolOr(waits)
    )
    for giver, reason, is_stated, is_waiting in sorted_out.values_list(
        "gift__giving_unit_id", "reason", "stated", "waits"
    ):
        one = together.with_whom(giver)
        reasons[one] = min(reason, reasons.get(one, reason))
        if is_stated:
            found.stated.add(one)
        if is_waiting:
            found.look_at[SUSPENSE].add(one)
    for one in reasons.keys() - found.stated:
        found.without[reasons[one]].add(one)
    found.without[CREDITED] = credited(year) - found.stated - set().union(*found.without.values())
    found.look_at[RETURNED] = returned(lines, together)
    found.look_at[NO_ADDRESS] = found.stated - with_address(agency)
    found.look_at[SEVERAL] = of_one_partner(found.stated)
    found.look_at[OUTDATED] = outdated_givers(year, together)
    return found


def returned(lines: Any, together: Shared) -> set[int]:
    """Who was given back more than they gave, in some currency. One query, two where some are stated with others."""
    money = lines.filter(standing=Standing.MONEY).values("gift__giving_unit_id", "gift__currency")
    money = money.annotate(sum=Sum("amount"))
    found = set(money.filter(sum__lt=0).values_list("gift__giving_unit_id", flat=True)) - together.everybody
    if not together:
        return found
    sums: Counter[tuple[int, str]] = Counter()
    of_few = money.filter(gift__giving_unit__in=together.everybody)
    for giver, currency, total in of_few.values_list("gift__giving_unit_id", "gift__currency", "sum"):
        sums[together.with_whom(giver), currency] += total
    return found | {giver for (giver, _currency), total in sums.items() if total < 0}


def of_one_partner(stated: set[int]) -> set[int]:
    """Those of them whose partner gets another statement besides, since a merge. One query."""
    units = GivingUnit.objects.filter(partner__in=survivors()).values_list("pk", "partner_id")
    whose = {giver: partner for giver, partner in units if giver in stated}
    number = Counter(whose.values())
    return {giver for giver, partner in whose.items() if number[partner] > 1}


def credited(year: int) -> set[int]:
    """Giving units with soft credits in a year."""
    lines = lines_of_year(year).filter(gift__soft_partner__isnull=False)
    found = lines.annotate(credited=first_giving_unit("gift__soft_partner")).values_list("credited", flat=True)
    return {giver for giver in found.distinct() if giver is not None}


def with_address(agency: Agency) -> set[int]:
    """Giving units that can be written to by post."""
    valid = Address.objects.filter(valid_addresses(agency), partner=OuterRef("partner"))
    return set(GivingUnit.objects.filter(Exists(valid)).values_list("pk", flat=True))


def to_state(year: int, givers: Iterable[int] | None = None) -> list[int]:
    """Giving units that a run looks after: with something to state, or with a statement that may need a correction.

    Who asked for no receipts after one was issued keeps it, and gets no correction.
    """
    if givers is None:
        together = shared(year)
        with joined_by_sets():  # few lines are left out, where the planner expects a hundredth to be left
            return sorted({*map(together.with_whom, stated_in(year).distinct()), *issued_in(year).distinct()})
    wanted = list(givers)
    together = shared(year, wanted)
    stated = stated_in(year).filter(gift__giving_unit__in=together.behind(wanted))
    issued = issued_in(year).filter(giving_unit__in=wanted)
    return sorted({*map(together.with_whom, stated.distinct()), *issued.distinct()})


def stated_in(year: int) -> Any:
    """The giving unit of each line that stands on a statement."""
    return lines_of_year(year).filter(standing__in=STATED).values_list("gift__giving_unit_id", flat=True)


def issued_in(year: int) -> Any:
    """The giving unit of each statement that may need a correction."""
    wanting = StatementIssue.objects.filter(year=year).exclude(giving_unit__receipts=GivingUnit.Receipts.NONE)
    return wanting.values_list("giving_unit_id", flat=True)


def totals_by_standing(year: int) -> dict[str, dict[str, Money]]:
    """What the gift lines of a year add up to: currency → standing → sum. One query."""
    sums = lines_of_year(year).values("gift__currency", "standing").annotate(total=Sum("amount"))
    found: dict[str, dict[str, Money]] = {}
    for currency, standing, total in sums.values_list("gift__currency", "standing", "total"):
        found.setdefault(currency, {})[standing] = Money(int(total), currency)
    return dict(sorted(found.items()))


def amounts_of(year: int, givers: Iterable[int]) -> dict[int, list[Money]]:
    """What these giving units gave in a year, in money or goods, per currency, with what is stated with them. Two
    queries.
    """
    wanted = list(givers)
    together = shared(year, wanted)
    sums = lines_of_year(year).filter(gift__giving_unit__in=together.behind(wanted))
    rows = sums.values("gift__giving_unit_id", "gift__currency").annotate(total=Sum("amount"))
    totals: dict[int, Counter[str]] = {}
    for giver, currency, total in rows.values_list("gift__giving_unit_id", "gift__currency", "total"):
        totals.setdefault(together.with_whom(giver), Counter())[currency] += int(total)
    return {giver: [Money(minor, code) for code, minor in sorted(sums.items())] for giver, sums in totals.items()}


def years_with_gifts() -> list[int]:
    """The years from the first gift to the last, the newest first. Two look-ups in an index."""
    ends = Gift.objects.filter(withdrawn_at=None).aggregate(first=Min("date"), last=Max("date"))
    return list(range(ends["last"].year, ends["first"].year - 1, -1)) if ends["first"] else []
