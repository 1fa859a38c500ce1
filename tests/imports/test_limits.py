"""One limit for the size of imported files, said everywhere alike."""

from io import BytesIO
from pathlib import Path

import pytest

from accounts.models import User
from agencies.models import Agency
from imports.forms import UploadForm
from imports.operations.receive import FileTooLarge, receive_file
from imports.reading.child import Limits
from imports.reading.limits import MAX_BYTES
from jobs.models import StoredFile

MEGABYTES = f"{MAX_BYTES // 1024**2} MB"


def test_the_limit_is_said_from_its_number() -> None:
    assert MEGABYTES == "64 MB"
    assert MEGABYTES in FileTooLarge.message
    assert MEGABYTES in str(UploadForm().fields["file"].help_text)


@pytest.mark.parametrize("kind", ["bytes", "path", "stream"])
def test_an_oversize_file_is_refused_before_it_is_kept(
    kind: str, inside: Agency, alice: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imports.operations.receive.MAX_BYTES", 10)
    path = tmp_path / "file"
    path.write_bytes(b"x" * 11)
    kinds: dict[str, bytes | Path | BytesIO] = {"bytes": b"x" * 11, "path": path, "stream": BytesIO(b"x" * 11)}
    with pytest.raises(FileTooLarge):
        receive_file(agency=inside, actor=alice, name="gifts.csv", content=kinds[kind], check=False)
    assert StoredFile.objects.count() == 0
    receive_file(agency=inside, actor=alice, name="gifts.csv", content=b"x" * 10, check=False)
    assert StoredFile.objects.count() == 1


def test_a_reader_may_use_half_a_gigabyte() -> None:
    assert Limits().memory == 512 * 1024**2
