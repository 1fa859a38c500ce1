"""An append-only sub-ledger: designations, accounts, postings and their entries, the monthly summary of them, what the
postings rest on, closed months, and journals.
"""

from funds.models.assessments import AssessmentLine, AssessmentRule, AssessmentRun
from funds.models.designation import Designation
from funds.models.journal import ExportedPosting, JournalExport
from funds.models.ledger import Account, AccountMonth, Entry, Posting
from funds.models.movements import Expense, OpeningBalance, Transfer
from funds.models.periods import PeriodClose

__all__ = [
    "Account",
    "AccountMonth",
    "AssessmentLine",
    "AssessmentRule",
    "AssessmentRun",
    "Designation",
    "Entry",
    "Expense",
    "ExportedPosting",
    "JournalExport",
    "OpeningBalance",
    "PeriodClose",
    "Posting",
    "Transfer",
]
