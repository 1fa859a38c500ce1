"""The report of a transition to PDF: its waves, its months, key donors, what was lost and why, the accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from agencies.letterhead import Letterhead
from core.pdf.direction import direction_of, isolated
from core.pdf.engine import render


@dataclass(frozen=True)
class Labelled:
    """A label and what stands beside it."""

    label: str
    value: str


@dataclass(frozen=True)
class WavePart:
    """A wave: its days, how many are in it, and how far they are."""

    name: str
    state: str
    days: str
    size: str
    counts: str


@dataclass(frozen=True)
class MonthPart:
    """A month in one currency; `cells` are in the order of the columns."""

    month: str
    cells: Sequence[str]


@dataclass(frozen=True)
class Months:
    """The ledger of one currency, the newest month first."""

    currency: str
    rows: Sequence[MonthPart]


@dataclass(frozen=True)
class KeyPart:
    """A key donor: what they promised, how far they are, since when, and who talks."""

    giver: str
    promised: str
    state: str
    since: str
    talker: str


@dataclass(frozen=True)
class LossPart:
    """What is lost of a commitment in these months together, and why."""

    giver: str
    months: str
    amount: str
    why: str


@dataclass(frozen=True)
class AccountPart:
    """A worker's account: how pay is guaranteed, and what became of its balance."""

    name: str
    guarantee: str
    balances: Sequence[str]


@dataclass(frozen=True)
class TransitionReport:
    """All that is printed. `keys`, `losses` and `accounts` are None for a reader of the sums alone; `kept_back` stands
    in the place of words that the reader may not know. `names` are all names of people and places in it,
    with marks of what else it tells.
    """

    letterhead: Letterhead
    accent: str
    lang: str
    paper: str
    name: str
    as_of: str
    summary: Sequence[Labelled]
    waves: Sequence[WavePart]
    columns: Sequence[str]
    months: Sequence[Months]
    keys: Sequence[KeyPart] | None
    losses: Sequence[LossPart] | None
    accounts: Sequence[AccountPart] | None
    rule: Sequence[str]
    kept_back: str
    names: Sequence[str]

    @property
    def foot(self) -> str:
        """What stands at the foot of each page, each name in its own order."""
        direction = direction_of(self.lang)
        return " · ".join(isolated(text, direction) for text in (self.letterhead.name, self.name, self.as_of))


def render_report(report: TransitionReport, title: str, made_at: datetime) -> bytes:
    """Return the PDF; the metadata hold no more than its pages. Raises DocumentTooLarge."""
    return render(
        "pdf/transition_report.html",
        {"report": report},
        lang=report.lang,
        title=title,
        author=report.letterhead.name,
        created=made_at,
        stylesheets=("pdf/unit_report.css", "pdf/transition_report.css"),
        accent=report.accent,
    )
