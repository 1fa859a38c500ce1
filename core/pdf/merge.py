"""Many PDFs into one file: merged with a bookmark each for printing, or zipped one by one for sending."""

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from core.pdf.stream import PdfStream

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip can hold: the same documents give the same file."""


@dataclass(frozen=True, slots=True)
class Part:
    """One document: its name in the bookmarks (merged) or its file name (zipped), and its bytes."""

    name: str
    pdf: bytes


def merge_pdfs(parts: Iterable[Part], path: Path, *, title: str, lang: str) -> int:
    """Write one PDF with all pages in order and a bookmark per part; return the number of pages.

    Parts are taken one at a time and written at once, so memory holds one document however many there are. The merged
    file is for the printer: the tag trees are left out, and what goes to a partner is always the single document.
    """
    with path.open("wb") as file:
        merged = PdfStream(file)
        for part in parts:
            merged.append(PdfReader(BytesIO(part.pdf)), bookmark=part.name)
        merged.finish(title=title, lang=lang)
    return len(merged.pages)


def zip_pdfs(parts: Iterable[Part], path: Path) -> int:
    """Write a zip with one file per part, each as it arrives, so memory holds one document; return their number.

    Names are plain file names; two of one name, or a path in a name, raise ValueError. PDFs are packed already: stored.
    """
    names: set[str] = set()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for part in parts:
            if part.name in names or not _FILE_NAME.fullmatch(part.name):
                raise ValueError(f"{part.name!r} is there twice, or is no plain file name.")
            names.add(part.name)
            entry = zipfile.ZipInfo(part.name, ZIP_DATE)
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, part.pdf)
    return len(names)
