"""How much support of a unit rests on one person, and on how many people half of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from agencies.models import Agency
from handover.queries.support import ByPair, Pair, support
from handover.sums import Support, bus_factor
from partners.models import Holder
from partners.models.holder import CARING_ROLES
from ssu.models import TeamMember


@dataclass(frozen=True)
class Risk:
    """Of one unit and currency, in minor units: all support, what has one holder, what nobody holds."""

    unit_id: int
    currency: str
    whole: int
    single: int
    unheld: int
    bus_factor: int | None


def standing_holders(units: Collection[int]) -> dict[Pair, frozenset[int]]:
    """Who holds a partner in a unit today and serves there: worker ids. One query."""
    serving = TeamMember.objects.serving().filter(
        unit=OuterRef("unit"), worker=OuterRef("worker"), role__in=CARING_ROLES
    )
    rows = Holder.objects.standing().filter(Exists(serving), unit__in=units)
    found: defaultdict[Pair, set[int]] = defaultdict(set)
    for partner_id, unit_id, worker_id in rows.values_list("partner", "unit", "worker"):
        found[partner_id, unit_id].add(worker_id)
    return {pair: frozenset(names) for pair, names in found.items()}


def supports_of(sums: ByPair, held: dict[Pair, frozenset[int]]) -> dict[tuple[int, str], list[Support]]:
    """What each partner supports, by unit and currency."""
    found: defaultdict[tuple[int, str], list[Support]] = defaultdict(list)
    for pair, own in sums.items():
        for currency, amount in own.items():
            if amount > 0:
                found[pair[1], currency].append(Support(amount, held.get(pair, frozenset())))
    return found


def risk_of(unit_id: int, currency: str, supports: Iterable[Support]) -> Risk:
    """The figures of one unit in one currency."""
    rows = list(supports)
    return Risk(
        unit_id,
        currency,
        sum(each.amount for each in rows),
        sum(each.amount for each in rows if len(each.holders) == 1),
        sum(each.amount for each in rows if not each.holders),
        bus_factor(rows),
    )


def risks(agency: Agency, units: Collection[int]) -> list[Risk]:
    """The figures of these units today, by unit and currency. Three queries, whatever the number of partners."""
    by_unit = supports_of(support(units, agency.today()), standing_holders(units))
    return [risk_of(unit, currency, rows) for (unit, currency), rows in sorted(by_unit.items())]


@dataclass(frozen=True)
class Loss:
    """What one worker's leaving would leave with nobody, in one unit and currency."""

    unit_id: int
    currency: str
    whole: int
    held: int
    alone: int
    partners: int


def foreseen(agency: Agency, worker_id: int) -> list[Loss]:
    """What would be lost if this worker left today: in each unit and currency in which they hold anything. `held` is
    what they hold, `alone` what nobody else holds, `partners` how many of those there are. Four queries.
    """
    rows = Holder.objects.standing().filter(worker=worker_id)
    units = list(rows.order_by().values_list("unit", flat=True).distinct())
    by_unit = supports_of(support(units, agency.today()), standing_holders(units))
    found = [loss_of(unit, currency, rows, worker_id) for (unit, currency), rows in sorted(by_unit.items())]
    return [each for each in found if each.held]


def loss_of(unit_id: int, currency: str, supports: Iterable[Support], worker_id: int) -> Loss:
    """The figures of one unit and currency for one worker."""
    rows = list(supports)
    alone = [each for each in rows if each.holders == {worker_id}]
    held = sum(each.amount for each in rows if worker_id in each.holders)
    whole = sum(each.amount for each in rows)
    return Loss(unit_id, currency, whole, held, sum(each.amount for each in alone), len(alone))
