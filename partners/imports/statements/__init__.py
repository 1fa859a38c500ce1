"""Statements of banks: OFX and QFX, CAMT.053, and CSV as banks make it. Their lines are no gifts and post nothing."""

OFX, CAMT, BANK_CSV = "ofx", "camt053", "bank_csv"
FORMATS = (OFX, CAMT, BANK_CSV)
SECTION = "statement"
AGAIN = "Export the statement again, or ask the bank."
"""What to do about a file that only the bank can put right."""
