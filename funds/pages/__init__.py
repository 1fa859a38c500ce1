"""What the pages of the ledger show, worked out before the template: names, dates and amounts as this reader may see
them.
"""

from funds.pages.designations import designation_page, designation_rows, formatted, month_page
from funds.pages.postings import LedgerRow, ledger_rows, posting_page

__all__ = [
    "LedgerRow",
    "designation_page",
    "designation_rows",
    "formatted",
    "ledger_rows",
    "month_page",
    "posting_page",
]
