"""Bringing a checked file in, all or nothing."""

from collections import Counter

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from imports.kinds import Progress, domain, quiet
from imports.mapping.rules import rules_of
from imports.models import ImportRun
from imports.operations.check import corrections_of, path_of
from imports.operations.findings import KeptFindings
from jobs.models import Job
from jobs.operations import start


class NotReady(Refused):
    """Only a checked file can be applied, and only once."""

    code = "import_not_ready"
    message = "This file is not ready to be applied: it was refused, was applied before, or is being applied now."


class NoSuchDeposit(Refused):
    """Money is booked on an account of the agency that takes some today."""

    code = "no_such_deposit"
    field = "deposit"
    message = "There is no such deposit account, or it was closed. Choose one of the list."


class RowsKeptOut(Refused):
    """Who asked for the whole file gets all of it or nothing."""

    code = "rows_kept_out"

    def __init__(self, count: int) -> None:
        super().__init__(
            ngettext(
                "%(count)s row has an error or a conflict, and the whole file was asked for: nothing was imported. "
                "Correct it, or import the good rows.",
                "%(count)s rows have an error or a conflict, and the whole file was asked for: nothing was imported. "
                "Correct them, or import the good rows.",
                count,
            )
            % {"count": count}
        )


class FileChanged(Refused):
    """The agency's data changed between check and apply so that the file is refused now."""

    code = "import_refused"
    message = "The file can no longer be applied. Check it again to see why."


def with_before(run: ImportRun, made: dict[str, int]) -> dict[str, int]:
    """What was made, with what stands already of the same file: its good rows may be applied before others."""
    return dict(Counter(run.applied if run.stands else {}) + Counter(made)) | {
        name: 0 for name in made if not made[name]
    }


def one_at_a_time(agency: Agency) -> None:
    """Let one import of an agency run at a time, until the transaction ends: two of one file at once bring it once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('imports'), %s::integer)", [agency.pk % 2**31])


def check_whole(run: ImportRun, whole: bool) -> None:
    """Raises RowsKeptOut when the whole file was asked for and rows of it stay out."""
    if whole and (out := run.outcome.get("kept_out", 0)):
        raise RowsKeptOut(out)


@transaction.atomic
def request_apply(
    *, agency: Agency, actor: User, run: ImportRun, deposit: int | None = None, whole: bool = False
) -> Job:
    """Have the good rows of a checked file applied in the background; its money came to this deposit account, None for
    the main one. whole: all rows or none. Raises NotReady, NoSuchDeposit, RowsKeptOut.
    """
    if deposit is not None and deposit not in dict(domain().deposits(agency=agency)):
        raise NoSuchDeposit
    locked: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state != ImportRun.State.CHECKED:
        raise NotReady
    check_whole(locked, whole)
    job = start(
        kind="imports.apply",
        actor=actor,
        title=f"Import {locked.pk}",
        arguments={"run": locked.pk, "deposit": deposit, "whole": whole},
    )
    locked.state, locked.job_id, locked.applied_by = ImportRun.State.APPLYING, job.pk, actor
    locked.save(update_fields=["state", "job_id", "applied_by"])
    return job


@transaction.atomic
def release_import(*, run_id: int, job: Job) -> None:
    """The job that was to apply a file ended without it: the file is checked, as before. Nothing of it was written."""
    ImportRun.objects.filter(pk=run_id, job_id=job.pk, state=ImportRun.State.APPLYING).update(
        state=ImportRun.State.CHECKED
    )


@transaction.atomic
def apply_import(
    *,
    agency: Agency,
    actor: User | None,
    run: ImportRun,
    deposit: int | None = None,
    whole: bool = False,
    progress: Progress = quiet,
) -> ImportRun:
    """Judge the file again and write what it brings, here; with `whole` all rows or none. Raises NotReady when it is
    applied already, RowsKeptOut.
    """
    one_at_a_time(agency)
    locked: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state not in {ImportRun.State.CHECKED, ImportRun.State.APPLYING}:
        raise NotReady
    findings = KeptFindings()
    checked = domain().apply(
        agency=agency,
        actor=actor,
        run=locked,
        path=path_of(locked),
        format_name=locked.wanted_format,
        corrections=corrections_of(locked),
        deposit=deposit,
        rules=rules_of(locked.mapping),
        toward=locked.toward,
        findings=findings,
        progress=progress,
    )
    if checked.refused:
        raise FileChanged
    locked.format, locked.applied = checked.format, with_before(locked, checked.made)
    locked.outcome = checked.outcome | findings.keep(locked)
    check_whole(locked, whole)
    locked.state, locked.applied_at, locked.applied_by = ImportRun.State.APPLIED, timezone.now(), actor
    locked.save(update_fields=["format", "outcome", "applied", "state", "applied_at", "applied_by"])
    audit.record(
        actor=actor,
        verb="apply import",
        of=locked,
        label=f"import {locked.pk}",
        changes=checked.made | ({"deposit": deposit} if deposit else {}),
    )
    return locked
