"""The kinds of jobs whose files name partners."""

from typing import Final

LIST_JOB: Final = "partners.list_export"
REPORT_JOB: Final = "partners.giving_report"
