"""What the rows of a processor's file move, beside the gifts that they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from partners.imports.context import Context
from partners.imports.gift_rows import settle_dates
from partners.imports.gifts import JudgedGifts
from partners.imports.judged import JudgedMovement, Verdict
from partners.imports.movements import LineId
from partners.imports.opening import BoundTable

GIFTS = "gifts"


@dataclass(frozen=True)
class Moved:
    """The movements of a file of gifts; `lines()` reads the file once more."""

    file: BoundTable
    kept_out: frozenset[int]
    context: Context

    def counts(self) -> dict[str, int]:
        """How many lines the file tells, and how many of them are not there yet; nothing where the format has none."""
        if self.file.bound.layout.moves is None:
            return {}
        verdicts = [judged.verdict for judged in self.lines()]
        return {"statement_lines": len(verdicts), "new_statement_lines": verdicts.count(Verdict.CREATE)}

    def lines(self) -> Iterator[JudgedMovement]:
        """Yield every movement once; one that is there already repeats it."""
        layout = self.file.bound.layout
        if layout.moves is None:
            return
        order = settle_dates(self.file.table, self.file.bound, self.context)
        seen: set[LineId] = set(self.context.lines)
        for cells in self.file.cells(self.kept_out):
            if movement := layout.moves(cells, self.context, order):
                if cells.record.row in self.file.forgetting.rows:
                    movement = movement._replace(party="", text="")
                verdict = Verdict.REPEAT if movement.line_id in seen else Verdict.CREATE
                seen.add(movement.line_id)
                yield JudgedMovement(GIFTS, cells.record.row, verdict, movement)


def moved_by(gifts: JudgedGifts, context: Context) -> Moved:
    """The movements of judged gifts, without rows in error."""
    return Moved(gifts.file, rows_in_error(gifts), context)


def lines_moved_in(gifts: BoundTable, context: Context) -> set[LineId]:
    """Every line that a file tells, to look up which of them are there already."""
    return {judged.movement.line_id for judged in Moved(gifts, frozenset(), context).lines()}


def rows_in_error(gifts: JudgedGifts) -> frozenset[int]:
    return frozenset(row.row for row in gifts.rows if row.verdict is Verdict.ERROR)
