"""How much is read before a file is refused. Checked before and while parsing, never after."""

from pathlib import Path

from imports.reading.findings import FileRefused

MAX_BYTES = 64 * 1024 * 1024
"""Three years of a large agency are 10 MB; compressed files are refused, so this bounds the unpacked size too."""
MAX_MEGABYTES = MAX_BYTES // 1024**2
"""The same as people read it."""
MAX_ROWS = 500_000
MAX_FINDINGS = 2 * MAX_ROWS
"""So much is said of one file before it is refused: nobody reads more, and every finding is a row that is kept."""
MAX_COLUMNS = 500
MAX_CELL = 100_000
"""Characters of one cell."""
MAX_QUOTED = 8_000_000
"""Characters after which a quoted cell that does not end is given up, so that an open quote costs little memory."""


def read_limited(path: Path, *, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a file of at most `limit` bytes. Raises FileRefused too_large without reading more."""
    with path.open("rb") as file:
        data = file.read(limit + 1)
    refuse_oversize(data, limit=limit)
    return data


def refuse_oversize(data: bytes, *, limit: int = MAX_BYTES) -> None:
    """Raise FileRefused too_large when there are more than `limit` bytes."""
    if len(data) > limit:
        raise FileRefused("too_large", f"The file is larger than {limit:,} bytes. Split it into smaller files.")
