"""Judging files that no sample has: written here, row by row, in the words of the other system."""

import csv
import datetime as dt
import io
import random
from typing import Any

from partners.imports.checking import CheckedFile, check_file
from partners.imports.context import Context
from partners.imports.judged import JudgedGiftLine
from tests.partners.imports.told import told

TODAY = dt.date(2026, 11, 21)


def context(**changes: Any) -> Context:
    setting: dict[str, Any] = {
        "base_currency": "USD",
        "today": TODAY,
        "default_source": "HLM",
        "organization_code": "HLM-USA",
        "designations": {"0100", "0200"},
        "donors": {("HLM", "7"), ("HLM", "8")},
    }
    return Context(**setting | changes)


def written(rows: list[dict[str, str]], delimiter: str = ",", *, shuffled: int | None = None) -> bytes:
    """Rows as a file; with `shuffled` the columns stand in another order."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if shuffled is not None:
        random.Random(shuffled).shuffle(columns)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def judge(rows: list[dict[str, str]], **options: Any) -> CheckedFile:
    changes = options.pop("knows", {})
    return check_file(written(rows, **options), context(**changes))


def lines_of(file: CheckedFile) -> list[JudgedGiftLine]:
    assert file.gifts, told(file)["message"]
    return list(file.gifts.lines())


def said(file: CheckedFile, kind: str) -> list[tuple[int, str]]:
    return [(note.row, note.code) for note in file.notes.of(kind)]
