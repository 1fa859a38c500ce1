"""A budget on paper in words, before it is printed."""

from typing import Any

from django.utils.translation import gettext as _

from agencies.days import day_in_words
from agencies.models import Agency
from agencies.seats import Seat
from budgets import actual_page, showing
from budgets.actual import actuals
from budgets.coverage_page import month_rows
from budgets.models import Budget, Line
from budgets.preferred import gifts_preferring
from budgets.public import GAP, kept_words, public_words, words_before
from budgets.public_showing import shown
from budgets.queries import coverage_of, lines_covered, lines_of
from core.money import Money
from reports.documents.budget_papers import BudgetPaper, CaseForSupport, Need
from reports.documents.unit_report import Labelled, TextPart
from reports.pages.paper import head_of
from reports.queries.budget_papers import people_of
from reports.queries.unit_report import FOR_EVERYBODY, Message, messages_of
from ssu.pages.parts import KEPT_BACK
from ssu.telling import without


def budget_paper(seat: Seat, unit: Any, budget: Any) -> BudgetPaper:
    """The whole of a version, as this seat reads its pages."""
    agency, lines = seat.agency, lines_of(budget)
    budget.goal = sum(line.amount for line in lines if line.kind == Line.Kind.EXPENSE)
    coverage = coverage_of(agency, [budget])[budget.pk]
    covered = lines_covered(lines, coverage, gifts_preferring(agency, budget))
    people, year = people_of(seat, unit, budget), actuals(agency, budget, lines)
    by_line = {each.line.pk: each for each in covered}
    rows = {
        line.pk: showing.line_row(seat, unit, line, budget.currency, by_line.get(line.pk), people["owners"])
        for line in lines
    }
    shown_actuals = actual_page.shown(year, withheld=bool(unit.is_withheld))
    return BudgetPaper(
        **head_of(agency, unit.shown_name),
        title=_("Budget %(year)s, version %(version)s") % {"year": budget.fiscal_year, "version": budget.version},
        facts=facts_of(seat, budget, people["users"]),
        chart=showing.bar("coverage", coverage, agency.locale),
        expenses=[rows[line.pk] for line in lines if line.kind == Line.Kind.EXPENSE],
        income=[rows[line.pk] for line in lines if line.kind == Line.Kind.INCOME],
        actual=[actual_page.row_of(seat, budget, each) for each in shown_actuals],
        actual_total=actual_page.row_of(seat, budget, year.total),
        finding=actual_page.finding(seat, budget, year),
        months=month_rows(seat, budget, covered) if covered and seat.can("ledger.view", unit.pk) else [],
        explained=[*showing.explained(coverage, agency.locale), *actual_page.explained(seat, budget, year)],
        kept_back=str(KEPT_BACK) if unit.is_withheld else "",
    )


def facts_of(seat: Seat, budget: Budget, users: dict[Any, str]) -> list[Labelled]:
    """Where a version stands, who wrote it and who approved it."""
    found = [
        Labelled(_("State"), budget.get_state_display()),
        Labelled(_("Written by"), users.get(budget.author_id, _("the system"))),
    ]
    if budget.approved_at:
        who = {
            "who": users.get(budget.approver_id, _("the system")),
            "day": day_in_words(seat.agency, budget.approved_at),
        }
        found.append(Labelled(_("Approved by"), _("%(who)s, %(day)s") % who))
    return found


def case_paper(agency: Agency, unit: Any, budget: Any) -> CaseForSupport:
    """What everybody may read of a unit with this budget. `unit` is one of `public_units`."""
    lines, kept = lines_of(budget), kept_words(unit)
    budget.goal = sum(line.amount for line in lines if line.kind == Line.Kind.EXPENSE)
    page = public_words(agency, unit, unit.how_to_give or words_before(), budget.fiscal_year, budget)
    words = shown(agency, page)
    covered = lines_covered(lines, page.coverage, gifts_preferring(agency, budget)) if page.coverage else []

    def show(minor: int) -> str:
        return Money(minor, budget.currency).format(agency.locale)

    return CaseForSupport(
        **head_of(agency, page.name),
        place=page.place or "",
        goal=page.statement,
        progress=words["progress"],
        need=words["need"],
        chart=words["chart"],
        needs=[
            Need(without(each.line.impact, kept, GAP), show(each.line.amount), show(each.open) if each.open else "")
            for each in covered
        ],
        promise=without(agency.brand_promise, kept, GAP),
        messages=[said_in_public(each, kept) for each in messages_of(unit)],
        how_to_give=page.how_to_give,
    )


def said_in_public(message: Message, kept: list[str]) -> TextPart:
    """A core message without what is kept; the one for everybody stands without its heading, which is for authors."""
    title = "" if message.title == str(FOR_EVERYBODY) else without(message.title, kept, GAP)
    return TextPart(title, without(message.text, kept, GAP))
