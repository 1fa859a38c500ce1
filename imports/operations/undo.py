"""Taking an applied import back, for thirty days, all or nothing."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from imports.kinds import Held, Progress, Undoing, domain, quiet
from imports.models import ImportRun
from imports.operations.apply import one_at_a_time
from imports.operations.overlapping import check_overlapping
from jobs.models import Job
from jobs.operations import start

State = ImportRun.State
WINDOW = timedelta(days=30)
BUSY = frozenset({State.APPLYING, State.UNDOING})
SAID = 3
"""So many rows are named in the sentence of a refusal; the page names more."""


class NothingToUndo(Refused):
    """Only what was applied, and is at rest, can be undone, and only once."""

    code = "nothing_to_undo"
    message = "This import was not applied, was undone before, or a job is at work on it now. Open it to see."


class UndoTooLate(Refused):
    """After thirty days what came with an import is corrected gift by gift."""

    code = "undo_too_late"
    message = "An import can be undone for 30 days after it was applied. Correct its gifts one by one."


class UndoReasonMissing(Refused):
    """Whoever reads the ledger later wants to know why."""

    code = "reason_missing"
    field = "reason"
    message = "Say in a few words why the import is undone."


class RestsOnIt(Refused):
    """Something rests on gifts of the import."""

    code = "rests_on_import"

    def __init__(self, undoing: Undoing) -> None:
        said = " ".join(in_words(held) for held in undoing.held[:SAID])
        more = undoing.held_count - min(len(undoing.held), SAID)
        rest = ngettext("%(more)s more row.", "%(more)s more rows.", more) % {"more": more} if more > 0 else ""
        super().__init__(" ".join(part for part in (_("Nothing was undone."), said, rest) if part))


def in_words(held: Held) -> str:
    """A row that holds an import, as a sentence."""
    place = {"row": held.row, "line": held.line}
    return (_("Row %(row)s (line %(line)s):") % place if held.row else "") + f" {held.message}"


def undo_until(run: ImportRun) -> datetime | None:
    """Until when an import can be undone; None when there is nothing to undo."""
    return run.applied_at + WINDOW if run.stands and run.applied_at else None


def check_window(run: ImportRun) -> None:
    """Raises NothingToUndo, UndoTooLate."""
    until = undo_until(run)
    if until is None:
        raise NothingToUndo
    if timezone.now() > until:
        raise UndoTooLate


@transaction.atomic
def request_undo(*, agency: Agency, actor: User, run: ImportRun, reason: str) -> Job:
    """Have an import undone in the background. Raises UndoReasonMissing, NothingToUndo, UndoTooLate, RestsOnIt."""
    if not reason.strip():
        raise UndoReasonMissing
    locked: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state in BUSY:
        raise NothingToUndo
    check_window(locked)
    check_free(agency, locked)
    job = start(
        kind="imports.undo",
        actor=actor,
        title=f"Undo of import {locked.pk}",
        arguments={"run": locked.pk, "before": locked.state},
    )
    locked.state, locked.job_id, locked.undo_reason, locked.undone_by = State.UNDOING, job.pk, reason[:200], actor
    locked.save(update_fields=["state", "job_id", "undo_reason", "undone_by"])
    return job


def check_free(agency: Agency, run: ImportRun) -> None:
    """Raises RestsOnIt."""
    undoing = domain().look_at_undo(agency=agency, run=run)
    if undoing.held_count:
        raise RestsOnIt(undoing)


@transaction.atomic
def release_undo(*, run_id: int, job: Job) -> None:
    """The job that was to undo an import ended without it: the import stands as before."""
    before = job.arguments["before"]
    ImportRun.objects.filter(pk=run_id, job_id=job.pk, state=State.UNDOING).update(state=before)


@transaction.atomic
def undo_import(
    *, agency: Agency, actor: User | None, run: ImportRun, reason: str = "", progress: Progress = quiet
) -> ImportRun:
    """Take back what an import made, here. Raises NothingToUndo, UndoTooLate and RestsOnIt; then nothing changed."""
    one_at_a_time(agency)
    locked: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state == State.APPLYING:
        raise NothingToUndo
    check_window(locked)
    locked.undo_reason = reason or locked.undo_reason
    taken = domain().undo(
        agency=agency,
        actor=actor,
        run=locked,
        check=lambda: check_free(agency, locked),
        progress=progress,
    )
    stays = domain().look_at_undo(agency=agency, run=locked).stays
    locked.undone = {"taken": taken, "stays": stays}
    locked.state, locked.undone_at, locked.undone_by = State.UNDONE, timezone.now(), actor
    locked.save(update_fields=["undone", "state", "undone_at", "undone_by", "undo_reason"])
    if again := check_overlapping(run=locked, actor=actor):
        locked.undone = locked.undone | {"again": again}
        locked.save(update_fields=["undone"])
    audit.record(
        actor=actor,
        verb="undo import",
        of=locked,
        label=f"import {locked.pk}",
        changes=locked.undone,
        reason=locked.undo_reason,
    )
    return locked
