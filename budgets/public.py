"""What everybody may read of a unit behind the gate: its goal, how far it has come, what it needs, how to give."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Sum, Value, When

from agencies.models import Agency
from budgets.models import Budget, Line
from budgets.queries import Coverage, coverage_of
from ssu.models import Discretion, PublicPage, Reading, Unit
from ssu.models.discretion import public_unit_name, shown_unit_place
from ssu.queries.gate import gate_of
from ssu.queries.goals import goal_pages
from ssu.telling import without

GAP = "…"


@dataclass(frozen=True)
class Public:
    """The public side of a unit. Names and places that are kept stand nowhere in it."""

    name: str
    place: str
    statement: str
    indicator: str
    measure: str
    goal: Any
    reading: Reading | None
    year: int
    coverage: Coverage | None
    how_to_give: str


def public_units() -> Any:
    """Units that may have a public page, by what everybody may call them: at work and not closed. `kept_name` and
    `kept_place` are the words that no text of the page may tell, "" where there are none.
    """
    careful = Q(discretion=Discretion.CAREFUL)
    standing = PublicPage.objects.standing().filter(unit=OuterRef("pk"))
    return (
        Unit.objects.active()
        .exclude(discretion=Discretion.CLOSED)
        .annotate(
            told_name=public_unit_name(""),
            told_place=shown_unit_place("", None),
            kept_name=Case(When(careful & ~Q(alias=""), then=F("name")), default=Value(""), output_field=CharField()),
            kept_place=Case(When(careful, then=F("place")), default=Value(""), output_field=CharField()),
            how_to_give=Subquery(standing.values("how_to_give")[:1]),
        )
        .defer("name", "place", "alias")
    )


def public_page(agency: Agency, unit_id: int) -> Public | None:
    """The page that everybody sees, None while it is not open, the gate is shut, the unit closed, archived or not
    there: nobody learns which.
    """
    unit = public_units().filter(pk=unit_id, how_to_give__isnull=False).first()
    if unit is None or not gate_of(unit, agency.today()).is_open:
        return None
    return public_side(agency, unit, unit.how_to_give)


def previewed(agency: Agency, unit_id: int, how_to_give: str) -> Public | None:
    """The page as it would be, before it is opened; None for a closed or archived unit."""
    unit = public_units().filter(pk=unit_id).first()
    return None if unit is None else public_side(agency, unit, how_to_give)


def public_side(agency: Agency, unit: Any, how_to_give: str) -> Public:
    """Put the page together, with the coverage of the current year."""
    year = agency.fiscal_year(agency.today())
    return public_words(agency, unit, how_to_give, year, in_force(unit.pk, year))


def in_force(unit_id: int, year: int) -> Any:
    """The approved budget of a unit with its `goal`, None where there is none. One query."""
    sums = Sum("lines__amount", filter=Q(lines__kind=Line.Kind.EXPENSE))
    return Budget.objects.approved().filter(unit=unit_id, fiscal_year=year).annotate(goal=sums).first()


def kept_words(unit: Any) -> list[str]:
    """The words that nothing public may tell."""
    return [words for words in (unit.kept_name, unit.kept_place) if words]


def public_words(agency: Agency, unit: Any, how_to_give: str, year: int, budget: Any) -> Public:
    """What everybody may read: an approved goal and its newest reading, and the coverage of one budget."""
    kept = kept_words(unit)
    found = goal_pages([unit.pk]).get(unit.pk)
    goal = found.current if found and found.current and found.current.approved_at else None
    return Public(
        unit.told_name,
        unit.told_place,
        without(goal.statement, kept, GAP) if goal else "",
        without(goal.indicator, kept, GAP) if goal else "",
        without(goal.unit_of_measure, kept, GAP) if goal else "",
        goal,
        found.readings[-1] if goal and found and found.readings else None,
        year,
        coverage_of(agency, [budget])[budget.pk] if budget else None,
        without(how_to_give, kept, GAP),
    )


def words_before() -> str:
    """How to give, in the words with which the agency opened a page last. One query."""
    found = PublicPage.objects.order_by("-pk").values_list("how_to_give", flat=True).first()
    return found or ""
