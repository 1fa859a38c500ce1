"""Matching what came in at the bank with what was posted."""
