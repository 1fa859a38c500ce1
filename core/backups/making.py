"""Make a backup."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from core.backups import contents, programs
from core.backups.contents import Contents
from core.backups.folder import Folder, pack
from core.backups.refusals import CannotBackUp

SEES_EVERYTHING = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
# Row security that would hide a row from the count raises instead.
ONE_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL row_security = off"


def make(*, place: Path) -> Path:
    """Write a backup into a new folder below `place` and return it.

    Raises CannotBackUp for a role under row-level security: pg_dump would leave out the rows in silence and exit 0. The
    folder gets its name only when everything in it is written, and only its owner may read it.
    """
    made_at = datetime.now(UTC)
    target = place / f"yokefellow-{made_at:%Y%m%dT%H%M%SZ}"
    unfinished = Folder(target.with_name(target.name + ".unfinished"))
    mask = os.umask(0o077)
    try:
        unfinished.path.mkdir(parents=True)
        found = dump(unfinished)
        files = pack(Path(settings.STORED_FILES), unfinished.files)
        unfinished.write_manifest(made_at=made_at.isoformat(timespec="seconds"), contents=found, files=files)
        unfinished.path.rename(target)
    except BaseException:
        shutil.rmtree(unfinished.path, ignore_errors=True)
        raise
    finally:
        os.umask(mask)
    return target


def dump(folder: Folder) -> Contents:
    """Dump the database and count it in the very snapshot that was dumped; returns the count."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ONE_SNAPSHOT)
        cursor.execute(SEES_EVERYTHING)
        if cursor.fetchone() != (True,):
            raise CannotBackUp("This role is under row-level security: its dump would be empty. Use the backup role.")
        cursor.execute("SELECT pg_export_snapshot()")
        (snapshot,) = cursor.fetchone()
        options = ["--format=custom", "--no-password", f"--snapshot={snapshot}", f"--file={folder.dump}"]
        programs.run("pg_dump", *options)
        return contents.read()
