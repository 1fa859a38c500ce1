"""Coverage: what a unit's budget asks for, what has come in, what is promised, what is open."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery, Sum

from agencies.models import Agency
from agencies.seats import Seat
from budgets.allocation import Want, allocate, allocate_preferred
from budgets.models import Budget, Line
from core.money import Money
from core.periods import elapsed, fiscal_year_bounds
from funds.models import AccountMonth, Designation, Posting
from partners.models import Commitment
from partners.queries.expected import expected
from ssu.models import Unit

MAKING = (Budget.State.DRAFT, Budget.State.SUBMITTED)


@dataclass(frozen=True)
class Coverage:
    """One unit's year, in minor units of the budget's currency. Never more than one currency is added.

    `committed` is what is promised for the days after today. `legacy` came in on worker designations of the unit,
    told beside and never added. `elsewhere` are sums in other currencies.
    """

    goal: int
    received: int
    committed: int
    legacy: int
    currency: str
    part_of_year: Fraction
    elsewhere: list[Money] = field(default_factory=list)

    @property
    def open(self) -> int:
        return max(self.goal - self.received - self.committed, 0)


@dataclass(frozen=True)
class LineCoverage:
    """How far a line is covered by what the unit has, by the rule of `allocate`."""

    line: Line
    received: int
    committed: int

    @property
    def open(self) -> int:
        return max(self.line.amount - self.received - self.committed, 0)


def bounds(agency: Agency, fiscal_year: int) -> tuple[date, date]:
    """First and last day of an agency's fiscal year."""
    return fiscal_year_bounds(fiscal_year, agency.fiscal_year_start)


def budgets_in_force(seat: Seat, fiscal_year: int) -> Any:
    """The approved budgets of a year that the seat may see, with their goals and units."""
    return with_goals(Budget.objects.seen_by(seat).approved().filter(fiscal_year=fiscal_year))


def with_goals(budgets: Any) -> Any:
    """Budgets, each with its `goal`: what its expense lines ask for in the year."""
    return budgets.annotate(goal=Sum("lines__amount", filter=Q(lines__kind=Line.Kind.EXPENSE)))


def latest_year(agency: Agency) -> int:
    """The fiscal year to show first: the current one, or the latest with an approved budget when it has none."""
    current = agency.fiscal_year(agency.today())
    years = list(
        Budget.objects.approved()
        .filter(fiscal_year__lte=current)
        .order_by("-fiscal_year")
        .values_list("fiscal_year", flat=True)[:1]
    )
    return years[0] if years else current


def coverage_of(agency: Agency, budgets: Iterable[Budget]) -> dict[int, Coverage]:
    """The coverage of several budgets of one fiscal year, by budget id, in four queries whatever their number.

    Each budget carries `goal`, as `budgets_in_force` annotates it.
    """
    found = list(budgets)
    if not found:
        return {}
    first, last = bounds(agency, found[0].fiscal_year)
    units = [budget.unit_id for budget in found]
    received, legacy = received_by_unit(units, first, last)
    committed = committed_by_unit(agency, units, max(first, tomorrow(agency)), last)
    part = elapsed(first, last, agency.today())
    return {b.pk: one(b, received[b.unit_id], legacy[b.unit_id], committed[b.unit_id], part) for b in found}


def tomorrow(agency: Agency) -> date:
    """The first day for which a promise still is one."""
    return agency.today() + timedelta(days=1)


Sums = dict[str, int]


def one(budget: Any, received: Sums, legacy: Sums, committed: Sums, part: Fraction) -> Coverage:
    """Put one budget's sums together; what is in another currency is told apart."""
    mine = budget.currency
    others = [
        Money(minor, code) for sums in (received, committed) for code, minor in sorted(sums.items()) if code != mine
    ]
    return Coverage(
        budget.goal or 0, received.get(mine, 0), committed.get(mine, 0), legacy.get(mine, 0), mine, part, others
    )


def received_by_unit(
    units: list[int], first: date, last: date
) -> tuple[defaultdict[int, Sums], defaultdict[int, Sums]]:
    """What came in per unit and currency: on the unit's own designations, and on worker designations that name it."""
    rows = (
        AccountMonth.objects.filter(
            account__designation__unit_id__in=units, month__range=(first, last), kind=Posting.Kind.GIFT
        )
        .values_list("account__designation__unit_id", "account__designation__kind", "currency")
        .annotate(total=-(Sum("debit") + Sum("credit")))
    )
    own: defaultdict[int, Sums] = defaultdict(dict)
    legacy: defaultdict[int, Sums] = defaultdict(dict)
    for unit_id, kind, currency, total in rows:
        sums = (legacy if kind == Designation.Kind.WORKER else own)[unit_id]
        sums[currency] = sums.get(currency, 0) + int(total)
    return own, legacy


def committed_by_unit(agency: Agency, units: list[int], first: date, last: date) -> defaultdict[int, Sums]:
    """What is promised to the units' own designations for the days from `first` to `last` and not paid ahead, per
    currency: what the page of expected giving calls likely and possible, by the same statement. One query.
    """
    found: defaultdict[int, Sums] = defaultdict(dict)
    own = Commitment.objects.filter(designation__unit_id__in=units, designation__kind=Designation.Kind.UNIT)
    for each in expected(agency, own, first, last, many=True):
        sums = found[each.unit_id or 0]
        sums[each.currency] = sums.get(each.currency, 0) + each.likely + each.possible
    return found


def lines_covered(lines: Iterable[Line], coverage: Coverage, preferred: Mapping[UUID, int]) -> list[LineCoverage]:
    """Each expense line with its part of what came in, then of what is promised: first what came from givers who would
    like to help with it (`preferred.gifts_preferring`), then by priority, then in proportion. Where more went back than
    came in, what is promised makes that good first, so that the gaps of the lines add up to that of the unit, or
    to all it plans where it is short of more than that.
    """
    wanted = [line for line in lines if line.kind == Line.Kind.EXPENSE]
    wants = [Want(line.amount, line.priority) for line in wanted]
    received = allocate_preferred(coverage.received, [preferred.get(line.root, 0) for line in wanted], wants)
    rest = [Want(line.amount - got, line.priority) for line, got in zip(wanted, received, strict=True)]
    committed = allocate(coverage.committed + min(coverage.received, 0), rest)
    return [LineCoverage(*each) for each in zip(wanted, received, committed, strict=True)]


def lines_of(budget: Budget) -> list[Line]:
    """The lines as they are read: expenses first, what is covered first on top."""
    return list(Line.objects.filter(budget=budget).order_by("kind", "priority", "pk"))


def model_for(unit: Unit, fiscal_year: int) -> Budget | None:
    """The version whose lines the next one of a year begins with: the latest of this year, else of the last before."""
    earlier = Budget.objects.filter(unit=unit, fiscal_year__lte=fiscal_year)
    found: Budget | None = earlier.order_by("-fiscal_year", "-version").first()
    return found


def in_the_making(unit: Unit, fiscal_year: int) -> Budget | None:
    """The version of a unit's budget that is written or waits for approval; there is one at most."""
    found: Budget | None = Budget.objects.filter(unit=unit, fiscal_year=fiscal_year, state__in=MAKING).first()
    return found


def units_without_budget(seat: Seat, fiscal_year: int) -> Any:
    """Active units without an approved budget for the year; `making` is the id of a version in the making."""
    units = seat.unit_ids("budgets.view")
    planned = Budget.objects.approved().filter(fiscal_year=fiscal_year).values("unit_id")
    making = Budget.objects.filter(unit=OuterRef("pk"), fiscal_year=fiscal_year, state__in=MAKING)
    seen = (
        Unit.objects.seen_by(seat).active().exclude(pk__in=planned).annotate(making=Subquery(making.values("pk")[:1]))
    )
    return seen if units is None else seen.filter(pk__in=units)
