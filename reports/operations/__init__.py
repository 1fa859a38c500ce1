"""What is done with statements (issue, keep the file, run a year, say from when on receipts are given) and reports."""

from reports.operations.budget_papers import start_budget_paper
from reports.operations.files import keep_statement_files, render_issue
from reports.operations.issuing import Outcome, issue_one, issue_statements
from reports.operations.runs import cancel_run, finish_part, start_run
from reports.operations.sending import send_statement
from reports.operations.single import start_single
from reports.operations.start import set_receipt_start
from reports.operations.unit_reports import start_unit_report

__all__ = [
    "Outcome",
    "cancel_run",
    "finish_part",
    "issue_one",
    "issue_statements",
    "keep_statement_files",
    "render_issue",
    "send_statement",
    "set_receipt_start",
    "start_budget_paper",
    "start_run",
    "start_single",
    "start_unit_report",
]
