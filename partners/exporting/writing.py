"""Writing a list in one format to a file on disk, part by part."""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, TypeVar

from core.export import write_csv, write_xlsx
from partners.documents.canonical import write_canonical
from partners.documents.datasync import write_datasync
from partners.exporting.formats import CANONICAL, DATASYNC, MOST_IN_WORKBOOK, XLSX, TooLongForWorkbook
from partners.exporting.lists import GiftsFile, ListFile
from partners.operations.numbering import number_partners

Tick = Callable[[int], None]
T = TypeVar("T")


def write_list(found: ListFile, kind: str, path: Path, tick: Tick = lambda done: None) -> int:
    """Write a list; `tick` hears after each row how many are done. How many rows it became. It writes nothing into the
    database: `number_all` comes first where `lacks_numbers`. Raises SeveralCurrencies, TooLongForWorkbook.
    """
    if kind == XLSX and found.count(kind) > MOST_IN_WORKBOOK:
        raise TooLongForWorkbook
    with ExitStack() as stack:
        counted = Counting(tick, stack)
        write_rows(found, kind, path, counted)
    return counted.done


def lacks_numbers(found: ListFile, kind: str) -> bool:
    """Whether the format names partners by number and some of these have none yet. One query."""
    return kind in {CANONICAL, DATASYNC} and found.numbered.order_by().filter(external_ids=None).exists()


def number_all(found: ListFile, kind: str) -> None:
    """Give a number to those who have none, where the format names partners by number."""
    if kind in {CANONICAL, DATASYNC}:
        number_partners(agency=found.seat.agency, partners=found.numbered)


def write_rows(found: ListFile, kind: str, path: Path, counted: "Counting") -> None:
    """The file, by its format."""
    if kind == XLSX:
        write_xlsx(path, found.header(), counted(found.rows()))
        return
    with path.open("w", encoding="utf-8", newline="") as out:
        if kind == CANONICAL:
            write_canonical(out, found.seat.agency, found.columns, counted(found.facts()))
        elif kind == DATASYNC:
            datasync(found, out, counted)
        else:
            write_csv(out, found.header(), counted(found.rows()))


def datasync(found: ListFile, out: Any, counted: "Counting") -> None:
    """Givers and gifts of a list of gifts, or partners without gifts."""
    agency = found.seat.agency
    if isinstance(found, GiftsFile):
        currency, keys = found.currency(), found.has_words_of_files()
        givers = counted.closed(found.givers())
        write_datasync(out, agency, currency, givers, counted(found.facts()), keys=keys)
    else:
        write_datasync(out, agency, agency.base_currency, counted(found.facts()), (), keys=False)


class Counting:
    """Counts the rows that pass, and closes what gives them when the file is written or given up: a cursor that was
    closed later, after its transaction, would break the one that is open then.
    """

    def __init__(self, tick: Tick, stack: ExitStack) -> None:
        self.done, self.tick, self.stack = 0, tick, stack

    def closed(self, rows: Generator[T]) -> Generator[T]:
        """The same rows, closed in the end."""
        return self.stack.enter_context(closing(rows))

    def __call__(self, rows: Generator[T]) -> Iterator[T]:
        for row in self.closed(rows):
            yield row
            self.done += 1
            self.tick(self.done)
