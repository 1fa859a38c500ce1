"""Matching with the bank, in words."""
