"""Asking what came in at the bank, what was posted, and what of both belongs together."""
