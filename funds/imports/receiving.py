"""Taking in a file of expenses: judged at once, posted by a job."""

from pathlib import Path
from typing import IO

from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from agencies import audit
from agencies.models import Agency
from core.errors import Refused
from funds.expense_rows import ExpensesWrong
from funds.imports.expenses import judge_expenses
from funds.queries.expenses import known_expenses
from imports.reading.child import run_in_child
from imports.reading.sheets import MAX_LIST_BYTES, SheetRead, read_sheet
from jobs.models import Job, StoredFile
from jobs.operations import keep_file, start


class ListTooLarge(Refused):
    """A list of expenses is short."""

    code = "too_large"
    status = 413
    field = "file"
    message = f"The file is larger than {MAX_LIST_BYTES // 1024**2} MB. Split it."


@transaction.atomic
def receive_expenses(*, agency: Agency, actor: User, name: str, content: IO[bytes], size: int) -> Job:
    """Judge a file and have it posted, in the background. Raises ListTooLarge, FileRefused, and ExpensesWrong with
    everything that is wrong; then nothing is kept.
    """
    if size > MAX_LIST_BYTES:
        raise ListTooLarge
    stored = keep_file(name=name, content=content, purpose="expenses")
    rows, problems = judge_expenses(sheet_of(stored), known_expenses(agency))
    if problems:
        raise ExpensesWrong(problems)
    audit.record(actor=actor, verb="bring in expenses", of=stored, label=f"{len(rows)} expenses")
    title = f"{len(rows)} expenses"
    return start(kind="funds.expenses", actor=actor, title=title, arguments={"file": stored.pk})


def sheet_of(stored: StoredFile) -> SheetRead:
    """The kept file, read in the child. Raises FileRefused."""
    sheet: SheetRead = run_in_child(read_sheet, Path(default_storage.path(stored.path)))
    return sheet
