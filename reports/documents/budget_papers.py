"""A budget on paper: the whole of it for those who decide, and the case for support for those who may give."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from budgets import actual_page, coverage_page, showing
from core.charts import CoverageBar
from core.pdf.engine import render
from reports.documents.paper import Paper
from reports.documents.unit_report import Labelled, TextPart

STYLES = ("pdf/unit_report.css", "pdf/budget.css")


@dataclass(frozen=True)
class BudgetPaper(Paper):
    """One version with all that its pages show. `months` are empty for a reader without the ledger; `kept_back` stands
    in the place of words that the reader may not know.
    """

    title: str
    facts: Sequence[Labelled]
    chart: CoverageBar
    expenses: Sequence[showing.LineRow]
    income: Sequence[showing.LineRow]
    actual: Sequence[actual_page.Row]
    actual_total: actual_page.Row
    finding: str
    months: Sequence[coverage_page.MonthRow]
    explained: Sequence[str]
    kept_back: str


@dataclass(frozen=True)
class Need:
    """What a gift makes possible, and what of it is still open, "" where nothing is."""

    impact: str
    amount: str
    open: str


@dataclass(frozen=True)
class CaseForSupport(Paper):
    """What everybody may read of a unit, for a giver's hands. Nothing of it tells a name or a place that is kept."""

    place: str
    goal: str
    progress: str
    need: str
    chart: CoverageBar | None
    needs: Sequence[Need]
    promise: str
    messages: Sequence[TextPart]
    how_to_give: str


def render_budget(paper: BudgetPaper, made_at: datetime) -> bytes:
    """The version as PDF. Raises DocumentTooLarge."""
    return rendered("pdf/budget.html", paper, f"{paper.name}, {paper.title}", made_at)


def render_case(paper: CaseForSupport, made_at: datetime) -> bytes:
    """The case for support as PDF. Raises DocumentTooLarge."""
    return rendered("pdf/case.html", paper, paper.name, made_at)


def rendered(template: str, paper: Paper, title: str, made_at: datetime) -> bytes:
    """A paper as PDF; the metadata hold no more than its pages."""
    return render(
        template,
        {"paper": paper},
        lang=paper.lang,
        title=title,
        author=paper.agency,
        created=made_at,
        stylesheets=STYLES,
        accent=paper.accent,
    )
