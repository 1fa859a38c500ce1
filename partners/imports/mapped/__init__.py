"""Files with columns that nobody knew, read by the rules of a person: each row comes in our words into the same
judging as every known format.
"""
