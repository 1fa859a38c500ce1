"""What falls into a closed month is the error of its row: the rows of open months come in all the same."""

from partners.imports.context import Context
from partners.imports.gift_rows import GiftRow
from partners.imports.judged import Noted, Verdict
from partners.imports.layouts import Bound
from partners.imports.row_notes import Notes


def refuse_closed_months(rows: list[GiftRow], context: Context, bound: Bound, notes: Notes) -> None:
    """Keep out every new line of a gift that would be posted in a closed month; what is there already stays."""
    first = context.open_from
    if first is None:
        return
    new = [row for row in rows if row.verdict is Verdict.CREATE]
    closed = {row.gift for row in new if row.date is not None and row.date < first}
    for row in new:
        if row.gift in closed:
            row.verdict = Verdict.ERROR
            words = (
                f"The months before {first.isoformat()} are closed, so the ledger takes no gift of this day. Open the "
                "month again under Giving, Ledger, Months and check the file again, or correct the day."
            )
            note = Noted(row.row, row.line, bound.column("gift_date"), "month_closed", words, row.key_text)
            notes.add("errors", note)
