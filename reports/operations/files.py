"""The PDFs of issued statements."""

from collections.abc import Sequence

from django.db import transaction

from jobs.operations import keep_file
from jobs.operations.files import remove_file
from reports.documents.issued import statement_of
from reports.documents.statement import file_name, render_statement
from reports.models import StatementFile, StatementIssue
from reports.queries.issues import with_file

PURPOSE = "giving statement"
Made = tuple[str, bytes]


def render_issue(issue: StatementIssue) -> Made:
    """File name and PDF of an issue. Reads nothing but the issue, so it runs outside a transaction. Raises
    StatementRefused, DocumentTooLarge.
    """
    statement = statement_of(issue)
    return file_name(statement), render_statement(statement)


@transaction.atomic
def keep_statement_files(*, made: Sequence[tuple[StatementIssue, Made]]) -> None:
    """Keep the PDFs of issues. One that has its file by now keeps that, also when two workers made it at once: the
    unique key of the issue decides, so that no lock is held while bytes are written.
    """
    there = with_file(issue.pk for issue, _ in made)
    files = []
    for issue, (name, pdf) in made:
        if issue.pk in there:
            continue
        stored = keep_file(name=name, content=pdf, content_type="application/pdf", purpose=PURPOSE)
        files.append(StatementFile(issue=issue, stored=stored, sha256=stored.sha256, size=stored.size))
    StatementFile.objects.bulk_create(files, ignore_conflicts=True)
    stored_ids = [file.stored_id for file in files]
    taken = set(StatementFile.objects.filter(stored__in=stored_ids).values_list("stored_id", flat=True))
    for file in files:
        if file.stored_id not in taken:
            remove_file(stored=file.stored)
