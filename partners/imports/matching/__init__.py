"""Givers of a file who may be partners that are there already. Proposed with a reason; a person decides."""
