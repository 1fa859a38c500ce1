"""The folder of one backup: its three files, and the manifest that tells what is in the other two."""

import hashlib
import json
import os
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.backups.contents import Contents
from core.backups.refusals import CannotRestore

FORMAT = 1


@dataclass(frozen=True)
class Folder:
    """Where the files of one backup are."""

    path: Path

    @property
    def dump(self) -> Path:
        return self.path / "database.dump"

    @property
    def files(self) -> Path:
        return self.path / "files.tar"

    @property
    def manifest(self) -> Path:
        return self.path / "manifest.json"

    def write_manifest(self, *, made_at: str, contents: Contents, files: int) -> None:
        """Tell what the backup holds; `files` is the number of stored files."""
        manifest = {
            "format": FORMAT,
            "made_at": made_at,
            "sha256": {path.name: digest(path) for path in (self.dump, self.files)},
            "tables": contents.tables,
            "files": files,
        }
        self.manifest.write_text(json.dumps(manifest, indent=1, sort_keys=True))

    def read_manifest(self) -> dict[str, Any]:
        """The manifest; raises CannotRestore unless the folder is a whole, unchanged backup."""
        try:
            found: dict[str, Any] = json.loads(self.manifest.read_text())
        except FileNotFoundError:
            raise CannotRestore(f"{self.path} holds no manifest.json: it is no finished backup.") from None
        except ValueError:
            raise CannotRestore("manifest.json cannot be read.") from None
        if found.get("format") != FORMAT:
            raise CannotRestore(f"The backup has format {found.get('format')}; this version reads format {FORMAT}.")
        for path in (self.dump, self.files):
            if not path.exists() or digest(path) != found["sha256"][path.name]:
                raise CannotRestore(f"{path.name} is not what the manifest says: the backup is damaged.")
        return found


def digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def pack(source: Path, target: Path) -> int:
    """Put the stored files into a tar archive; returns their number. A missing folder is an empty one."""
    paths = sorted(path for path in source.rglob("*") if path.is_file() and not path.is_symlink())
    with tarfile.open(target, "w") as archive:
        for path in paths:
            archive.add(path, arcname=str(path.relative_to(source)))
    return len(paths)


def unpack(source: Path, target: Path) -> None:
    """Take the stored files out, as they are in `pack`: plain files below the folder. Raises CannotRestore before
    anything is written when the archive holds something else, such as a link or a name that leads out of the folder.
    """
    target.mkdir(parents=True, exist_ok=True)
    inside = target.resolve()
    with tarfile.open(source) as archive:
        members = archive.getmembers()
        for each in members:
            if not (each.isfile() and (inside / each.name).resolve().is_relative_to(inside)):
                raise CannotRestore(f"{source.name} holds {each.name}, which is no stored file.")
        for each in members:
            take_out(archive, each, inside / each.name)


def take_out(archive: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> None:
    """Write one file, with the day of its last change and with the rights that new files have."""
    content = archive.extractfile(member)
    path.parent.mkdir(parents=True, exist_ok=True)
    if content is not None:
        with content, path.open("wb") as written:
            shutil.copyfileobj(content, written)
        os.utime(path, (member.mtime, member.mtime))
