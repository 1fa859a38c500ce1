"""Taking in a file of replies: read in the child, judged, and noted at once."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from accounts.models import User
from agencies.models import Agency
from imports.reading.child import run_in_child
from imports.reading.sheets import SheetRead, read_sheet
from transition.imports.replies import KnownShift, judge_replies
from transition.models import Wave
from transition.operations import bring_replies
from transition.reply_rows import RepliesWrong


def receive_replies(
    *, agency: Agency, actor: User | None, wave: Wave, known: Mapping[int, KnownShift], content: bytes
) -> dict[str, int]:
    """Note the replies of a file; `known` are the commitments of the wave that the reader may know. Nothing of the file
    is kept. Raises FileRefused, RepliesWrong with everything that is wrong, and what `bring_replies` raises.
    """
    rows, problems = judge_replies(read(content), known, agency.today())
    if problems:
        raise RepliesWrong(problems)
    return bring_replies(agency=agency, actor=actor, wave=wave, rows=rows)


def read(content: bytes) -> SheetRead:
    """The file, read in the child process. Raises FileRefused."""
    with tempfile.NamedTemporaryFile(suffix=".list") as kept:
        kept.write(content)
        kept.flush()
        found: SheetRead = run_in_child(read_sheet, Path(kept.name))
    return found
