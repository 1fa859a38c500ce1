"""What a benchmark reports, held against its goal."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Goal:
    """A bound on the ratio. `at_least`: the subject is to be so many times faster; else it may take so many times as
    long. A bound without a number is measured and not judged.
    """

    honest: float | None = None
    extreme: float | None = None
    at_least: bool = False

    def is_met(self, ratio: float, bound: float | None) -> bool | None:
        """Whether a ratio keeps a bound; None where there is none."""
        if bound is None:
            return None
        return ratio >= bound if self.at_least else ratio <= bound

    def in_words(self) -> str:
        """The bounds, as they stand in the table."""
        sign = "≥" if self.at_least else "≤"
        return " / ".join(f"{sign} {bound:g}" for bound in (self.honest, self.extreme) if bound is not None) or "–"


MEASURED_ONLY = Goal()


@dataclass(frozen=True)
class Result:
    """Medians in milliseconds. `ratio` is subject / reference, or reference / subject under an `at_least` goal."""

    name: str
    subject: str
    reference: str
    subject_ms: float
    reference_ms: float
    goal: Goal = MEASURED_ONLY
    remark: str = ""

    @property
    def ratio(self) -> float:
        if self.goal.at_least:
            return self.reference_ms / self.subject_ms
        return self.subject_ms / self.reference_ms

    @property
    def holds(self) -> bool | None:
        """Whether the honest goal is met; None where there is none."""
        return self.goal.is_met(self.ratio, self.goal.honest)

    def as_json(self) -> dict[str, Any]:
        """The object that `--json` prints."""
        found = asdict(self)
        del found["goal"]
        return {
            **found,
            "ratio": round(self.ratio, 3),
            "honest": self.goal.honest,
            "extreme": self.goal.extreme,
            "at_least": self.goal.at_least,
            "holds": self.holds,
            "holds_extreme": self.goal.is_met(self.ratio, self.goal.extreme),
        }

    def cells(self) -> list[str]:
        """The row of the printed table."""
        verdict = {True: "holds", False: "FALLS SHORT", None: ""}[self.holds]
        times = [f"{self.subject_ms:.2f}", f"{self.reference_ms:.2f}"]
        return [
            self.name,
            f"{self.ratio:.2f}",
            *times,
            self.goal.in_words(),
            verdict,
            f"{self.subject} / {self.reference}",
        ]


HEAD = ["name", "ratio", "subject ms", "reference ms", "goal", "", "subject / reference"]


def table(rows: list[list[str]]) -> str:
    """Columns side by side, each as wide as its widest cell."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join(lines)
