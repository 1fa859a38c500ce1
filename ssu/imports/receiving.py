"""Taking in a file of people: judged at once, brought in by a job."""

from pathlib import Path
from typing import IO

from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from imports.reading.child import run_in_child
from imports.reading.sheets import MAX_LIST_BYTES, SheetRead, read_sheet
from jobs.models import Job, StoredFile
from jobs.operations import keep_file, start
from ssu.imports.people import judge_people
from ssu.people_rows import PeopleWrong
from ssu.queries.people_file import PEOPLE_FILE, PEOPLE_JOB, known_people


class ListTooLarge(Refused):
    """A list of people is short."""

    code = "too_large"
    status = 413
    field = "file"
    message = f"The file is larger than {MAX_LIST_BYTES // 1024**2} MB. Remove what is no list of people, or split it."


@transaction.atomic
def receive_people(*, agency: Agency, actor: User, content: IO[bytes], size: int) -> Job:
    """Judge a file and have it brought in, in the background. Raises ListTooLarge, FileRefused, and PeopleWrong with
    everything that is wrong; then nothing is kept. The name of the file is not kept: it may tell a place.
    """
    if size > MAX_LIST_BYTES:
        raise ListTooLarge
    stored = keep_file(name=PEOPLE_FILE, content=content, purpose=PEOPLE_FILE)
    rows, problems = judge_people(sheet_of(stored), known_people())
    if problems:
        raise PeopleWrong(problems)
    counted = "1 person" if len(rows) == 1 else f"{len(rows)} people"
    audit.record(actor=actor, verb="bring in people", of=stored, label=counted)
    return start(kind=PEOPLE_JOB, actor=actor, title=counted, arguments={"file": stored.pk})


def sheet_of(stored: StoredFile) -> SheetRead:
    """The kept file, read in the child. Raises FileRefused."""
    sheet: SheetRead = run_in_child(read_sheet, Path(default_storage.path(stored.path)))
    return sheet
