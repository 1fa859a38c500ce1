"""Where things of this checkout live: the sources, the state of each kind of stack, the folder for its sockets."""

import hashlib
import os
import shutil
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
        return folder

    def make_sockets(self) -> None:
        """Make that folder anew: what is there was left by a killed run, or is not ours and refuses to go."""
        self.remove_sockets()
        try:
            self.sockets.mkdir(mode=0o700)
        except OSError as error:
            raise CannotStart(f"{self.sockets}: {error.strerror}; remove it or set TMPDIR") from None

    def remove_sockets(self) -> None:
        shutil.rmtree(self.sockets, ignore_errors=True)
