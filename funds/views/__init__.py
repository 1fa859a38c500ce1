"""Pages of the ledger: designations, their months, and postings."""
