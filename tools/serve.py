"""`./dev run`: services, schema, demo data, then web, worker and beat until one of them ends or Ctrl-C."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools import debian, workers
from tools.places import ROOT
from tools.processes import Argument, Child
from tools.stack import DEVELOPMENT, Stack, services
from tools.terminal import CannotStart, say

BINARIES = Path(sys.executable).parent
READY_SECONDS = 60.0
NEWEST = "newest.txt"  # as `delivery.kept_mail` calls it
GRACE_SECONDS = 30  # what a request or a job in progress gets to finish; trust rule T16


def port() -> int:
    """The port of the page, from `PORT`; raises CannotStart when it is no number or taken."""
    value = os.environ.get("PORT") or "8000"
    if not value.isdigit():
        raise CannotStart(f"PORT={value} is not a number")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(value)))
        except (OSError, OverflowError):
            raise CannotStart(f"port {value} cannot be used; choose another: PORT=8001 ./dev run") from None
    return int(value)


def start_worker(stack: Stack, name: str, options: list[str]) -> Child:
    command: list[Argument] = [BINARIES / "celery", "--quiet", "-A", "config", "worker", "-l", "warning", *options]
    # An orphan worker stops at once: there is no broker to finish a warm stop with, and leases recover its work.
    return stack.supervisor.spawn(
        name,
        command,
        orphan_signal=signal.SIGQUIT,
        grace=GRACE_SECONDS + 5,
        env={**stack.role("worker"), "PYTHONWARNINGS": "ignore:You're running the worker with superuser"},
        cwd=ROOT,
    )


def start_beat(stack: Stack) -> Child:
    schedule = ["--schedule", str(stack.state.path / "beat-schedule")]
    command: list[Argument] = [BINARIES / "celery", "--quiet", "-A", "config", "beat", "-l", "warning", *schedule]
    return stack.supervisor.spawn("beat", command, env=stack.role("worker"), cwd=ROOT)


def start_web(stack: Stack, number: int) -> Child:
    options = ["--workers", "2", "--threads", "4", "--graceful-timeout", str(GRACE_SECONDS), "--log-level", "warning"]
    address = ["--bind", f"127.0.0.1:{number}", "--no-control-socket"]
    command: list[Argument] = [BINARIES / "gunicorn", *address, *options, "config.wsgi"]
    return stack.supervisor.spawn("the web server", command, grace=GRACE_SECONDS + 5, env=stack.role("web"), cwd=ROOT)


def wait_until_served(web: Child, number: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while web.is_alive and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{number}/healthz", timeout=5).close()
            return
        except urllib.error.HTTPError as error:
            raise CannotStart(f"the web server answers {error.code} on /healthz; see above") from None
        except OSError:
            time.sleep(0.1)
    raise CannotStart("the web server did not start; see above")


def print_sign_ins(stack: Stack) -> None:
    """The demo's own list; an installation without the demo has none and prints nothing."""
    command = [sys.executable, "manage.py", "demo", "--sign-ins"]
    answer = subprocess.run(command, cwd=ROOT, env=stack.role("worker"), stdout=subprocess.PIPE, text=True)
    if answer.stdout.strip():
        print(answer.stdout.rstrip(), flush=True)


def print_mail_folder(stack: Stack) -> None:
    """Where the links of invitations and forgotten passwords are, for nobody gets a mail. Development settings only."""
    folder = stack.env.get("KEPT_MAIL")
    if folder and stack.env["DJANGO_SETTINGS_MODULE"] == DEVELOPMENT and not stack.env.get("DELIVERY_BACKEND"):
        print(f"\nMail with personal links (invitations, passwords): {Path(folder) / NEWEST}", flush=True)


def run(arguments: list[str]) -> int:
    """Serve until Ctrl-C (exit 0) or until a process ends by itself (exit 1); `--no-demo` adds no demo data."""
    if set(arguments) - {"--no-demo"}:
        raise CannotStart("the only argument is --no-demo; the port comes from PORT")
    begun = time.monotonic()
    debian.require_pdf_libraries()
    with services("run") as stack:
        number = port()
        stack.name_site()
        stack.provision()
        stack.migrate()
        if "--no-demo" not in arguments:
            say("filling the demo, unless an agency is there")
            stack.call("manage.py", "demo", "--if-empty", "-v0", role="worker")
        stack.announce()
        say("starting the workers and the web server")
        start_worker(stack, "the worker", workers.LONG)
        start_worker(stack, "the mail worker", workers.SHORT)
        start_beat(stack)
        web = start_web(stack, number)
        wait_until_served(web, number)
        print_sign_ins(stack)
        print_mail_folder(stack)
        # By name, not by number: passkeys refuse an IP address.
        print(f"\nhttp://localhost:{number}", flush=True)
        say(f"ready after {time.monotonic() - begun:.0f} s; Ctrl-C stops everything")
        return watch(stack)


def watch(stack: Stack) -> int:
    try:
        dead = stack.supervisor.wait_for_first_death()
    except KeyboardInterrupt:
        say("stopping")
        return 0
    say(f"{dead.name} ended by itself (exit {dead.process.returncode}); stopping the rest")
    return 1
