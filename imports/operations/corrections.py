"""Writing over cells of rows that are kept out. The file stays as it came; every change is a row with its person."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from core.quoting import quoted
from imports.models import CellCorrection, HeldRow, ImportRun
from imports.operations.check import corrections_of, may_be_judged
from imports.operations.receive import request_check

State = ImportRun.State
LONGEST = 2_000
"""Characters of a corrected cell."""
Cell = tuple[int, str]
"""(Line of the file, name of the column.)"""


class NotToBeCorrected(Refused):
    """Rows are corrected after they were checked and while they are kept out."""

    code = "not_to_be_corrected"
    message = "The rows of this import cannot be corrected now: a job is at work on it, or nothing is kept out."


class NoSuchCell(Refused):
    """Only rows that are kept out are corrected, in the columns that they have."""

    code = "no_such_cell"

    def __init__(self, line: int, column: str) -> None:
        super().__init__(f"Line {line} is not kept out, or has no column {quoted(column)}. Open the rows again.")


class CellTooLong(Refused):
    """What is typed is a cell, not a text."""

    code = "cell_too_long"

    def __init__(self, line: int, column: str) -> None:
        super().__init__(f"Line {line}, {column[:40]}: at most {LONGEST:,} characters can be typed here. Shorten it.")


class CorrectedMeanwhile(Refused):
    """Nobody writes over what another person has just corrected without having seen it."""

    code = "corrected_meanwhile"
    message = "Somebody else corrected rows of this import meanwhile. Open the rows again, and what was written shows."


class NothingChanged(Refused):
    """A save without a change would judge the file for nothing."""

    code = "nothing_changed"
    message = "No cell was changed. Change what is wrong, or leave the rows out."


@transaction.atomic
def correct_rows(
    *, agency: Agency, actor: User, run: ImportRun, cells: Mapping[Cell, str], seen: int | None = None
) -> ImportRun:
    """Write over cells of rows that are kept out, and have the file judged again. `seen` is the newest correction that
    the person has seen; None does not ask.

    Raises NotToBeCorrected, CorrectedMeanwhile, NoSuchCell, CellTooLong, NothingChanged; then nothing is written.
    """
    locked: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    if not may_be_judged(locked) or locked.state == State.UPLOADED:
        raise NotToBeCorrected
    if seen is not None and seen != newest_correction(locked):
        raise CorrectedMeanwhile
    changed = changes(locked, cells)
    if not changed:
        raise NothingChanged
    CellCorrection.objects.bulk_create(
        CellCorrection(
            agency=agency, import_run=locked, line=row.line, row=row.row, column=column, was=was, now=now, by=actor
        )
        for row, column, was, now in changed
    )
    audit.record(
        actor=actor,
        verb="correct rows",
        of=locked,
        label=f"import {locked.pk}",
        changes={"cells": len(changed), "rows": len({row.line for row, *_ in changed})},
    )
    return request_check(agency=agency, actor=actor, run=locked)


def newest_correction(run: ImportRun) -> int:
    """The id of the newest correction of an import; 0 for none. One query."""
    found: int | None = run.corrections.order_by("-pk").values_list("pk", flat=True).first()
    return found or 0


def changes(run: ImportRun, cells: Mapping[Cell, str]) -> list[tuple[HeldRow, str, str, str]]:
    """(Row, column, what stood there, what is written) of each cell that differs. Two queries."""
    held = {row.line: row for row in run.held_rows.filter(line__in={line for line, _ in cells})}
    stands = corrections_of(run)
    found = []
    for (line, column), text in cells.items():
        row = held.get(line)
        if row is None or column not in row.columns:
            raise NoSuchCell(line, column)
        was = stands.get(line, {}).get(column, row.cells[row.columns.index(column)])
        now = text.replace("\r\n", "\n").replace("\x00", "").strip()
        if len(now) > LONGEST and now != was:
            raise CellTooLong(line, column)
        if now != was.strip():
            found.append((row, column, was, now))
    return found
