"""Restore a backup into an empty installation."""

import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from core.backups import contents, programs
from core.backups.contents import Contents
from core.backups.folder import Folder, unpack
from core.backups.privileges import reset_defaults
from core.backups.refusals import CannotRestore

COPY = re.compile(rb"COPY public\.(?P<table>\S+|\"[^\"]+\") \(.*\) FROM stdin;\n")


def restore(*, source: Path) -> dict[str, Any]:
    """Restore into the empty database and the empty folder of stored files; returns the manifest.

    Before anything is written: the files are those of the manifest, the dump holds as many rows as were counted when it
    was made (one made under row-level security does not), and the target is empty. Afterwards: every table's hash is
    the one of the manifest. Raises CannotRestore otherwise. The roles have to exist; provisioning makes them.
    """
    folder = Folder(source)
    manifest = folder.read_manifest()
    require_all_rows(folder, Contents(manifest["tables"]))
    require_empty_target()
    reset_defaults()
    options = ["--exit-on-error", "--single-transaction", "--no-comments", "--no-password"]
    programs.run("pg_restore", *options, f"--dbname={programs.environment()['PGDATABASE']}", folder.dump)
    unpack(folder.files, Path(settings.STORED_FILES))
    require_same_contents(Contents(manifest["tables"]))
    return manifest


def rows_in(dump: Path) -> Counter[str]:
    """The rows that a dump holds for each table, counted as they stream by: COPY writes one line for each."""
    rows: Counter[str] = Counter()
    table = ""
    command = [str(programs.program("pg_restore")), "--data-only", "--file=-", str(dump)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reading:
        for line in reading.stdout or ():
            start = COPY.fullmatch(line) if not table else None
            if start:
                table = start["table"].decode()
            elif line == b"\\.\n":
                table = ""
            elif table:
                rows[table] += 1
    if reading.returncode:
        raise CannotRestore("database.dump cannot be read by this version of pg_restore.")
    return rows


def require_all_rows(folder: Folder, expected: Contents) -> None:
    rows = rows_in(folder.dump)
    wrong = [name for name, figures in expected.tables.items() if rows[name] != figures["rows"]]
    if wrong:
        tables = ", ".join(wrong)
        raise CannotRestore(f"The dump lacks rows that were counted ({tables}): it was made under row-level security.")


def require_empty_target() -> None:
    tables = contents.table_names()
    if tables:
        raise CannotRestore(f"The database is not empty: it has {len(tables)} tables. Restore into a new one.")
    stored = Path(settings.STORED_FILES)
    if stored.exists() and any(stored.iterdir()):
        raise CannotRestore(f"{stored} is not empty. Restore beside an empty folder of stored files.")


def require_same_contents(expected: Contents) -> None:
    with transaction.atomic():
        differences = expected.differences(contents.read())
    if differences:
        raise CannotRestore("Restored, but NOT the same as what was backed up: " + "; ".join(differences))
