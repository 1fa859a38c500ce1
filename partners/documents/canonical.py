"""Our own CSV: one table, a fact a column, which this system reads back with the same figures."""

import csv
from collections.abc import Iterable, Sequence
from typing import IO

from agencies.models import Agency
from core.export import BOM
from partners.documents.cells import harmless
from partners.documents.numbers import source_of
from partners.documents.people import Facts


def write_canonical(out: IO[str], agency: Agency, columns: Sequence[str], rows: Iterable[Facts]) -> None:
    """Head and rows; each says whose it is."""
    out.write(BOM)
    writer = csv.DictWriter(out, columns, restval="", extrasaction="raise")
    writer.writeheader()
    source = source_of(agency)
    for facts in rows:
        writer.writerow({name: harmless(text) for name, text in facts.items()} | {"source": source})
