"""One gift, one time: repeats and conflicts of gift keys, within the file and against earlier imports.

The first line of a key stands. The same key with the same donor, date, amount and currency is a repeat; with any of
them different it is a conflict. Lines of one gift under several designations have one donor and one date.
"""

import datetime as dt
from typing import NamedTuple

from core.money import Money
from partners.imports.context import Context, Earlier, EarlierLine, GiftId, GiftKey
from partners.imports.gift_rows import GiftRow
from partners.imports.judged import Noted, Verdict
from partners.imports.layouts import Bound
from partners.imports.row_notes import Notes
from partners.imports.sentences import ROW_SENTENCES


class _Stands(NamedTuple):
    """What a line says, or the one that stands for its key or its gift; a donor of None is not compared."""

    donor: str | None
    date: dt.date | None
    amount: Money | None


class KeyBook:
    """The keys that stand so far: those of earlier imports, and those of this file in its order."""

    def __init__(self, earlier: Earlier, context: Context, bound: Bound, notes: Notes) -> None:
        self._earlier, self._context, self._bound, self._notes = earlier, context, bound, notes
        self._keys: dict[GiftKey, _Stands] = {}
        self._gifts: dict[GiftId, _Stands] = {}
        self._earlier_gifts: dict[GiftId, _Stands] = {}
        for (source, _, number), line in earlier.items():
            self._earlier_gifts.setdefault((source, number), self._of_earlier(source, line))
        self._ours: dict[GiftId, list[GiftKey]] = {}
        for key in earlier:
            if context.is_of_ours(gift := (key[0], key[2])):
                self._ours.setdefault(gift, []).append(key)

    def settle(self, row: GiftRow) -> None:
        """Give a row without errors its verdict CREATE, REPEAT or CONFLICT."""
        kept_back = self._context.is_kept_back(row.source, row.donor)
        says = _Stands(None if kept_back else self._context.same_donor(row.source, row.donor), row.date, row.amount)
        if self._context.is_of_ours(row.gift):
            self._settle_ours(row, says)
            return
        before = self._earlier.get(row.key)
        here = self._keys.get(row.key)
        stands = self._of_earlier(row.source, before) if before else here
        if stands is None:
            self._settle_new_key(row, says)
        elif fact := _difference(says, stands):
            self._hold(row, fact, within=here is not None and _difference(says, here) != "")
            row.first = False
        else:
            self._repeat(row, within=here is not None)
            self._keys.setdefault(row.key, says)
            self._gifts.setdefault(row.gift, says)

    def _settle_ours(self, row: GiftRow, says: _Stands) -> None:
        """A gift that a file of ours called by a number of ours is here: it is a repeat of the line that says the same,
        whatever the file calls its designation, and brings nothing. Where nothing stands that it can be, it is held.
        """
        left = self._ours.get(row.gift, [])
        for key in left:
            line = self._earlier[key]
            if (line.date, line.amount) == (says.date, says.amount):
                row.code, row.designation = row.goes_to, key[1]
                left.remove(key)
                self._repeat(row, within=False)
                return
        row.verdict, row.first = Verdict.CONFLICT, False
        for kind in ("conflicts", "errors"):
            self._note(kind, row, self._bound.column("gift_id"), "conflict", ROW_SENTENCES["not_of_ours"])

    def _settle_new_key(self, row: GiftRow, says: _Stands) -> None:
        here = self._gifts.get(row.gift)
        gift = self._earlier_gifts.get(row.gift) or here
        if gift and (fact := _difference(says, gift._replace(amount=says.amount))):
            within = here is not None and _difference(says, here._replace(amount=says.amount)) != ""
            self._hold(row, fact, within=within)
            return
        self._keys[row.key] = says
        self._gifts.setdefault(row.gift, says)

    def _of_earlier(self, source: str, line: EarlierLine) -> _Stands:
        donor = None if line.donor is None else self._context.same_donor(source, line.donor)
        return _Stands(donor, line.date, line.amount)

    def _repeat(self, row: GiftRow, *, within: bool) -> None:
        row.verdict, row.first = Verdict.REPEAT, not within
        self._note("duplicates", row, "", "duplicate")
        if within:
            self._note("warnings", row, "", "duplicate")

    def _hold(self, row: GiftRow, fact: str, *, within: bool) -> None:
        """Hold a conflicting row for a person; within the file it is an error of the row too."""
        row.verdict = Verdict.CONFLICT
        column = self._bound.column(fact)
        self._note("conflicts", row, column, "conflict")
        if within:
            self._note("errors", row, column, "conflict")

    def _note(self, kind: str, row: GiftRow, column: str, code: str, sentence: str = "") -> None:
        self._notes.add(kind, Noted(row.row, row.line, column, code, sentence or ROW_SENTENCES[code], row.key_text))


def _difference(says: _Stands, stands: _Stands) -> str:
    """Return the fact in which two lines differ, "" when they are the same."""
    if says == stands:
        return ""
    if says.amount != stands.amount:
        same_currency = says.amount and stands.amount and says.amount.currency == stands.amount.currency
        return "amount" if same_currency else "currency"
    if says.date != stands.date:
        return "gift_date"
    return "donor_id" if None not in (says.donor, stands.donor) else ""
