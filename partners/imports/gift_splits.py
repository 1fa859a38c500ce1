"""The lines of one gift add up to its stated total, or none of them is imported."""

from collections import defaultdict

from core.money import Money
from partners.imports.context import Earlier, GiftId
from partners.imports.gift_rows import GiftRow
from partners.imports.judged import Noted, Verdict
from partners.imports.layouts import Bound
from partners.imports.row_notes import Notes
from partners.imports.sentences import ROW_SENTENCES


def check_split_totals(rows: list[GiftRow], earlier: Earlier, bound: Bound, notes: Notes) -> None:
    """Refuse every line of a gift whose lines do not add up to its gift_total.

    A held line (another donor or date) is part of the gift all the same; lines of the gift that came with an earlier
    import and are not in this file count too.
    """
    if "gift_total" not in bound.places:
        return
    gifts: defaultdict[GiftId, list[GiftRow]] = defaultdict(list)
    for row in rows:
        if row.first and row.verdict not in {Verdict.ERROR, Verdict.SKIP}:
            gifts[row.gift].append(row)
    before: defaultdict[GiftId, list[Money]] = defaultdict(list)
    in_file = {row.key for lines in gifts.values() for row in lines}
    for key, line in earlier.items():
        if key not in in_file:
            before[key[0], key[2]].append(line.amount)
    for gift, lines in gifts.items():
        if not _adds_up(lines, before.get(gift, [])):
            for row in lines:
                _refuse(row, bound, notes)


def _adds_up(lines: list[GiftRow], before: list[Money]) -> bool:
    totals = {row.gift_total for row in lines if row.gift_total}
    if not totals:
        return True
    parts = [row.amount for row in lines if row.amount] + before
    if len({part.currency for part in parts}) != 1:
        return False
    return totals == {Money(sum(part.minor for part in parts), parts[0].currency)}


def _refuse(row: GiftRow, bound: Bound, notes: Notes) -> None:
    row.verdict = Verdict.ERROR
    note = Noted(
        row.row, row.line, bound.column("gift_total"), "split_total", ROW_SENTENCES["split_total"], row.key_text
    )
    notes.add("errors", note)
