"""Writing the archive to disk: a CSV file for each table, the files, what everything means, and a list of all with
counts and hashes. Nothing is held whole in memory.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import User
from agencies.models import Agency
from home.archive import files
from home.archive.readme import readme
from home.archive.rows import PEOPLE, cells_of, columns_of, file_of, people_cells, rows_of, tables
from home.archive.tables import KEPT_BACK, LEFT_OUT

Tick = Callable[[int], None]


@dataclass
class Archive:
    """An archive in the making. `done` counts rows and files; `listed_…` become the manifest."""

    zipped: zipfile.ZipFile
    tick: Tick
    done: int = 0
    listed_tables: list[dict[str, Any]] = field(default_factory=list)
    listed_files: list[dict[str, Any]] = field(default_factory=list)

    def step(self) -> None:
        self.done += 1
        self.tick(self.done)

    def add_table(
        self, name: str, columns: Iterable[str], rows: Generator[list[str]], kept_back: dict[str, Any]
    ) -> None:
        """One table as CSV: UTF-8, a head, a row a line."""
        head, count = list(columns), 0
        with hashed(self.zipped, f"tables/{name}") as (write, digest):
            text = io.StringIO(newline="")
            writer = csv.writer(text)
            writer.writerow(head)
            with closing(rows):  # at once, also when it is stopped: its cursor must not outlive the transaction
                for row in rows:
                    writer.writerow(row)
                    count += 1
                    self.step()
                    if text.tell() > 65_536:
                        write(text.getvalue().encode())
                        text.seek(0)
                        text.truncate()
            write(text.getvalue().encode())
        told = {name: str(reason) for name, reason in kept_back.items()}
        self.listed_tables.append(
            {"file": f"tables/{name}", "rows": count, "sha256": digest.hexdigest(), "columns": head, "left_out": told}
        )

    def add_file(self, each: files.ArchivedFile) -> None:
        """One file as it lies there; of one that is lost its row says so."""
        told: dict[str, Any] = {"file": each.name, "table": each.table, "row": each.row}
        parts = files.parts_of(each.path)
        try:
            first = next(parts, b"")
        except FileNotFoundError:
            self.listed_files.append(told | {"missing": True})
            return
        size = 0
        with hashed(self.zipped, each.name) as (write, digest):
            for part in chained(first, parts):
                write(part)
                size += len(part)
        self.listed_files.append(told | {"bytes": size, "sha256": digest.hexdigest()})
        self.step()


def chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


@contextmanager
def hashed(zipped: zipfile.ZipFile, name: str) -> Iterator[tuple[Callable[[bytes], None], Any]]:
    """A member of the archive that is open for writing, and the hash of what is written."""
    digest = hashlib.sha256()
    with zipped.open(name, "w", force_zip64=True) as member:

        def write(part: bytes) -> None:
            digest.update(part)
            member.write(part)

        yield write, digest


def how_much(agency: Agency, actor: User) -> int:
    """How many rows and files an archive of now has."""
    rows: int = sum(rows_of(agency, actor, model).count() for model in tables())
    return rows + files.count()


def write_archive(agency: Agency, actor: User, path: Path, tick: Tick = lambda done: None) -> dict[str, int]:
    """Write everything that the agency in scope owns. How many tables, rows and files."""
    begun = timezone.now()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as zipped:
        made = Archive(zipped, tick)
        for model in tables():
            rows = cells_of(rows_of(agency, actor, model), model)
            made.add_table(file_of(model), columns_of(model), rows, KEPT_BACK.get(model._meta.label, {}))
        made.add_table("people.csv", PEOPLE, people_cells(agency), {})
        with closing(files.archived_files()) as found:
            for each in found:
                made.add_file(each)
        zipped.writestr("README.txt", readme(agency))
        zipped.writestr("manifest.json", manifest(agency, begun, made))
    rows_written = sum(table["rows"] for table in made.listed_tables)
    return {"tables": len(made.listed_tables), "rows": rows_written, "files": len(made.listed_files)}


def manifest(agency: Agency, begun: Any, made: Archive) -> str:
    """The list of everything, for programs."""
    told = {
        "agency": agency.slug,
        "begun": begun.isoformat(),
        "finished": timezone.now().isoformat(),
        "tables": made.listed_tables,
        "files": made.listed_files,
        "not_in_the_archive": {label: str(reason) for label, reason in LEFT_OUT.items()},
    }
    return json.dumps(told, ensure_ascii=False, indent=1)
