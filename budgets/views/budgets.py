"""Reading budgets."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.access import AgencyRequest, member
from agencies.days import day_in_words
from agencies.seats import Seat
from budgets import queries, showing
from budgets.compare_page import change_of
from budgets.comparing import compare
from budgets.models import Budget, Line
from budgets.preferred import gifts_preferring
from ssu.models import Unit
from ssu.pages.names_left import names_left
from ssu.queries import names_in
from ssu.queries.people import worker_names_in
from ssu.queries.second_person import is_no_author


@member(can="budgets.view")
@require_safe
def budget(request: AgencyRequest, budget_id: int) -> HttpResponse:
    """One version: its lines with their coverage, and what may be done with it."""
    seat = request.seat
    found = get_object_or_404(
        Budget.objects.seen_by(seat).select_related("author", "approver", "copied_from"), pk=budget_id
    )
    lines = list(Line.objects.filter(budget=found).order_by("kind", "priority", "pk"))
    found.goal = sum(each.amount for each in lines if each.kind == Line.Kind.EXPENSE)
    coverage = queries.coverage_of(seat.agency, [found])[found.pk]
    covered = {
        each.line.pk: each for each in queries.lines_covered(lines, coverage, gifts_preferring(seat.agency, found))
    }
    versions = list(Budget.objects.filter(unit_id=found.unit_id, fiscal_year=found.fiscal_year).order_by("-version"))
    making = any(each.state in queries.MAKING for each in versions)
    unit = get_object_or_404(Unit.objects.seen_by(seat), pk=found.unit_id)
    may_edit = seat.can("budgets.edit", found.unit_id) and not unit.is_withheld
    is_open = found.state in queries.MAKING and not unit.is_withheld
    changes = changes_of(seat, found, lines)
    names = names_in(seat, found.unit_id, [found.author_id, found.approver_id])
    owners = worker_names_in(seat, unit, [each.owner_id for each in lines])
    context = {
        "budget": found,
        "unit": unit,
        "author": names.get(found.author_id, _("the system")),
        "approver": names.get(found.approver_id, ""),
        "approved_on": day_in_words(seat.agency, found.approved_at) if found.approved_at else "",
        "tone": showing.TONES[found.state],
        "lines": [
            showing.line_row(seat, unit, each, found.currency, covered.get(each.pk), owners, changes.get(each.pk, ""))
            for each in lines
        ],
        "model": found.copied_from,
        "chart": showing.bar("coverage", coverage, seat.agency.locale),
        "explained": showing.explained(coverage, seat.agency.locale),
        "versions": versions,
        "names_left": names_left(seat, unit, said_in(lines)) if is_open else None,
        "may_change": may_edit and found.is_draft,
        "may_withdraw": may_edit and found.state == Budget.State.SUBMITTED,
        "may_approve": may_approve(request, found),
        "next_year": found.fiscal_year + 1,
        "may_start": may_edit and found.state == Budget.State.APPROVED and not making,
    }
    return TemplateResponse(request, "budgets/budget.html", context)


def changes_of(seat: Seat, found: Budget, lines: list[Line]) -> dict[int, str]:
    """What changed on each line since the version that this one was copied from, by line. One query."""
    if found.copied_from is None:
        return {}
    compared = compare(lines, list(Line.objects.filter(budget=found.copied_from)))
    return {each.now.pk: change_of(seat, found, found.copied_from, each) for each in compared if each.now}


def said_in(lines: Iterable[Line]) -> list[str]:
    """The words of the lines."""
    return [text for line in lines for text in (line.impact, line.category)]


def may_approve(request: AgencyRequest, found: Budget) -> bool:
    """Whether the reader is one who could approve this version now."""
    waiting = found.state == Budget.State.SUBMITTED and request.seat.can("budgets.approve", found.unit_id)
    return waiting and is_no_author(request.user.pk, found)
