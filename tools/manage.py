"""Single commands on the services: `./dev manage COMMAND …`, `./dev bench …`, `./dev provision`."""

import hashlib
import os
import sys
from pathlib import Path

from tools import debian
from tools.places import ROOT
from tools.processes import run_in_foreground
from tools.stack import Stack, services, shared_services
from tools.terminal import CannotStart

# These show, make or fill the schema themselves; a migration before them would take their work away.
LEAVES_SCHEMA = frozenset(
    {"help", "check", "migrate", "makemigrations", "showmigrations", "sqlmigrate", "squashmigrations", "restore"}
)


def migrations_digest() -> str:
    """A hash over the migrations of all apps: the same as at the last migration means that there is nothing to do."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def prepare(stack: Stack, command: str = "") -> None:
    """Provision and migrate our own cluster, so that commands work in a fresh checkout; a given one stays as it is."""
    if not stack.owns_database:
        return
    stamp = stack.state.path / "migrated"
    digest = migrations_digest()
    if stamp.exists() and stamp.read_text() == digest:
        return
    stack.provision()
    if command not in LEAVES_SCHEMA:
        stack.migrate()
        stamp.write_text(digest)


def manage(arguments: list[str]) -> int:
    """Run `manage.py` in the folder from which ./dev was called, so that relative paths mean what they say."""
    debian.require_pdf_libraries()
    with shared_services("run") as stack:
        stack.name_site()
        prepare(stack, (arguments or ["help"])[0])
        stack.announce()
        called_from = Path(os.environ.get("CALLED_FROM") or ROOT)
        return run_in_foreground([sys.executable, ROOT / "manage.py", *arguments], env=stack.env, cwd=called_from)


def bench(arguments: list[str]) -> int:
    """Run the benchmarks on a durable cluster of their own: figures without fsync would be no figures."""
    debian.require_pdf_libraries()
    with services("bench") as stack:  # they make and migrate a database of their own
        return run_in_foreground([sys.executable, "-m", "benchmarks", *arguments], env=stack.env, cwd=ROOT)


def provision(arguments: list[str]) -> int:
    """Make the roles and grants in the database of DATABASE_URL, else in that of `run`. Safe to repeat."""
    if arguments:
        raise CannotStart("provision takes no arguments; it reads DATABASE_URL")
    with shared_services("run") as stack:
        stack.provision()
    return 0
