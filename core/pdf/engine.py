"""Django templates to tagged PDF with WeasyPrint: bundled fonts only, no network, no files, same input same bytes."""

import atexit
import gc
import hashlib
import logging
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import get_template, render_to_string

from core.colors import is_color
from core.pdf.direction import direction_of
from core.pdf.errors import DocumentTooLarge
from core.pdf.limits import Limits, watched

FONTS = Path(__file__).parent / "fonts"
BASE_STYLESHEET = "pdf/document.css"
DEFAULT_LIMITS = Limits()

logger = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()
"""Pango's font map, which all documents of a process share, is not safe for threads."""


@dataclass(frozen=True, slots=True)
class Head:
    """What `pdf/document.html` writes into the head: it becomes the metadata of the PDF."""

    lang: str
    title: str
    author: str
    created: str

    @property
    def direction(self) -> str:
        """Return `rtl` or `ltr`, by the language."""
        return direction_of(self.lang)


def render(
    template: str,
    context: Mapping[str, object],
    *,
    lang: str,
    title: str,
    created: datetime,
    author: str = "",
    stylesheets: tuple[str, ...] = (),
    accent: str = "",
    limits: Limits = DEFAULT_LIMITS,
) -> bytes:
    """Return the PDF (PDF/UA-1, tagged, language and title set) of a template that extends `pdf/document.html`.

    `lang` is the BCP 47 tag of the document's words; `title` and `author` go into the metadata, so they follow the same
    masking as the page; `created` (aware) is the only date in the file: the same content and date give the same bytes,
    whichever process makes them. `stylesheets` are template names, parsed once per process. `accent` ("#" and six hex
    digits) takes the place of the product's color, and is no part of the template, so that words cannot become style.
    Only `data:` addresses are ever opened; anything else is left out and logged.
    Raises DocumentTooLarge, and ValueError for an accent that is no color.
    """
    if accent and not is_color(accent):
        raise ValueError(f"{accent!r} is no color")
    stamp = created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    html = render_to_string(template, {**context, "pdf": Head(lang, title, author, stamp)})
    if len(html) > limits.html_characters:
        raise DocumentTooLarge(f"This document has more than {limits.html_characters:,} characters. Choose fewer rows.")
    with _one_at_a_time, watched(limits), _collector_resting():
        pdf = _write(html, (BASE_STYLESHEET, *stylesheets), template, accent)
    if len(pdf) > limits.pdf_bytes:
        raise DocumentTooLarge
    return pdf


def _write(html: str, stylesheets: tuple[str, ...], name: str, accent: str) -> bytes:
    parts = _parts()
    sheets = [_stylesheet(sheet) for sheet in stylesheets]
    try:
        document = parts.html(string=html, url_fetcher=parts.url_fetcher).render(
            font_config=parts.font_configuration,
            stylesheets=[*sheets, _colored(accent)] if accent else sheets,
            pdf_variant="pdf/ua-1",
        )
        identifier = hashlib.sha256(f"{html}{accent}".encode()).hexdigest()[:32].encode()
        pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier)
    except RecursionError:
        raise DocumentTooLarge("This document is nested too deeply.") from None
    _log_missing_letters(document, name)
    return pdf


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Keep the garbage collector from walking the layout tree while it grows: a tenth of the time of a document."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _log_missing_letters(document: Any, name: str) -> None:
    """Name the letters that no bundled font has: they print as empty boxes. Single letters tell nobody's name."""
    missing = sorted({point for font in document.fonts.values() for point in font.missing})
    if missing:
        points = ", ".join(f"U+{point:04X}" for point in missing)
        logger.warning("%s: no bundled font has %s", name, points)


@dataclass(frozen=True, slots=True)
class _Parts:
    """What all documents of a process share. WeasyPrint has no types."""

    html: Any
    css: Any
    font_configuration: Any
    url_fetcher: Any


@cache
def _parts() -> _Parts:
    """Load WeasyPrint (0.5 s with Pango, so only where PDFs are made) with the bundled fonts as its only fonts.

    One configuration and one fetcher per process: building them anew costs more than laying out a page.
    """
    with _only_bundled_fonts():
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import URLFetcher

        atexit.register(_forget)
        return _Parts(HTML, CSS, FontConfiguration(), URLFetcher(allowed_protocols=("data",)))


def _forget() -> None:
    """Let go while Python is whole: a font configuration removes its temporary folder when it goes."""
    _stylesheet.cache_clear()
    _parts.cache_clear()


@contextmanager
def _only_bundled_fonts() -> Iterator[None]:
    """Point fontconfig at the bundled fonts, and back: a browser started later wants the machine's own fonts."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(FONTS / "fonts.conf")
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def _colored(accent: str) -> Any:
    """The sheet that puts a color in the place of the product's own."""
    parts = _parts()
    return parts.css(string=f":root {{ --brand: {accent} }}", url_fetcher=parts.url_fetcher)


@cache
def _stylesheet(name: str) -> Any:
    """Parse a stylesheet template once per process."""
    parts = _parts()
    return parts.css(
        string=get_template(name).render(), url_fetcher=parts.url_fetcher, font_config=parts.font_configuration
    )
