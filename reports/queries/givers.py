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

CREDITED, NO_ADDRESS, SUSPENSE, RETURNED, OUTDATED = "credited", "no_address", "suspense", "returned", "outdated"
WITHOUT: dict[str, Any] = {
    **{standing.value: standing.label for standing in LEFT_OUT},
    CREDITED: _("A fund or an employer gave because of them; they gave nothing themselves"),
}
"""Reasons for which a giving unit gets no statement."""
TO_LOOK_AT: dict[str, Any] = {
    SUSPENSE: _("A gift waits for its designation"),
    RETURNED: _("More was given back than given"),
    NO_ADDRESS: _("No postal address"),
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
    """Sort the giving units of a year. Six queries, however many there are."""
    found = Givers(without={reason: set() for reason in WITHOUT}, look_at={matter: set() for matter in TO_LOOK_AT})
    lines = lines_of_year(year)
    stated = Q(standing__in=STATED)
    waits = Q(designation=None) & stated
    sorted_out = lines.values("gift__giving_unit_id").annotate(
        reason=Min("standing"), stated=BoolOr(stated), waits=BoolOr(waits)
    )
    for giver, reason, is_stated, is_waiting in sorted_out.values_list(
        "gift__giving_unit_id", "reason", "stated", "waits"
    ):
        (found.stated if is_stated else found.without[reason]).add(giver)
        if is_waiting:
            found.look_at[SUSPENSE].add(giver)
    found.without[CREDITED] = credited(year) - found.stated - set().union(*found.without.values())
    money = lines.filter(standing=Standing.MONEY).values("gift__giving_unit_id", "gift__currency")
    found.look_at[RETURNED] = set(
        money.annotate(sum=Sum("amount")).filter(sum__lt=0).values_list("gift__giving_unit_id", flat=True)
    )
    found.look_at[NO_ADDRESS] = found.stated - with_address(agency)
    found.look_at[OUTDATED] = outdated_givers(year)
    return found


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
        with joined_by_sets():  # few lines are left out, where the planner expects a hundredth to be left
            return sorted({*stated_in(year).distinct(), *issued_in(year).distinct()})
    wanted = list(givers)
    stated = stated_in(year).filter(gift__giving_unit__in=wanted)
    issued = issued_in(year).filter(giving_unit__in=wanted)
    return sorted({*stated.distinct(), *issued.distinct()})


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
    """What these giving units gave in a year, in money or goods, per currency. One query."""
    sums = lines_of_year(year).filter(gift__giving_unit__in=list(givers))
    rows = sums.values("gift__giving_unit_id", "gift__currency").annotate(total=Sum("amount"))
    totals: dict[int, Counter[str]] = {}
    for giver, currency, total in rows.values_list("gift__giving_unit_id", "gift__currency", "total"):
        totals.setdefault(giver, Counter())[currency] = int(total)
    return {giver: [Money(minor, code) for code, minor in sorted(sums.items())] for giver, sums in totals.items()}


def years_with_gifts() -> list[int]:
    """The years from the first gift to the last, the newest first. Two look-ups in an index."""
    ends = Gift.objects.filter(withdrawn_at=None).aggregate(first=Min("date"), last=Max("date"))
    return list(range(ends["last"].year, ends["first"].year - 1, -1)) if ends["first"] else []
