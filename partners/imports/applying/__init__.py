"""Bringing judged rows into the tables, set by set: COPY into temporary tables, then INSERT … SELECT, in one
transaction.
"""

from partners.imports.applying.apply import apply_judged

__all__ = ["apply_judged"]
