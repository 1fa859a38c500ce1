"""An append-only sub-ledger: designations, accounts, postings and their entries, and the monthly summary of them."""

from funds.models.designation import Designation
from funds.models.ledger import Account, AccountMonth, Entry, Posting

__all__ = ["Account", "AccountMonth", "Designation", "Entry", "Posting"]
