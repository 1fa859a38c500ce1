"""The partners of a case in the order in which they are taken up."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from agencies.seats import Seat
from core.money import Money
from handover.models import Case, Passing, PassingAct
from handover.queries.retention import pair
from handover.queries.support import ByPair, Pair, support
from handover.states import state_of
from handover.sums import ranked
from partners.models import Contact, Holder, Undertaking
from partners.models.holder import CARING_ROLES
from partners.queries.care import services_to_choose
from ssu.models import TeamMember, Worker
from ssu.models.discretion import shown_member_name

LOOKED_BACK: Final = timedelta(days=3 * 365)
MOST_CONTACTS, FOR_PRAYER = 20, 3


@dataclass(frozen=True)
class Row:
    """A partner of a case. `amounts` are empty for who may not see them (`sees_amounts`)."""

    passing: Any
    place: int
    amounts: tuple[Money, ...]
    contacts: int
    years: int
    prays: bool
    state: str


def passings_of(seat: Seat, case: Case) -> list[Any]:
    """The relationships of a case that the seat may know, each with its acts and their new holders. Three queries."""
    name = shown_member_name("new_holder__worker", seat, "new_holder__unit")
    acts = PassingAct.objects.annotate(holder_name=name).order_by("pk")
    rows = Passing.objects.seen_by(seat).filter(case=case).select_related("holder").order_by("pk")
    return list(rows.prefetch_related(Prefetch("acts", acts), "checks"))


def contacts_of(found: list[Any], case: Case) -> Counter[Pair]:
    """Contacts that the unit logged in three years. One query."""
    rows = Contact.objects.standing().filter(
        partner__in={each.holder.partner_id for each in found},
        unit__in={each.holder.unit_id for each in found},
        happened_on__gte=case.leaves_on - LOOKED_BACK,
    )
    counts = rows.order_by().values_list("partner", "unit").annotate(found=Count("pk"))
    return Counter({(partner, unit): number for partner, unit, number in counts})


def praying(found: list[Any]) -> dict[int, set[int | None]]:
    """For which units partners pray; None is the agency as a whole. One query."""
    rows = Undertaking.objects.standing().filter(
        kind=Undertaking.Kind.PRAY, partner__in={each.holder.partner_id for each in found}
    )
    prays: defaultdict[int, set[int | None]] = defaultdict(set)
    for partner, unit in rows.values_list("partner", "unit"):
        prays[partner].add(unit)
    return prays


def rows_of(seat: Seat, case: Case) -> list[Row]:
    """The partners of a case whom the seat may know, who comes first first. Eight queries, whatever their number."""
    found = passings_of(seat, case)
    if not found:
        return []
    until = min(case.leaves_on, seat.agency.today())
    units = {each.holder.unit_id for each in found}
    sums = support(units, until, {each.holder.partner_id for each in found})
    contacts, prays = contacts_of(found, case), praying(found)
    made = [row_of(each, sums, contacts[pair(each)], prays[each.holder.partner_id], until) for each in found]
    order = ranked(
        {row.passing.pk: dict(sums.get(pair(row.passing), {})) for row in made},
        {row.passing.pk: min(row.contacts, MOST_CONTACTS) + row.years + FOR_PRAYER * row.prays for row in made},
    )
    units_told = {unit for unit in units if sees_amounts(seat, case, unit)}
    placed = [
        replace(
            row, place=order[row.passing.pk], amounts=row.amounts if row.passing.holder.unit_id in units_told else ()
        )
        for row in made
    ]
    return sorted(placed, key=lambda row: (row.place, row.passing.pk))


def sees_amounts(seat: Seat, case: Case, unit_id: int) -> bool:
    """Whether the seat may know what single partners of one worker give to a unit: that worker, and who may ask what
    would be lost if one worker left (the director of partner care); both only where they see amounts at all.
    """
    own = case.worker.membership_id == seat.membership.pk
    return seat.can("partners.amounts", unit_id) and (own or seat.can("handover.foresee"))


def row_of(each: Any, sums: ByPair, contacts: int, prays: set[int | None], until: Any) -> Row:
    """One partner, without the place, with what counts for it."""
    own = sums.get(pair(each), {})
    amounts = tuple(Money(amount, currency) for currency, amount in sorted(own.items()) if amount > 0)
    years = max((until - each.holder.starts_on).days // 365, 0)
    is_praying = bool(prays & {None, each.holder.unit_id})
    return Row(each, 0, amounts, contacts, years, is_praying, state_of(each.acts.all()))


def services_of(seat: Seat, case: Case) -> QuerySet[Any]:
    """Who may become a holder: those who serve in the units of the case, but for who leaves."""
    units = Passing.objects.seen_by(seat, "handover.pass").filter(case=case).values("holder__unit")
    found: QuerySet[Any] = services_to_choose(seat).filter(unit__in=units).exclude(worker=case.worker_id)
    return found


def leavers(seat: Seat) -> QuerySet[Any]:
    """Workers who hold somebody and for whom no case is open that the seat knows of."""
    known = Case.objects.seen_by(seat).open().values("worker")
    held = Holder.objects.standing().filter(worker=OuterRef("pk"))
    found: QuerySet[Any] = Worker.objects.seen_by(seat).filter(Exists(held)).exclude(pk__in=known)
    return found


def left_behind(seat: Seat) -> QuerySet[Any]:
    """Those of them who serve nowhere any more, or whose access has ended: their partners are nobody's. Not those whose
    exit has an open case that was not told: to be named here would tell it.
    """
    untold = Case.objects.open().filter(told_at=None).values("worker")
    serving = TeamMember.objects.serving().filter(worker=OuterRef("pk"), role__in=CARING_ROLES)
    return leavers(seat).exclude(pk__in=untold).filter(~Exists(serving) | Q(membership__left_at__isnull=False))
