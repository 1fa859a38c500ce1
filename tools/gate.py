"""`./dev check [STEP …]`: the static gate, without services or network. Every step runs, also after a failure."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools import lock, migrations
from tools.places import ROOT
from tools.terminal import CannotStart

BINARIES = Path(sys.executable).parent
DUMMIES = {
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1",
    "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history",
}
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz-only-for-this-check-ABCDEFGH",
    "SECOND_FACTOR_KEYS": "0123456789abcdefghijklmnopqrstuvwxyz-only-for-this-check-ABCDEFGH",
    "ALLOWED_HOSTS": "yokefellow.example",
}
YAML_STYLE = "{extends: default, rules: {line-length: {max: 120}}}"
TEST = {"DJANGO_SETTINGS_MODULE": "config.settings.test"}

Step = Callable[[], str]
"""Returns what is wrong, in the words of the tool that found it; an empty string is a pass."""


def command(program: str | Path, *arguments: str, **env: str) -> Step:
    """A step that runs a program of the environment, which must exit 0."""

    def run() -> str:
        answer = subprocess.run(
            [BINARIES / program, *arguments],
            cwd=ROOT,
            env={**os.environ, **DUMMIES, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return "" if answer.returncode == 0 else answer.stdout or f"exit {answer.returncode}"

    return run


STEPS: dict[str, Step] = {
    "mypy": command("mypy", **TEST),  # first: it takes longest, and the others pass beside it
    "ruff": command("ruff", "check", "--quiet", "--output-format", "concise", "."),
    "format": command("ruff", "format", "--check", "--quiet", "--output-format", "concise", "."),
    "templates": command("djlint", "--check", "templates"),
    "imports": command("lint-imports", "--no-logo"),
    "models": command("python", "manage.py", "makemigrations", "--check", "--dry-run", **TEST),
    "migrations": migrations.check,
    "deploy": command("python", "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION),
    "lock": lock.check,
    "yaml": command("yamllint", "--strict", "-d", YAML_STYLE, "docker-compose.yml"),
    "dockerfile": command("hadolint", "--failure-threshold", "style", "Dockerfile"),
    "shell": command("shellcheck", "dev", ".ci/run"),
}


@dataclass(frozen=True)
class Verdict:
    """What one step found and how many seconds it took."""

    name: str
    complaint: str
    seconds: float

    def __str__(self) -> str:
        line = f"{'FAIL' if self.complaint else 'ok':4} {self.name:<11} {self.seconds:5.1f} s"
        return f"{line}\n{self.complaint.rstrip()}\n" if self.complaint else line


def judge(name: str) -> Verdict:
    begun = time.monotonic()
    try:
        complaint = STEPS[name]()
    except (OSError, SyntaxError) as error:  # a missing file or program fails its own step, not the ones after it
        complaint = str(error)
    return Verdict(name, complaint, time.monotonic() - begun)


def verdicts(names: list[str]) -> Iterator[Verdict]:
    """Two steps at a time, told in the order of the names."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield from pool.map(judge, names)


def check(arguments: list[str]) -> int:
    """Run the named steps, or all; exit 1 when any of them found something."""
    unknown = [name for name in arguments if name not in STEPS]
    if unknown:
        raise CannotStart(f"no step {', '.join(unknown)}; there are {', '.join(STEPS)}")
    failed = []
    for verdict in verdicts(arguments or list(STEPS)):
        print(verdict, flush=True)
        if verdict.complaint:
            failed.append(verdict.name)
    print(f"check: failed in {', '.join(failed)}" if failed else "check: clean", flush=True)
    return 1 if failed else 0


def fmt(arguments: list[str]) -> int:
    """Format Python and templates in place, and apply the safe fixes."""
    if arguments:
        raise CannotStart("fmt takes no arguments")
    for step in (
        command("ruff", "check", "--fix-only", "--quiet", "."),
        command("ruff", "format", "--quiet", "."),
        command("djlint", "--reformat", "--warn", "--quiet", "templates"),
    ):
        print(step(), end="")
    return 0
