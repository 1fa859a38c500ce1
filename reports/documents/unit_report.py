"""The report of a unit's roll-out to PDF: where it stands, its goal, its messages, and what each item rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.pdf.engine import render
from reports.documents.paper import Paper
from reports.documents.paper_chart import PaperChart


@dataclass(frozen=True)
class Labelled:
    """A label and what stands beside it."""

    label: str
    value: str


@dataclass(frozen=True)
class ItemPart:
    """An action item: its state, who did what, and the titles of its evidence."""

    key: str
    wording: str
    state: str
    tone: str
    note: str
    evidence: Sequence[str]


@dataclass(frozen=True)
class StepPart:
    """A step with its items."""

    title: str
    sentence: str
    count: str
    items: Sequence[ItemPart]


@dataclass(frozen=True)
class StepCell:
    """A step in the strip on top: its number and short title, how many of its items are settled, and its state."""

    number: int
    title: str
    count: str
    state: str
    tint: str


@dataclass(frozen=True)
class ReadingPart:
    """A reading of the indicator."""

    day: str
    value: str
    words: str


@dataclass(frozen=True)
class TextPart:
    """Words under a heading, such as a core message with its version."""

    title: str
    text: str


@dataclass(frozen=True)
class UnitReport(Paper):
    """All that is printed. `kept_back` stands in the place of texts that the reader may not know; `guidelines` is None
    for a reader who has not got them.
    """

    unit_word: str
    summary: str
    facts: Sequence[Labelled]
    team: Sequence[Labelled]
    strip: Sequence[StepCell]
    steps: Sequence[StepPart]
    goal: str
    goal_facts: Sequence[Labelled]
    chart: PaperChart | None
    readings: Sequence[ReadingPart]
    promise: str
    messages: Sequence[TextPart]
    guidelines: Sequence[TextPart] | None
    kept_back: str

    @property
    def tells(self) -> bool:
        """Whether any reading has words beside its value."""
        return any(reading.words for reading in self.readings)


def render_report(report: UnitReport, made_at: datetime) -> bytes:
    """Return the PDF; the metadata hold no more than its pages. Raises DocumentTooLarge."""
    return render(
        "pdf/unit_report.html",
        {"report": report},
        lang=report.lang,
        title=f"{report.name}, {report.as_of}",
        author=report.agency,
        created=made_at,
        stylesheets=("pdf/unit_report.css",),
        accent=report.accent,
    )
