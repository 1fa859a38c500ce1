"""What becomes of every column with words when a partner is erased."""
