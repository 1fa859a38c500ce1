"""`./dev test [pytest arguments]`: the services, then pytest."""

import os
import re
import sys

from tools import debian
from tools.places import ROOT
from tools.processes import run_in_foreground
from tools.stack import SERVICES, services
from tools.terminal import CannotStart, say

NO_TESTS = 5  # pytest's exit code when it collected nothing that it may run
CHOOSES_WORKERS = ("-n", "--numprocesses", "--pdb", "--trace", "--co", "-h", "--help", "--version", "--fixtures")


def value_of(option: str, arguments: list[str]) -> str:
    """The last value of a pytest option given as `-m x`, `-mx` or `-m=x`; empty when it is not given."""
    value = ""
    for here, after in zip(arguments, [*arguments[1:], ""], strict=False):
        if here == option:
            value = after
        elif here.startswith(option) and not here.startswith("--"):
            value = here.removeprefix(option).removeprefix("=")
    return value


def wants_services(arguments: list[str]) -> bool:
    """Whether the caller asks for the tests that need real servers."""
    return re.search(r"(?<!not )\bservices\b", value_of("-m", arguments)) is not None


def workers(arguments: list[str]) -> list[str]:
    """Two processes by default; none for a single test, whose output is wanted as it comes."""
    if any(argument.startswith(CHOOSES_WORKERS) for argument in arguments):
        return []
    if any("::" in argument for argument in arguments):
        return ["-n0"]
    return ["-n2"]


def without_browser(arguments: list[str]) -> list[str]:
    say("no Chromium: the browser tests are NOT run")
    expression = value_of("-m", arguments) or "not services"
    return ["-m", f"({expression}) and not browser"]


def test(arguments: list[str]) -> int:
    """Run pytest with the services up and return its exit code."""
    if wants_services(arguments) and not all(os.environ.get(name) for name in SERVICES):
        raise CannotStart("-m services needs real servers: set DATABASE_URL and REDIS_URL (as .ci/run does)")
    debian.require_pdf_libraries()
    chromium = debian.require_chromium()
    extra = [] if chromium else without_browser(arguments)
    with services("test", durable=False) as stack:
        stack.provision()
        env = {**stack.env, "CHROMIUM": chromium or ""}
        env.pop("DJANGO_SETTINGS_MODULE", None)  # pyproject.toml names the settings; the environment would win over it
        code = run_in_foreground(
            [sys.executable, "-m", "pytest", *workers(arguments), *arguments, *extra], env=env, cwd=ROOT
        )
    if extra:
        say("no Chromium: the browser tests were NOT run")
    if code == NO_TESTS:
        say("pytest found no test to run")
    return code
