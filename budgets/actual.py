"""Plan against actual: what a budget plans to spend by category, and what the ledger says was spent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from agencies.models import Agency
from budgets.models import Budget, Line
from budgets.months import months_of
from budgets.queries import bounds
from core.money import Money
from funds.models import AccountMonth, Designation, Expense, Posting


@dataclass(frozen=True)
class Actual:
    """One category in minor units of the budget's currency: planned for the year, planned for the months until now, and
    spent. A category without a plan has planned nothing.
    """

    category: str
    planned: int
    until_now: int
    spent: int

    @property
    def left(self) -> int:
        """Of the year's plan; below zero where more was spent."""
        return self.planned - self.spent

    @property
    def ahead(self) -> int:
        """How much more was spent than planned until now; below zero where it was less."""
        return self.spent - self.until_now


@dataclass(frozen=True)
class Actuals:
    """A year so far: `rows` by category, those of the plan first. `assessed` is what the agency kept as its share of
    the unit's gifts, `elsewhere` was spent in other currencies: both are told beside, never added.
    """

    rows: Sequence[Actual]
    assessed: int
    elsewhere: Sequence[Money]
    months: int

    @property
    def total(self) -> Actual:
        return Actual(
            "",
            sum(each.planned for each in self.rows),
            sum(each.until_now for each in self.rows),
            sum(each.spent for each in self.rows),
        )


def actuals(agency: Agency, budget: Budget, lines: Iterable[Line]) -> Actuals:
    """The expense lines of a version against the ledger, category by category: a category of the plan and one of the
    ledger are the same when their names are, whatever their capitals and spaces. Three queries.
    """
    begun = months_begun(agency, budget.fiscal_year)
    spent, elsewhere = spent_by_category(budget, bounds(agency, budget.fiscal_year))
    rows = [
        Actual(name, year, now, spent.pop(key, ("", 0))[1])
        for key, (name, year, now) in planned_by_category(lines, begun).items()
    ]
    rows += [Actual(name, 0, 0, minor) for _key, (name, minor) in sorted(spent.items())]
    return Actuals(rows, assessed_of(agency, budget), elsewhere, begun)


def months_begun(agency: Agency, fiscal_year: int) -> int:
    """How many months of a fiscal year have begun, 0 to 12: the present one counts whole."""
    return sum(first <= agency.today() for first in months_of(agency, fiscal_year))


def same(category: str) -> str:
    """What makes two names of a category the same."""
    return " ".join(category.casefold().split())


def planned_by_category(lines: Iterable[Line], begun: int) -> dict[str, tuple[str, int, int]]:
    """Each category of the expense lines with its plan for the year and for the months that have begun."""
    found: dict[str, tuple[str, int, int]] = {}
    for line in lines:
        if line.kind == Line.Kind.EXPENSE:
            name, year, now = found.get(same(line.category), (line.category, 0, 0))
            found[same(line.category)] = (name, year + line.amount, now + sum(line.months[:begun]))
    return found


def spent_by_category(budget: Budget, days: tuple[date, date]) -> tuple[dict[str, tuple[str, int]], list[Money]]:
    """What the unit's own designations spent in these days, less what was taken back in them, by category; and the sums
    in other currencies. Two queries.
    """
    mine = Expense.objects.filter(
        designation__unit_id=budget.unit_id, designation__kind=Designation.Kind.UNIT
    ).order_by()
    by_category = ("category__name", "currency")
    out = mine.filter(posting__date__range=days).values_list(*by_category).annotate(sum=Sum("amount"))
    back = mine.filter(posting__reversals__date__range=days).values_list(*by_category).annotate(sum=Sum("amount"))
    return in_currency([*out, *((name, code, -minor) for name, code, minor in back)], budget.currency)


def in_currency(rows: Iterable[tuple[str, str, int]], currency: str) -> tuple[dict[str, tuple[str, int]], list[Money]]:
    """Sums by category in one currency, and the sums of each other one."""
    found: dict[str, tuple[str, int]] = {}
    others: defaultdict[str, int] = defaultdict(int)
    for name, code, minor in rows:
        if code == currency:
            found[same(name)] = (name, found.get(same(name), ("", 0))[1] + int(minor))
        else:
            others[code] += int(minor)
    return found, other_sums(others)


def other_sums(sums: Mapping[str, int]) -> list[Money]:
    """Sums of other currencies, none of which is zero."""
    return [Money(minor, code) for code, minor in sorted(sums.items()) if minor]


def assessed_of(agency: Agency, budget: Budget) -> int:
    """What the agency kept as its share of the gifts to the unit's own designations in the year. One query."""
    found = AccountMonth.objects.filter(
        account__designation__unit_id=budget.unit_id,
        account__designation__kind=Designation.Kind.UNIT,
        month__range=bounds(agency, budget.fiscal_year),
        kind=Posting.Kind.ASSESSMENT,
        currency=budget.currency,
    ).aggregate(sum=Sum("debit") + Sum("credit"))["sum"]
    return int(found or 0)
