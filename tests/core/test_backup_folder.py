"""The stored files of a backup come back as they were, and nothing else does."""

import io
import os
import tarfile
from pathlib import Path

import pytest

from core.backups.folder import pack, unpack
from core.backups.refusals import CannotRestore


def test_files_come_back_with_their_days(tmp_path: Path) -> None:
    kept, back = tmp_path / "kept" / "a" / "b.txt", tmp_path / "back"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"one")
    os.utime(kept, (1_000_000, 1_000_000))
    assert pack(tmp_path / "kept", tmp_path / "files.tar") == 1
    unpack(tmp_path / "files.tar", back)
    found = back / "a" / "b.txt"
    assert (found.read_bytes(), found.stat().st_mtime) == (b"one", 1_000_000)


def link(name: str) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.linkname = tarfile.SYMTYPE, "/etc"
    return made


@pytest.mark.parametrize("bad", [tarfile.TarInfo("../out.txt"), tarfile.TarInfo("/out.txt"), link("in.txt")])
def test_what_is_no_stored_file_is_refused_before_anything_is_written(tmp_path: Path, bad: tarfile.TarInfo) -> None:
    with tarfile.open(tmp_path / "files.tar", "w") as archive:
        for each in (tarfile.TarInfo("good.txt"), bad):
            archive.addfile(each, io.BytesIO(b""))
    with pytest.raises(CannotRestore, match="no stored file"):
        unpack(tmp_path / "files.tar", tmp_path / "back")
    assert [path.name for path in sorted(tmp_path.rglob("*"))] == ["back", "files.tar"]
