"""Taking in a file of replies: read in the child, judged, and noted at once."""

from collections.abc import Mapping

from accounts.models import User
from agencies.models import Agency
from imports.reading.lists import read_list
from transition.imports.replies import KnownShift, judge_replies
from transition.models import Wave
from transition.operations import bring_replies


def receive_replies(
    *, agency: Agency, actor: User | None, wave: Wave, known: Mapping[int, KnownShift], content: bytes
) -> dict[str, int]:
    """Note the replies of a file; `known` are the commitments of the wave that the reader may know. Nothing of the file
    is kept. Raises FileRefused, RepliesWrong with everything that is wrong, and what `bring_replies` raises.
    """
    rows, problems = judge_replies(read_list(content), known, agency.today())
    return bring_replies(agency=agency, actor=actor, wave=wave, rows=rows, problems=problems)
