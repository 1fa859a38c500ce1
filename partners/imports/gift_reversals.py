"""Refunds and chargebacks: each is linked to its first gift, and together they take back no more than was given.

What is taken back is counted in the currency in which the gift was tendered, for the base amounts may differ by the
rate of the day. Refunds that were entered by hand count like those of a file.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from core.money import Money
from partners.imports.context import Context, Earlier, GiftId, GiftKey
from partners.imports.gift_rows import GiftRow
from partners.imports.judged import Noted, Verdict
from partners.imports.layouts import Bound
from partners.imports.memos import gifts_named_in
from partners.imports.opening import BoundTable
from partners.imports.own_files import own_source, split_number
from partners.imports.row_notes import Notes
from partners.imports.sentences import ROW_SENTENCES
from partners.keys import SOURCE_LENGTH, short_key


@dataclass
class _Gift:
    """What is left of one gift, in minor units by currency, as it was tendered and as it was booked; its lines."""

    tendered: Counter[str] = field(default_factory=Counter)
    booked: Counter[str] = field(default_factory=Counter)
    lines: list[GiftKey] = field(default_factory=list)

    def add(self, amount: Money, given: Money) -> None:
        self.tendered[given.currency] += given.minor
        self.booked[amount.currency] += amount.minor

    def take_back(self, amount: Money, given: Money) -> None:
        """Take off one negative line. What came back in another currency than was tendered takes its part of that."""
        if given.currency not in self.tendered and (booked := self.booked[amount.currency]) > 0:
            for currency, minor in self.tendered.items():
                left = max(minor, 0)
                self.tendered[currency] -= min(left, -(left * amount.minor // booked))
            self.booked[amount.currency] += amount.minor
        else:
            self.add(amount, given)

    def take(self, lines: list[GiftRow]) -> bool:
        """Take the lines of one reversal off; False, and nothing taken, when that is more than was left."""
        after = _Gift(Counter(self.tendered), Counter(self.booked))
        for row in lines:
            if row.amount:
                after.take_back(row.amount, row.given)
        if any(self._is_overdrawn(row, after) for row in lines):
            return False
        self.tendered, self.booked = after.tendered, after.booked
        return True

    def _is_overdrawn(self, row: GiftRow, after: "_Gift") -> bool:
        """Compare in the currency of the gift; what comes back in another is compared as booked."""
        if row.given.currency in self.tendered:
            return after.tendered[row.given.currency] < 0
        booked = row.amount.currency if row.amount else ""
        return booked not in self.booked or after.booked[booked] < 0


def link_reversals(rows: list[GiftRow], earlier: Earlier, bound: Bound, notes: Notes) -> None:
    """Set `reverses` of each negative row whose gift is known, and refuse reversals that take back too much."""
    named = {(row.source, number) for row in rows if row.takes_back for number in row.named_gifts}
    if not named:
        return
    gifts = _gifts_given(rows, earlier, named)
    _take_back_earlier(gifts, earlier)
    reversals: defaultdict[tuple[GiftId, GiftId], list[GiftRow]] = defaultdict(list)
    for row in rows:
        if row.verdict is Verdict.CREATE and row.takes_back and (gift := _first_gift(row, gifts)):
            row.reverses = _line_of(gift, row.designation, gifts)
            reversals[gift, row.gift].append(row)
    for (gift, _), lines in reversals.items():
        if not gifts[gift].take(lines):
            for row in lines:
                _refuse(row, bound, notes)


def _gifts_given(rows: list[GiftRow], earlier: Earlier, named: set[GiftId]) -> dict[GiftId, _Gift]:
    """Return the positive gifts among the named, of the file and of earlier imports; a line in both counts once.

    Of a gift that was corrected by hand counts what stands in its place, which is also what is taken back.
    """
    gifts: defaultdict[GiftId, _Gift] = defaultdict(_Gift)
    gone = {key for key, line in earlier.items() if line.withdrawn}
    for row in rows:
        if row.gift in named and row.stands and row.amount and not row.takes_back and row.key not in gone:
            gifts[row.gift].add(row.amount, row.given)
            gifts[row.gift].lines.append(row.key)
    in_file = {key for gift in gifts.values() for key in gift.lines}
    for key, line in earlier.items():
        gift = line.stands_for or (key[0], key[2])
        if gift in named and key not in in_file and not line.withdrawn and line.amount.minor > 0:
            gifts[gift].add(line.amount, line.tendered or line.amount)
            gifts[gift].lines.append(key)
    return dict(gifts)


def _take_back_earlier(gifts: dict[GiftId, _Gift], earlier: Earlier) -> None:
    """Count what standing reversals took back already, of earlier imports and by hand."""
    for (source, _, _), line in earlier.items():
        reversed_gift = gifts.get((line.reverses_source or source, line.reverses)) if line.reverses else None
        if reversed_gift and line.amount.minor < 0 and not line.withdrawn:
            reversed_gift.take_back(line.amount, line.tendered or line.amount)


def _first_gift(row: GiftRow, gifts: dict[GiftId, _Gift]) -> GiftId | None:
    candidates = ((row.source, number) for number in row.named_gifts if number != row.number)
    return next((gift for gift in candidates if gift in gifts), None)


def _line_of(gift: GiftId, designation: str, gifts: dict[GiftId, _Gift]) -> GiftKey:
    """Return the line of the gift that the reversal takes back: that of its designation, else the first."""
    lines = gifts[gift].lines
    return next((line for line in lines if line[1] == designation), lines[0])


def _refuse(row: GiftRow, bound: Bound, notes: Notes) -> None:
    row.verdict, row.reverses = Verdict.ERROR, None
    sentence = ROW_SENTENCES["reversal"]
    notes.add("errors", Noted(row.row, row.line, bound.column("amount"), "reversal", sentence, row.key_text))


def mentioned_gifts(rows: Iterable[GiftRow]) -> set[GiftId]:
    """Return every gift that a file brings or takes back: those to look for among earlier imports."""
    mentioned: set[GiftId] = set()
    for row in rows:
        if row.verdict is Verdict.CREATE:
            mentioned.add(row.gift)
            mentioned.update((row.source, number) for number in row.named_gifts)
    return mentioned


def named_by_keys(gifts: BoundTable, context: Context) -> set[GiftId]:
    """Return what `mentioned_gifts` would, and perhaps more, from the cells alone: keys and what negative rows name.

    A row with a cell that cannot be read brings nothing, and its keys may hold what the database cannot.
    """
    bound = gifts.bound
    named: set[GiftId] = set()
    for record in gifts.table.records():
        if record.troubles:
            continue
        stated = own_source(context, short_key(bound.text(record.cells, "source"), SOURCE_LENGTH))
        source = stated or gifts.source
        numbers = [bound.text(record.cells, "gift_id"), bound.text(record.cells, "reverses")]
        if bound.layout.reverses_in_memo and bound.text(record.cells, "amount").startswith(("-", "(")):
            numbers += gifts_named_in(bound.text(record.cells, "memo"))
        split = [split_number(context, source, short_key(number)) for number in numbers if number]
        named.update((of, number) for of, number in split)
        named.update((split[0][0], number) for _, number in split)
    return named
