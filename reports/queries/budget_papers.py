"""Who may have a budget on paper, and which names stand on it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from agencies.models import Agency
from agencies.seats import Seat
from budgets.models import Budget, Line
from budgets.public import public_units
from reports.queries.unit_report import digests
from ssu.models import Unit
from ssu.queries import names_in
from ssu.queries.gate import gate_of
from ssu.queries.people import worker_names_in
from ssu.queries.units import names_seen

WHOLE, CASE = "budget", "case"
"""The two papers of a budget."""


def budget_for(seat: Seat, pk: int) -> Any:
    """The version with its author and approver; None where the seat may not see it."""
    return Budget.objects.seen_by(seat).select_related("author", "approver").filter(pk=pk).first()


def unit_of(seat: Seat, budget: Budget) -> Any:
    """Its unit, by what the seat may call it."""
    return Unit.objects.seen_by(seat).filter(pk=budget.unit_id).first()


def public_unit_of(agency: Agency, budget: Budget) -> Any:
    """Its unit, by what everybody may call it; None while the unit is closed or archived, or its gate shut."""
    unit = public_units().filter(pk=budget.unit_id).first()
    return unit if unit is not None and gate_of(unit, agency.today()).is_open else None


def people_of(seat: Seat, unit: Any, budget: Budget) -> dict[str, dict[Any, str]]:
    """Who wrote and approved the version, and who looks after its lines, by what the seat may call them."""
    owners = Line.objects.filter(budget=budget).exclude(owner=None).values_list("owner_id", flat=True)
    return {
        "users": names_in(seat, unit.pk, [budget.author_id, budget.approver_id]),
        "owners": worker_names_in(seat, unit, list(owners)),
    }


def told_of(seat: Seat, budget: Budget, kind: str) -> list[str] | None:
    """Digests of the names that this paper may tell the seat now, None where it may have none."""
    if kind == CASE:
        public = public_unit_of(seat.agency, budget)
        return None if public is None else digests(seat, [public.told_name, public.told_place or ""])
    unit = unit_of(seat, budget)
    if unit is None:
        return None
    people = people_of(seat, unit, budget)
    names = [unit.shown_name, *people["users"].values(), *people["owners"].values()]
    return digests(seat, [*names, *([] if unit.is_withheld else ["everything"])])


def may_have_paper(seat: Seat, arguments: dict[str, Any]) -> bool:
    """Whether a seat may have a paper that was made before: when it would be told, now, all that stands on it (T6)."""
    budget = budget_for(seat, arguments["budget"])
    told = None if budget is None else told_of(seat, budget, arguments["kind"])
    return told is not None and set(arguments["told"]) <= set(told)


def paper_titles(seat: Seat, jobs: Sequence[dict[str, Any]]) -> list[str]:
    """What a seat calls the jobs of papers with these arguments: by the units' names as it may know them now."""
    names = names_seen(seat, {arguments["unit"] for arguments in jobs})
    words = {WHOLE: _("Budget of %(unit)s"), CASE: _("Case for support of %(unit)s")}
    nameless = {WHOLE: _("Budget of a unit"), CASE: _("Case for support of a unit")}
    return [
        words[each["kind"]] % {"unit": names[each["unit"]]} if names.get(each["unit"]) else nameless[each["kind"]]
        for each in jobs
    ]
