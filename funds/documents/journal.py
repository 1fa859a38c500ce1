"""A journal as CSV: the same export gives the same bytes for ever, since it is made of rows that never change and of
the codes that were kept with it. It names nobody: designations stand under their codes.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from core.export import csv_text
from core.money import Money
from funds.models import JournalExport
from funds.queries.journals import Codes, lines_of

Layout = JournalExport.Layout
ACCOUNT = ("account_kind", "account_code", "account", "debit", "credit", "currency", "source")
HEADERS = {
    Layout.FIRST: ("journal", "posting", "date", "kind", "reverses", *ACCOUNT, "reference"),
    Layout.ENTRIES: ("journal", "batch", "posting", "date", "kind", "reverses", *ACCOUNT, "reference"),
    Layout.BATCHES: ("journal", "set", "batch", "date", "kind", "entries", *ACCOUNT),
}
"""The head of each layout: what stands before the account, the account with its amount, and what rests behind it."""
CHUNK = 2000


def journal_text(number: int, export_id: int, codes: Codes, layout: int) -> Iterator[str]:
    """The file in parts: head first, then its lines (RFC 4180)."""
    yield csv_text(HEADERS[Layout(layout)], [])
    held: list[list[Any]] = []
    before = HEADERS[Layout(layout)].index(ACCOUNT[0]) - 1
    for line in lines_of(export_id, layout):
        held.append(cells(number, codes, line, before))
        if len(held) >= CHUNK:
            yield rows_text(held)
            held = []
    yield rows_text(held)


def rows_text(rows: Iterable[list[Any]]) -> str:
    """Lines without a head, each cell one that no spreadsheet takes for a formula."""
    return csv_text([], rows).removeprefix("\r\n")


def cells(number: int, codes: Codes, line: tuple[Any, ...], before: int) -> list[Any]:
    """One line: `before` cells, then the account and its amount as a debit or as a credit, exact, with the decimals of
    its currency, then the rest.
    """
    account, amount, currency, *rest = line[before:]
    written = Money(abs(int(amount)), currency).decimal_string()
    debit, credit = (written, "") if amount > 0 else ("", written)
    return [number, *line[:before], *codes[str(account)], debit, credit, currency, *rest]


def journal_bytes(export: JournalExport) -> bytes:
    """The whole file."""
    return "".join(journal_text(export.number, export.pk, export.codes, export.layout)).encode()


def digest_of(number: int, export_id: int, codes: Codes, layout: int) -> str:
    """The SHA-256 of the file, made part by part."""
    seal = hashlib.sha256()
    for part in journal_text(number, export_id, codes, layout):
        seal.update(part.encode())
    return seal.hexdigest()
