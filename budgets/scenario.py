"""What a budget would lack if some of those who promised did not keep giving. Nothing is written."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from agencies.models import Agency
from agencies.seats import Seat
from budgets.models import Budget
from budgets.queries import bounds, tomorrow
from funds.models import Designation
from partners.models import Commitment
from partners.queries.expected import open_each


@dataclass(frozen=True)
class Promised:
    """What one giver promised to the unit's own designations for the rest of the fiscal year, in minor units of the
    budget's currency.
    """

    giving_unit_id: int
    partner_id: int | None
    name: str
    minor: int


def may_choose(seat: Seat, budget: Budget, *, withheld: bool) -> bool:
    """Whether the seat may read who promised how much to the unit of a budget."""
    return seat.can("partners.amounts", budget.unit_id) and not withheld


def promised_to(seat: Seat, budget: Budget) -> list[Promised]:
    """Those whose promises count as committed and whom the seat may name, the largest first: who gives anonymously
    stands in the sum of the page and in no choice of the field. Two queries.
    """
    agency: Agency = seat.agency
    first, last = bounds(agency, budget.fiscal_year)
    mine = (
        Commitment.objects.seen_by(seat)
        .openly_for(seat)
        .filter(designation__unit=budget.unit_id, designation__kind=Designation.Kind.UNIT, currency=budget.currency)
    )
    minors = open_each(agency, mine, max(first, tomorrow(agency)), last)
    sums: defaultdict[tuple[int, int | None, str], int] = defaultdict(int)
    asked = ("pk", "giving_unit", "giving_unit__partner", "giving_unit__name")
    for pk, *giver in mine.filter(pk__in=minors).values_list(*asked) if minors else ():
        sums[giver[0], giver[1], giver[2]] += minors[pk]
    found = [Promised(*giver, minor) for giver, minor in sums.items() if minor > 0]
    return sorted(found, key=lambda each: (-each.minor, each.name, each.giving_unit_id))


def lost(promised: Iterable[Promised], without: Collection[int]) -> int:
    """What is not counted when these giving units are left out, in minor units."""
    return sum(each.minor for each in promised if each.giving_unit_id in without)


def chosen_among(said: Iterable[str], promised: Iterable[Promised]) -> set[int]:
    """The giving units of an address that are among these; what is no number, or nobody's here, is passed over."""
    offered = {str(each.giving_unit_id): each.giving_unit_id for each in promised}
    return {offered[each] for each in said if each in offered}
