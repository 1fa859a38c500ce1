"""Who takes the row of an agency, so that one acts after the other, holds up nobody else."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TAKES = re.compile(r"Agency\.objects\.select_for_update\((?!no_key=True)")


def whole(source: str) -> bool:
    """Whether the row is locked against those too who only write a row that names it: every table has such a key."""
    return TAKES.search(source) is not None


def test_nobody_locks_an_agency_against_all_writes() -> None:
    sources = [path for path in ROOT.glob("*/**/*.py") if path.relative_to(ROOT).parts[0] not in (".venv", "tests")]
    assert [str(path) for path in sources if whole(path.read_text())] == []


def test_such_a_lock_is_found() -> None:
    assert whole("Agency.objects.select_for_update().get(pk=1)")
    assert not whole("Agency.objects.select_for_update(no_key=True).get(pk=1)")
