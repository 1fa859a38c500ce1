"""What is wrong with the fonts of a PDF, and the words that a reader program finds in it."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject

from core.pdf.engine import FONTS

FAMILY_NAME, TYPOGRAPHIC_FAMILY_NAME = 1, 16


def opened(pdf: bytes) -> Any:
    """Return the PDF as pypdf reads it. What is in a PDF has no types, so nothing is claimed of it."""
    return PdfReader(BytesIO(pdf))


def pdf_text(pdf: bytes) -> str:
    """Return the words of all pages, blanks of every kind made one space."""
    pages = opened(pdf).pages
    return re.sub(r"[\s\u00a0]+", " ", " ".join(page.extract_text() for page in pages))


def font_faults(pdf: bytes) -> set[str]:
    """Name each font that is not a bundled one or not embedded, and each font that shows an empty box (.notdef)."""
    faults: set[str] = set()
    for page in opened(pdf).pages:
        fonts = page["/Resources"].get_object().get("/Font", DictionaryObject()).get_object()
        for key, reference in fonts.items():
            faults |= set(_faults_of_font(reference.get_object(), _shown_codes(page, key)))
    return faults


def _faults_of_font(font: Any, shown: set[int]) -> Iterator[str]:
    name = str(font["/BaseFont"]).rpartition("+")[2].lstrip("/")
    if not any(name.startswith(family) for family in bundled_families()):
        yield f"unlisted font {name}"
    descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    if not {"/FontFile2", "/FontFile3"} & descriptor.keys():
        yield f"not embedded {name}"
    if any(_glyph(font, code) == 0 for code in shown):
        yield f".notdef in {name}"


def _glyph(font: Any, code: int) -> int:
    """Return the glyph behind a code; WeasyPrint maps codes of missing letters to glyph 0 in an encoding of its own."""
    encoding = font["/Encoding"]
    if encoding == "/Identity-H":
        return code
    pairs = re.findall(rb"<([0-9a-f]{4})> (\d+)", encoding.get_object().get_data())
    return {int(key, 16): int(glyph) for key, glyph in pairs}.get(code, 0)


def _shown_codes(page: Any, key: str) -> set[int]:
    """Return the two-byte codes that a page shows in one font."""
    codes: set[int] = set()
    current: Any = None
    for operands, operator in ContentStream(page["/Contents"].get_object(), page.pdf).operations:
        if operator == b"Tf":
            current = operands[0]
        elif operator in {b"Tj", b"TJ"} and current == key:
            parts = operands[0] if operator == b"TJ" else operands
            for text in (part for part in parts if hasattr(part, "original_bytes")):
                raw = text.original_bytes
                codes |= {int.from_bytes(raw[place : place + 2]) for place in range(0, len(raw), 2)}
    return codes


@cache
def bundled_families() -> frozenset[str]:
    """Return the family names of the bundled font files, as PDFs write them."""
    names: set[str] = set()
    for path in FONTS.glob("*.?tf"):
        with TTFont(path, lazy=True) as font:
            table: Any = font["name"]
            names |= {str(table.getDebugName(key)) for key in (FAMILY_NAME, TYPOGRAPHIC_FAMILY_NAME)} - {"None"}
    return frozenset(name.replace(" ", "-") for name in names)
