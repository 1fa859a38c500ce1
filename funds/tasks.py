"""The background jobs of this app: each makes one domain call."""

from datetime import date
from typing import Any

from django.urls import reverse

from funds import locks
from funds.documents.journal import journal_bytes
from funds.expense_rows import ExpensesWrong
from funds.imports.expenses import judge_expenses
from funds.imports.receiving import sheet_of
from funds.models import JournalExport
from funds.operations import bring_expenses, export_journal
from funds.pages.expense_file import brought_in_words
from funds.queries.expenses import known_expenses
from jobs import kinds
from jobs.models import StoredFile
from jobs.running import Running


@kinds.register("funds.expenses", right="ledger.post")
def expenses(job: Running) -> dict[str, Any]:
    """Judge a file of expenses again, under a lock, and post it: all of it, or nothing. The file stays as evidence."""
    agency = job.agency
    with job.unit():
        locks.hold(locks.EXPENSES, agency)
        stored = StoredFile.objects.get(pk=job.arguments["file"])
        rows, problems = judge_expenses(sheet_of(stored), known_expenses(agency))
        if problems:
            raise ExpensesWrong(problems)
        brought = bring_expenses(agency=agency, actor=job.actor, rows=rows)
        job.progress(len(rows), len(rows), brought_in_words(**brought))
        return {**brought, "url": reverse("expenses", args=[agency.slug]), "label": "Open expenses"}


@kinds.register("funds.journal", right="ledger.setup")
def journal(job: Running) -> dict[str, Any]:
    """Make a journal that is too long to wait for, and keep its file."""
    agency, given = job.agency, job.arguments
    days = {name: date.fromisoformat(given[name]) for name in ("first_day", "last_day")}
    with job.unit():
        layout = int(given.get("layout", JournalExport.Layout.ENTRIES))
        made = export_journal(
            agency=agency, actor=job.actor, source=given["source"], key=given["key"], layout=layout, **days
        )
        job.keep_file(f"journal-{made.number}.csv", journal_bytes(made), "text/csv")
        return {"url": reverse("journal", args=[agency.slug, made.pk]), "label": "Open the journal"}
