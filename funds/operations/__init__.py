"""What moves money: opening designations and accounts, posting, transfers, expenses, assessments, reversals, closing
months, journals. Every posting's entries go in with one statement.
"""

from funds.operations.accounts import edit_account, open_category, open_deposit_account
from funds.operations.assessments import add_rule, assess_month, end_rule
from funds.operations.designations import close_designation, edit_designation, open_designation
from funds.operations.expenses import bring_expenses, record_expense
from funds.operations.journals import export_journal
from funds.operations.openings import record_opening
from funds.operations.periods import close_months, open_month
from funds.operations.posting import Leg, NotBalanced, post, reverse
from funds.operations.reversals import reverse_posting
from funds.operations.transfers import transfer

__all__ = [
    "Leg",
    "NotBalanced",
    "add_rule",
    "assess_month",
    "bring_expenses",
    "close_designation",
    "close_months",
    "edit_account",
    "edit_designation",
    "end_rule",
    "export_journal",
    "open_category",
    "open_deposit_account",
    "open_designation",
    "open_month",
    "post",
    "record_expense",
    "record_opening",
    "reverse",
    "reverse_posting",
    "transfer",
]
