"""Judging a file without writing anything of it."""

import hashlib
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from agencies.models import Agency
from core.errors import Refused
from imports.kinds import Checked, domain
from imports.mapping.rules import rules_of
from imports.models import ImportRun
from imports.operations.findings import KeptFindings
from imports.operations.recognizing import NOT_RECOGNISED, Fitting, fitting, take
from jobs.models import StoredFile
from jobs.operations.forgetting import GONE

AUTO = "auto"
OPEN = frozenset({ImportRun.State.UPLOADED, ImportRun.State.CHECKED, ImportRun.State.REFUSED, ImportRun.State.UNDONE})


def may_be_judged(run: ImportRun) -> bool:
    """Whether a file can be judged again: nothing of it is on its way, and something of it can still come in."""
    left = run.state in OPEN or (run.state == ImportRun.State.APPLIED and bool(run.outcome.get("kept_out")))
    return left and not original_erased(run)


def original_erased(run: ImportRun) -> bool:
    """Whether the file as it came was deleted because it told of a person who was erased. One query, once."""
    stored: StoredFile = run.stored_file
    return bool(stored.path.startswith(f"{GONE}/"))


class OriginalErased(Refused):
    """What is left of such an import are the rows that came in."""

    code = "original_erased"
    message = (
        "The original of this import was deleted because it told of a partner who was erased. To bring in rows that "
        "were kept out, upload a file with those rows."
    )


def corrections_of(run: ImportRun) -> dict[int, dict[str, str]]:
    """What stands written over the cells of a file: the newest of each cell. One query."""
    found: dict[int, dict[str, str]] = {}
    for line, column, now in run.corrections.order_by("pk").values_list("line", "column", "now"):
        found.setdefault(line, {})[column] = now
    return found


class KeptFileLost(Refused):
    """What is judged and applied is the file that was uploaded, byte for byte, or nothing."""

    code = "kept_file_lost"
    message = "The file that was kept is gone or is no longer as it was uploaded. Upload it again."


def path_of(run: ImportRun) -> Path:
    """Where the kept file lies. Raises KeptFileLost, OriginalErased."""
    stored = StoredFile.objects.get(pk=run.stored_file_id)
    if stored.path.startswith(f"{GONE}/"):
        raise OriginalErased
    path = Path(default_storage.path(stored.path))
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise KeptFileLost from error
    if digest != run.sha256:
        raise KeptFileLost
    return path


@transaction.atomic
def check_import(*, agency: Agency, run: ImportRun) -> ImportRun:
    """Judge the file against what the agency knows now; keep outcome and findings. Repeating it renews them."""
    locked: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    if locked.state not in OPEN:
        return locked
    findings, path = KeptFindings(), path_of(locked)
    checked = judged(agency, locked, path, findings)
    locked.format, locked.checked_at = checked.format, timezone.now()
    locked.outcome = checked.outcome | findings.keep(locked)
    locked.state = ImportRun.State.REFUSED if checked.refused else ImportRun.State.CHECKED
    locked.save(update_fields=["format", "outcome", "checked_at", "state", "mapping", "saved_mapping"])
    if not checked.refused:
        domain().after_check(
            agency=agency, run=locked, path=path, corrections=corrections_of(locked), rules=rules_of(locked.mapping)
        )
    return locked


def judged(agency: Agency, run: ImportRun, path: Path, findings: KeptFindings) -> Checked:
    """Judge a file by the mapping of a person. One that has none and may be recognized takes a saved mapping that was
    made of just these columns. Else the known formats come first, for they know more: a number of a gift that a mapping
    leaves aside keeps it from coming twice. Where none is recognized, the saved mapping that fits, or the one that
    nearly does, which says what is missing.
    """
    found = fitting(path) if run.wanted_format == AUTO and not run.mapping else Fitting()
    if found.same is not None:
        take(run, found.same)
    checked = domain_check(agency, run, path, findings)
    other = None if found.same else found.fits or found.nearly
    if checked.refused and other is not None and checked.outcome.get("reason") == NOT_RECOGNISED:
        take(run, other)
        findings.clear()
        return domain_check(agency, run, path, findings)
    return checked


def domain_check(agency: Agency, run: ImportRun, path: Path, findings: KeptFindings) -> Checked:
    return domain().check(
        agency=agency,
        path=path,
        format_name=run.wanted_format,
        corrections=corrections_of(run),
        findings=findings,
        rules=rules_of(run.mapping),
        toward=run.toward,
    )
