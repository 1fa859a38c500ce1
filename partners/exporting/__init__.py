"""Lists of partners, gifts and commitments as files: which formats there are, and how each is written part by part, so
that a list of any length takes a bounded memory.
"""
