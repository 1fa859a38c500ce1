"""The commands of `./dev`."""

import sys
from collections.abc import Callable

from tools.manage import manage
from tools.processes import CannotStart, exit_on_signals
from tools.testing import test

Command = Callable[[list[str]], int]

COMMANDS: dict[str, tuple[Command, str]] = {
    "test": (test, "[pytest arguments]       the tests, on services of their own"),
    "manage": (manage, "COMMAND …              a Django command, on the services of `run`"),
}


def usage() -> str:
    lines = [f"  ./dev {name} {description}" for name, (_, description) in COMMANDS.items()]
    return "\n".join(["Usage:", *lines, "  ./dev help"])


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
