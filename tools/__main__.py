"""The commands of `./dev`."""

import sys
from collections.abc import Callable

from tools.gate import STEPS, check, fmt
from tools.lock import lock
from tools.manage import bench, manage, provision
from tools.processes import exit_on_signals
from tools.serve import run
from tools.terminal import CannotStart
from tools.testing import test

Command = Callable[[list[str]], int]

COMMANDS: dict[str, tuple[Command, str, str]] = {
    "run": (run, "[--no-demo]", "the product with demo data on http://localhost:8000 (PORT=… for another)"),
    "test": (test, "[PYTEST ARGUMENTS]", "the tests, on services of their own"),
    "check": (check, "[STEP …]", f"the static gate: {', '.join(STEPS)}"),
    "fmt": (fmt, "", "format Python and templates in place"),
    "manage": (manage, "COMMAND …", "a Django command, on the services of run"),
    "bench": (bench, "[NAME …] [OPTIONS]", "the benchmarks, on services of their own"),
    "provision": (provision, "", "make the database roles that DATABASE_URL may make (or those of run)"),
    "lock": (lock, "[--upgrade]", "compile requirements*.in into the hashed locks"),
}


def usage() -> str:
    lines = [f"  ./dev {f'{name} {arguments}':<27} {what}" for name, (_, arguments, what) in COMMANDS.items()]
    return "\n".join(["Usage:", *lines, f"  ./dev {'help':<27} this list"])


def main(arguments: list[str]) -> int:
    name, rest = (arguments or ["help"])[0], arguments[1:]
    if name in ("help", "-h", "--help"):
        print(usage())
        return 0
    if name not in COMMANDS:
        print(f"./dev has no command {name!r}.\n{usage()}", file=sys.stderr)
        return 2
    exit_on_signals()
    try:
        return COMMANDS[name][0](rest)
    except CannotStart as reason:
        print(f"./dev {name}: {reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
