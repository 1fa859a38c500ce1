"""Tables of the ledger's pages: every list of it is drawn by `funds/_table.html`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: words, where they lead, and the tone of a tag."""

    text: str
    url: str = ""
    tone: str = ""


Content = Cell | str


@dataclass(frozen=True)
class Column:
    """The head of a column; figures stand at its end."""

    label: str
    numeric: bool = False


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of a row is its head. `totals` stand below."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Content]]
    totals: Sequence[Sequence[Content]] = field(default_factory=list)

    @property
    def lines(self) -> list[list[tuple[Cell, Column]]]:
        """The rows as the template takes them: each cell with its column."""
        return [self.line(row) for row in self.rows]

    @property
    def sums(self) -> list[list[tuple[Cell, Column]]]:
        """The totals in the same way."""
        return [self.line(row) for row in self.totals]

    def line(self, row: Sequence[Content]) -> list[tuple[Cell, Column]]:
        cells = (cell if isinstance(cell, Cell) else Cell(cell) for cell in row)
        return [(cell, column) for cell, column in zip(cells, self.columns, strict=True)]


def columns(words: Iterable[str], figures: Iterable[str] = ()) -> list[Column]:
    """Columns of words, then columns of figures."""
    return [*(Column(label) for label in words), *(Column(label, numeric=True) for label in figures)]
