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
    """The saved mapping that fits a file, and the one that would if a column were not missing."""

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
        (likeness(rules, header), not missing_in(rules, header), len(rules.columns), each.pk, each)
        for (each, rules), header in zip(saved, headers, strict=True)
        if header and likeness(rules, header) >= ALIKE
    ]
    best = max(scored, default=None, key=lambda score: (score[1], *score[:1], *score[2:4]))
    if best is None:
        return Fitting()
    return Fitting(fits=best[-1]) if best[1] else Fitting(nearly=best[-1])


def likeness(rules: Rules, header: tuple[str, ...]) -> float:
    """The share of the columns of a mapping that a header has."""
    known = {column_key(name) for name in rules.header}
    return len(known & {column_key(name) for name in header}) / len(known) if known else 0.0


def take(run: ImportRun, saved: SavedMapping) -> None:
    """Have a file read by a copy of a saved mapping."""
    run.mapping, run.saved_mapping_id = saved.rules, saved.pk
