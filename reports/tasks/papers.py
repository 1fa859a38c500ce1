"""The background jobs of papers: a unit's report, a budget, a case for support."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agencies.models import Membership
from agencies.seats import Seat, seat_of
from core.errors import Refused
from jobs import kinds
from jobs.running import Running
from reports.documents.budget_papers import BudgetPaper, CaseForSupport, render_budget, render_case
from reports.documents.unit_report import render_report
from reports.operations.budget_papers import BUDGET_PAPER
from reports.operations.unit_reports import UNIT_REPORT
from reports.pages.budget_papers import budget_paper, case_paper
from reports.pages.unit_report import report_of
from reports.queries.budget_papers import CASE, budget_for, may_have_paper, paper_titles, public_unit_of, unit_of
from reports.queries.unit_report import facts_of, may_have_report, titles, unit_for


class ChangedSince(Refused):
    """A report tells what may be told when it is made."""

    code = "changed_since"
    message = "What you may know of this unit changed meanwhile. Open its page and ask for the report again."


def seat_now(job: Running) -> Seat | None:
    """The seat that who asked for a paper has now."""
    membership = Membership.objects.filter(user=job.actor, left_at=None).first()
    return seat_of(job.agency, membership) if membership else None


@kinds.register(UNIT_REPORT, right="reports.view", may_have_files=may_have_report, titles=titles)
def unit_report(job: Running) -> dict[str, Any]:
    """A unit's report, with the rights that who asked for it has now. What may not be told any more since then ends
    the job.
    """
    with job.unit():
        seat = seat_now(job)
        if seat is None or not may_have_report(seat, job.arguments):
            raise ChangedSince
        unit = unit_for(seat, job.arguments["unit"])
        report = report_of(seat, facts_of(seat, unit))
        code = unit.code
    job.progress(1, 2)
    pdf = render_report(report, timezone.now())
    with job.unit():
        job.keep_file(f"unit-{code}-{job.agency.today():%Y-%m-%d}.pdf", pdf, "application/pdf")
    job.progress(2, 2)
    return {"url": reverse("unit", args=[job.agency.slug, job.arguments["unit"]]), "label": _("Back to the unit")}


@kinds.register(BUDGET_PAPER, right="budgets.view", may_have_files=may_have_paper, titles=paper_titles)
def budget_on_paper(job: Running) -> dict[str, Any]:
    """A budget or a case for support, with the rights that who asked for it has now. What may not be told any more
    since then ends the job.
    """
    pk, kind = job.arguments["budget"], job.arguments["kind"]
    with job.unit():
        seat = seat_now(job)
        if seat is None or not may_have_paper(seat, job.arguments):
            raise ChangedSince
        paper = paper_of_kind(seat, budget_for(seat, pk), kind)
    job.progress(1, 2)
    made_at = timezone.now()
    pdf = render_case(paper, made_at) if isinstance(paper, CaseForSupport) else render_budget(paper, made_at)
    with job.unit():
        job.keep_file(f"{kind}-{pk}-{job.agency.today():%Y-%m-%d}.pdf", pdf, "application/pdf")
    job.progress(2, 2)
    return {"url": reverse("budget", args=[job.agency.slug, pk]), "label": _("Back to the budget")}


def paper_of_kind(seat: Seat, budget: Any, kind: str) -> BudgetPaper | CaseForSupport:
    """What is printed; the reader may have it."""
    if kind == CASE:
        return case_paper(seat.agency, public_unit_of(seat.agency, budget), budget)
    return budget_paper(seat, unit_of(seat, budget), budget)
