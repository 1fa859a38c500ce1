"""Files of partners and gifts: judged in a process of their own that can be killed, applied set by set (trust rule
T11).
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from accounts.models import User
from agencies.models import Agency
from imports.kinds import Checked, Progress
from imports.models import ImportRun
from imports.reading.child import stream_from_child
from imports.reading.findings import FileRefused
from partners.imports import outcome as outcomes
from partners.imports.applying import apply_judged
from partners.imports.checking import stream_judged, stream_mentioned
from partners.imports.context import Context
from partners.imports.earlier_gifts import earlier_lines
from partners.imports.known import context_of
from partners.imports.layouts import FORMATS
from partners.imports.outcome import REJECT, Outcome

TRUSTED = ("partners.imports.",)


class Giving:
    """How files of partners and gifts are checked and applied."""

    formats = tuple(FORMATS)

    def check(self, *, agency: Agency, path: Path, format_name: str) -> Checked:
        """Judge the file against what the agency knows; write nothing."""
        return checked(next(judged(agency, path, format_name)))

    def apply(
        self, *, agency: Agency, actor: User | None, run: ImportRun, path: Path, format_name: str, progress: Progress
    ) -> Checked:
        """Judge the file again and write its new partners, gifts and postings."""
        batches = judged(agency, path, format_name, lock=True)
        outcome = next(batches)
        if outcome.outcome == REJECT:
            return checked(outcome)
        made = apply_judged(agency=agency, actor=actor, run=run, batches=counted(batches, outcome, progress))
        return checked(outcome, made)


def judged(agency: Agency, path: Path, format_name: str, *, lock: bool = False) -> Iterator[Any]:
    """Yield the outcome, then the judged rows in lists. The file is read in a child process, which has no database.

    lock: keep the gifts that the file mentions as they are judged until the transaction ends.
    """
    try:
        context = replace(context_of(agency), earlier={})
        mentioned = mentioned_in(path, context, format_name)
        context = replace(context, earlier=earlier_lines(mentioned, lock=lock))
        yield from stream_from_child(stream_judged, path, context, format_name, trusted=TRUSTED)
    except FileRefused as refusal:
        yield outcomes.refused("" if format_name == "auto" else format_name, refusal.code, str(refusal), refusal.line)


def mentioned_in(path: Path, context: Context, format_name: str) -> set[tuple[str, str]]:
    """The gifts that the file names, to look up which are there already."""
    batches = stream_from_child(stream_mentioned, path, context, format_name, trusted=TRUSTED)
    return {gift for batch in batches for gift in batch}


def counted(batches: Iterator[Any], outcome: Outcome, progress: Progress) -> Iterator[Any]:
    """The batches, telling the progress as they go by."""
    done = 0
    for batch in batches:
        yield batch
        done += len(batch)
        progress(min(done, outcome.rows), outcome.rows)


def checked(outcome: Outcome, made: dict[str, int] | None = None) -> Checked:
    return Checked(outcome.format, outcome.outcome == REJECT, outcome.as_json(), made or {})
