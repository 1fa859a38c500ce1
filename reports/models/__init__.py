"""Giving statements: numbers, versions, files and runs."""

from reports.models.runs import StatementPart, StatementRun
from reports.models.start import ReceiptStart
from reports.models.statements import StatementFile, StatementIssue, StatementSeries

__all__ = [
    "ReceiptStart",
    "StatementFile",
    "StatementIssue",
    "StatementPart",
    "StatementRun",
    "StatementSeries",
]
