"""A database of its own per scale, made by the owner, filled once, kept until its schema or its contents change."""

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
SHAPED_BY = (
    "*/migrations/*.py",
    "*/sql.py",
    "*/policies.py",
    "*/protect.py",
    "*/lookups.py",
    "benchmarks/fill*.py",
    "benchmarks/scales.py",
)


def fingerprint() -> str:
    """The hash of everything that shapes the schema and the rows."""
    found = hashlib.sha256()
    for path in sorted(path for name in SHAPED_BY for path in ROOT.glob(name)):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def address(provisioning_url: str, scale: str) -> str:
    """The provisioning address of the database of a scale."""
    before, _, rest = provisioning_url.rpartition("/")
    _, mark, query = rest.partition("?")
    return f"{before}/yokefellow_bench_{scale}{mark}{query}"


def ready(url: str) -> bool:
    """Whether the database is there, whole, and made from what stands in the files now."""
    server = connect(url, "postgres")
    with contextlib.closing(server):
        found = ask(
            server,
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            database_name(url),
        )
    return found == fingerprint()


def make(url: str, fill: Callable[[str], None]) -> None:
    """Make the database anew: roles, schema, rows. The mark that it is whole comes last."""
    name = database_name(url)
    server = connect(url, "postgres")
    with contextlib.closing(server):
        run(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
    provision(url, name)
    env = {**os.environ, "DATABASE_URL": url, "DB_ROLE": "owner"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
    fill(url)
    server = connect(url, "postgres")
    with contextlib.closing(server):
        run(server, f"COMMENT ON DATABASE {{}} IS '{fingerprint()}'", name)


def use(url: str) -> None:
    """Let Django, and what is started from here, connect to this database as the web role; set Django up."""
    import django

    os.environ.update(DATABASE_URL=url, WEB_DATABASE_URL=role_url(url, "web"), DB_ROLE="web")
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    django.setup()
