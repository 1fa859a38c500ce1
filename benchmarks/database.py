"""A database of its own per scale, made by the owner, filled once, kept until what it is filled with changes."""

import contextlib
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from config.provision import ask, connect, database_name, provision, run
from core.roles import role_url

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = ("*/migrations/*.py", "*/sql.py", "*/policies.py", "*/protect.py", "*/lookups.py")
ROWS = ("benchmarks/fill*.py", "benchmarks/scales.py")


def digest(names: tuple[str, ...]) -> str:
    """The hash of the files of these names."""
    found = hashlib.sha256()
    for path in sorted(path for name in names for path in ROOT.glob(name)):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def mark() -> str:
    """What a database is made from: its rows, then its schema."""
    return f"{digest(ROWS)} {digest(SCHEMA)}"


def address(provisioning_url: str, scale: str) -> str:
    """The provisioning address of the database of a scale."""
    before, _, rest = provisioning_url.rpartition("/")
    _, mark, query = rest.partition("?")
    return f"{before}/yokefellow_bench_{scale}{mark}{query}"


def marked(url: str) -> str:
    """What the database says it was made from; empty where it is missing or half made."""
    server = connect(url, "postgres")
    with contextlib.closing(server):
        found = ask(
            server,
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            database_name(url),
        )
    return str(found or "")


def keep(url: str) -> bool:
    """Whether the database is there, whole, with the rows that the files say now. Where only migrations came since,
    they are applied: the longest part of a benchmark is to fill.
    """
    found, wanted = marked(url), mark()
    if found.partition(" ")[0] != digest(ROWS):
        return False
    if found != wanted:
        migrate(url)
        write_mark(url, wanted)
    return True


def make(url: str, fill: Callable[[str], None]) -> None:
    """Make the database anew: roles, schema, rows. The mark that it is whole comes last."""
    name, made_from = database_name(url), mark()
    server = connect(url, "postgres")
    with contextlib.closing(server):
        run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    provision(url, name)
    migrate(url)
    fill(url)
    write_mark(url, made_from)


def migrate(url: str) -> None:
    """Apply what migrations are not applied yet, as the owner."""
    env = {**os.environ, "DATABASE_URL": url, "DB_ROLE": "owner"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)


def write_mark(url: str, made_from: str) -> None:
    """Say that the database is whole, and what it was made from."""
    server = connect(url, "postgres")
    with contextlib.closing(server):
        run(server, f"COMMENT ON DATABASE {{}} IS '{made_from}'", database_name(url))


def use(url: str) -> None:
    """Let Django, and what is started from here, connect to this database as the web role; set Django up."""
    import django

    os.environ.update(DATABASE_URL=url, WEB_DATABASE_URL=role_url(url, "web"), DB_ROLE="web")
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
