"""Soft credits beyond the first: a gift has one here, and a further one is never lost without a word."""

import re

from imports.reading.delimited import column_key
from partners.imports.judged import Noted
from partners.imports.opening import BoundTable
from partners.imports.row_notes import Notes
from partners.imports.sentences import ROW_SENTENCES

_FURTHER = re.compile(r"softcredit(?:[2-9]|[1-9]\d+)\D.*")
"""CiviCRM numbers them: soft_credit_2.contact.external_identifier, and its kind beside it."""


def warn_of_left_credits(table: BoundTable, notes: Notes) -> None:
    """Warn of each, with its row and column. Raises FileRefused too_many_findings."""
    columns = table.bound.columns
    places = [place for place, name in enumerate(columns) if is_further(column_key(name))]
    if not places:
        return
    for row in table.cells():
        record = row.record
        for place in places:
            if place < len(record.cells) and record.cells[place].strip():
                sentence = ROW_SENTENCES["soft_credit_left"]
                notes.add("warnings", Noted(record.row, record.line, columns[place], "soft_credit_left", sentence))


def is_further(key: str) -> bool:
    """Whether a column names who has a further soft credit; of the kind of it nothing is said apart."""
    return _FURTHER.fullmatch(key) is not None and "type" not in key
