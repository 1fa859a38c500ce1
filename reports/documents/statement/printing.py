"""A statement to PDF, and the name of its file."""

import re
from datetime import UTC, datetime, time

from core.pdf.engine import render
from reports.documents.statement.content import Statement
from reports.documents.statement.page import Page


def render_statement(statement: Statement) -> bytes:
    """Return the PDF of one statement. The same statement gives the same bytes, so a hash shows that it is unchanged.

    Raises DocumentTooLarge.
    """
    page = Page(statement)
    return render(
        "pdf/statement.html",
        {"page": page, "words": page.words, "statement": statement},
        lang=page.words.lang,
        title=f"{page.title}, {statement.number}",
        author=statement.agency.name,
        created=datetime.combine(statement.issued_on, time(12), tzinfo=UTC),
        stylesheets=("pdf/statement.css",),
    )


def file_name(statement: Statement) -> str:
    """Return the file name: receipt number, which begins with the year, and version, never the name of a person."""
    number = re.sub(r"[^A-Za-z0-9-]+", "-", statement.number).strip("-")
    return f"giving-statement-{number}-v{statement.version}.pdf"
