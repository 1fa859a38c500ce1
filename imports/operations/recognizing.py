"""Which saved mapping a file is read by, from its columns: their order and what was added do not count."""

from dataclasses import dataclass
from pathlib import Path

from imports.mapping.rules import Rules, missing_in, rules_of
from imports.models import ImportRun, SavedMapping
from imports.reading.child import run_in_child
from imports.reading.delimited import column_key
from imports.reading.findings import FileRefused
from imports.reading.glance import headers_of

NOT_RECOGNISED = "not_recognised"
ALIKE = 0.6
"""How much of the columns that a mapping was made with a file must have to be taken for one of its kind."""


@dataclass(frozen=True)
class Fitting:
    """The saved mapping that was made of just the file's columns, one whose columns it has beside others, and one that
    would fit if a column were not missing.
    """

    same: SavedMapping | None = None
    fits: SavedMapping | None = None
    nearly: SavedMapping | None = None


def fitting(path: Path) -> Fitting:
    """Look for it among the saved mappings. One query, and the file is opened once."""
    saved = [(each, rules) for each in SavedMapping.objects.filter(removed_at=None) if (rules := rules_of(each.rules))]
    if not saved:
        return Fitting()
    try:
        headers = run_in_child(headers_of, path, [rules.writing for _, rules in saved])
    except FileRefused:
        return Fitting()
    scored = [
        (Score.of(rules, header, each.pk), each)
        for (each, rules), header in zip(saved, headers, strict=True)
        if header and likeness(rules, header) >= ALIKE
    ]
    if not scored:
        return Fitting()
    score, best = max(scored, key=lambda pair: pair[0])
    if score.is_same:
        return Fitting(same=best)
    return Fitting(fits=best) if score.is_whole else Fitting(nearly=best)


@dataclass(frozen=True, order=True)
class Score:
    """How well a mapping fits a file, the weightiest first; of two that fit alike the newer."""

    is_same: bool
    is_whole: bool
    alike: float
    columns: int
    pk: int

    @classmethod
    def of(cls, rules: Rules, header: tuple[str, ...], pk: int) -> "Score":
        return cls(
            is_same(rules, header), not missing_in(rules, header), likeness(rules, header), len(rules.columns), pk
        )


def likeness(rules: Rules, header: tuple[str, ...]) -> float:
    """The share of the columns of a mapping that a header has."""
    known = {column_key(name) for name in rules.header}
    return len(known & {column_key(name) for name in header}) / len(known) if known else 0.0


def is_same(rules: Rules, header: tuple[str, ...]) -> bool:
    """Whether a mapping was made of just these columns, in whatever order."""
    return {column_key(name) for name in rules.header} == {column_key(name) for name in header}


def take(run: ImportRun, saved: SavedMapping) -> None:
    """Have a file read by a copy of a saved mapping."""
    run.mapping, run.saved_mapping_id = saved.rules, saved.pk
