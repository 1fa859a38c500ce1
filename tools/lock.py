"""The hashed locks: `./dev lock` compiles them, `check` tells when a list of wishes changed and its lock did not.

One lock serves every platform and Python from 3.11 on, for pip and uv alike, and names no package index.
"""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

from tools.places import ROOT

LOCKS = {"requirements.txt": ("requirements.in",), "requirements-dev.txt": ("requirements.in", "requirements-dev.in")}
OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate")
SIGNATURE = re.compile(r"# compiled from (?P<sources>.+), sha256 (?P<digest>[0-9a-f]{64})\n")


def signature(root: Path, sources: tuple[str, ...]) -> str:
    """The first line of a lock: the digest of the files that it was compiled from."""
    digest = hashlib.sha256(b"".join((root / name).read_bytes() for name in sources)).hexdigest()
    return f"# compiled from {' and '.join(sources)}, sha256 {digest}\n"


def check(root: Path = ROOT) -> str:
    """Name each lock that does not belong to its sources as they are; empty when all do."""
    stale = [
        name for name, sources in LOCKS.items() if not (root / name).read_text().startswith(signature(root, sources))
    ]
    return f"{', '.join(stale)} out of date: run ./dev lock" if stale else ""


def lock(arguments: list[str]) -> int:
    """Compile both locks. Pins stay as they are unless a wish changed; `--upgrade` renews all, `-P NAME` one."""
    uv = str(Path(sys.executable).parent / "uv")
    for name, sources in LOCKS.items():
        constraint = [] if name == "requirements.txt" else ["-c", "requirements.txt"]
        command = [uv, "pip", "compile", "--quiet", *OPTIONS, *constraint]
        code = subprocess.run([*command, *arguments, sources[-1], "-o", name], cwd=ROOT).returncode
        if code:
            return code
        sign(ROOT / name, signature(ROOT, sources))
    return 0


def sign(path: Path, line: str) -> None:
    pins = SIGNATURE.sub("", path.read_text())
    path.write_text(line + pins)
