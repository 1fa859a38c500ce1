"""How large a document may become, watched while it is laid out."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from core.pdf.errors import DocumentTooLarge

PROGRESS = logging.getLogger("weasyprint.progress")
"""WeasyPrint's documented progress log: the one place that it calls between any two pages and steps."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps of one document. Seconds are looked at before each page and step, so one page may run over them; the hard
    stop for a page that never ends is the time limit of the Celery task around it.
    """

    html_characters: int = 4_000_000
    pages: int = 500
    seconds: float = 120.0
    pdf_bytes: int = 50_000_000


class _Watch(logging.Filter):
    """Read the progress log and stop the rendering by raising; no record is ever written."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.pages = limits.pages
        self.deadline = time.monotonic() + limits.seconds

    def filter(self, record: logging.LogRecord) -> bool:
        if time.monotonic() > self.deadline:
            raise DocumentTooLarge("This document takes too long to make. Choose a shorter period or fewer rows.")
        page = record.args[0] if isinstance(record.args, tuple) and record.args else None
        if isinstance(page, int) and page > self.pages:
            raise DocumentTooLarge(f"This document has more than {self.pages:,} pages. Choose fewer rows.")
        return False


@contextmanager
def watched(limits: Limits) -> Iterator[None]:
    """Raise DocumentTooLarge inside the block as soon as pages or seconds run over. One block at a time per process."""
    watch = _Watch(limits)
    PROGRESS.disabled, PROGRESS.propagate = False, False
    PROGRESS.setLevel(logging.INFO)
    PROGRESS.addFilter(watch)
    try:
        yield
    finally:
        PROGRESS.removeFilter(watch)
        PROGRESS.setLevel(logging.WARNING)
