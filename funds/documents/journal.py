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

HEADER = (
    "journal",
    "posting",
    "date",
    "kind",
    "reverses",
    "account_kind",
    "account_code",
    "account",
    "debit",
    "credit",
    "currency",
    "source",
    "reference",
)
CHUNK = 2000


def journal_text(number: int, export_id: int, codes: Codes) -> Iterator[str]:
    """The file in parts: head first, then a line per entry by day, posting and entry (RFC 4180)."""
    yield csv_text(HEADER, [])
    held: list[list[Any]] = []
    for line in lines_of(export_id):
        held.append(cells(number, codes, line))
        if len(held) >= CHUNK:
            yield rows_text(held)
            held = []
    yield rows_text(held)


def rows_text(rows: Iterable[list[Any]]) -> str:
    """Lines without a head, each cell one that no spreadsheet takes for a formula."""
    return csv_text([], rows).removeprefix("\r\n")


def cells(number: int, codes: Codes, line: tuple[Any, ...]) -> list[Any]:
    """One entry: its amount as a debit or as a credit, exact, with the decimals of its currency."""
    posting, day, kind, reverses, account, amount, currency, source, reference = line
    written = Money(abs(int(amount)), currency).decimal_string()
    debit, credit = (written, "") if amount > 0 else ("", written)
    return [
        number,
        posting,
        day,
        kind,
        reverses,
        *codes[str(account)],
        debit,
        credit,
        currency,
        source,
        reference,
    ]


def journal_bytes(export: JournalExport) -> bytes:
    """The whole file."""
    return "".join(journal_text(export.number, export.pk, export.codes)).encode()


def digest_of(number: int, export_id: int, codes: Codes) -> str:
    """The SHA-256 of the file, made part by part."""
    seal = hashlib.sha256()
    for part in journal_text(number, export_id, codes):
        seal.update(part.encode())
    return seal.hexdigest()
