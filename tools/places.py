"""Where things of this checkout live: the sources, the state of each kind of stack, the folder for its sockets."""

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.terminal import CannotStart

ROOT = Path(__file__).resolve().parent.parent
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_PATH_LIMIT = 107  # bytes that sockaddr_un holds, without its closing NUL


@dataclass(frozen=True)
class State:
    """The private folder of one kind of stack (`run`, `test`, `bench`); `STACK_STATE` moves all of them elsewhere."""

    path: Path

    @classmethod
    def of(cls, kind: str) -> "State":
        base = os.environ.get("STACK_STATE") or ROOT / ".state"
        state = cls(Path(base).absolute() / kind)
        state.path.mkdir(parents=True, exist_ok=True)
        return state

    @property
    def sockets(self) -> Path:
        """A folder short enough for a socket path, which only this user may enter."""
        name = "yk-" + hashlib.sha256(os.fsencode(self.path)).hexdigest()[:10]
        folder = Path(tempfile.gettempdir()) / name
        if len(os.fsencode(folder / SOCKET_NAME)) > SOCKET_PATH_LIMIT:
            folder = Path("/tmp") / name
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder


def require_private(folder: Path) -> None:
    """Refuse a folder in the shared temporary place that somebody else made first."""
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid not in (os.geteuid(), 0):
        raise CannotStart(f"{folder} belongs to somebody else; remove it or set TMPDIR")
