"""Files that the ledger hands out."""
