"""Who knows which files on disk belong to a row: each app that keeps files tells its folder and answers for it.

A file lies at `<folder>/<whose>/…`, so that the question is asked in the scope of its rows and row-level security
answers it: whose is an agency's id, `alliance-<id>`, or `nobody`.
"""

import re
from collections.abc import Callable
from pathlib import PurePosixPath

from agencies.scope import Scope

Known = Callable[[list[str]], set[str]]
_keepers: dict[str, Known] = {}
WHOSE = re.compile(r"(?P<agency>\d+)|alliance-(?P<alliance>\d+)|nobody")


def register(folder: str, known: Known) -> None:
    """Say who answers for a folder: `known(paths)`, asked in the scope of these files, returns those with a row."""
    _keepers[folder] = known


def folders() -> list[str]:
    """The folders that somebody answers for. What lies elsewhere is nobody's business here."""
    return sorted(_keepers)


def whose(scope: Scope) -> str:
    """The name of the folder of a scope."""
    if scope.agency_id is not None:
        return str(scope.agency_id)
    return f"alliance-{scope.alliance_id}" if scope.alliance_id is not None else "nobody"


def scope_named(name: str) -> Scope | None:
    """The scope of a folder's name; None for a name that is none of ours."""
    found = WHOSE.fullmatch(name)
    if found is None:
        return None
    agency, alliance = found["agency"], found["alliance"]
    return Scope(agency_id=int(agency) if agency else None, alliance_id=int(alliance) if alliance else None)


def scope_of(path: str) -> Scope | None:
    """The scope in which the row of a file is to be looked for; None for a file that nobody answers for."""
    folder, *rest = PurePosixPath(path).parts
    return scope_named(rest[0]) if folder in _keepers and len(rest) > 1 else None


def without_row(paths: list[str]) -> list[str]:
    """Those of these files, all of one folder, that have no row. The scope of their rows is in force."""
    known = _keepers[PurePosixPath(paths[0]).parts[0]](paths) if paths else set()
    return [path for path in paths if path not in known]
