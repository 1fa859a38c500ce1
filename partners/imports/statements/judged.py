"""The lines of a bank's statement as judged, whatever file they came in: repeats, corrections, sums, and payouts."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from core.money import Money
from partners.imports.context import Context
from partners.imports.judged import JudgedMovement, JudgedRow, Noted, Verdict
from partners.imports.movements import LineId, Movement, Payout
from partners.imports.row_notes import Notes
from partners.imports.sentences import ROW_SENTENCES
from partners.imports.statements import SECTION
from partners.keys import short_key

_RETURNED = re.compile(r"\b(?:returned|return item|nsf|chargeback)\b|r(?:ü|ue)cklastschrift|retoure", re.IGNORECASE)
_PROCESSORS = (
    ("ppgf", "PPGF", re.compile(r"paypal\s+giving\s+fund|\bppgf\b", re.IGNORECASE)),
    ("stripe", "STRIPE", re.compile(r"\bstripe\b", re.IGNORECASE)),
    ("paypal", "PAYPAL", re.compile(r"\bpaypal\b", re.IGNORECASE)),
)
_EARLIEST, _LATEST = timedelta(days=1), timedelta(days=14)


@dataclass
class LineRow:
    """One row or entry of a statement, with what it moves: several lines where a batch is told in parts."""

    row: int
    line: int
    columns: tuple[str, ...]
    cells: tuple[str, ...]
    moved: list[Movement] = field(default_factory=list)
    verdict: Verdict = Verdict.CREATE
    counts: bool = True  # not replaced or deleted by a later entry, and deletes none itself


@dataclass(frozen=True)
class Statement:
    """A judged statement. facts: what is told of this format only."""

    format: str
    rows: list[LineRow]
    notes: Notes
    facts: dict[str, Any]

    @property
    def counted(self) -> list[LineRow]:
        """The rows that count: without errors, and not corrected by a later one."""
        return [row for row in self.rows if row.counts and row.verdict in {Verdict.CREATE, Verdict.REPEAT}]

    @property
    def line_ids(self) -> set[LineId]:
        """Every line that the file tells."""
        return {movement.line_id for row in self.rows for movement in row.moved}

    def kept(self) -> Iterator[JudgedRow]:
        """Every row as it came."""
        for row in self.rows:
            yield JudgedRow(SECTION, row.row, row.line, row.verdict, "", row.columns, row.cells)

    def movements(self, there: frozenset[LineId]) -> Iterator[JudgedMovement]:
        """Every line of the rows without errors, each once."""
        seen = set(there)
        for row in self.rows:
            if row.verdict in {Verdict.CREATE, Verdict.REPEAT}:
                for movement in row.moved:
                    verdict = Verdict.REPEAT if movement.line_id in seen else Verdict.CREATE
                    seen.add(movement.line_id)
                    yield JudgedMovement(SECTION, row.row, verdict, movement)


def settle(rows: list[LineRow], context: Context, notes: Notes) -> None:
    """Find what is there already, in this file or from an earlier one: a repeat counts once, another amount or day
    under the same reference is a conflict, and the first stands.
    """
    if not rows:
        notes.add("warnings", Noted(0, 0, "", "no_rows", ROW_SENTENCES["no_lines"]))
    first: dict[LineId, Movement] = {}
    for row in rows:
        if row.verdict is not Verdict.CREATE or not row.moved:
            continue
        before = [first.get(movement.line_id) for movement in row.moved]
        for movement in row.moved:
            first.setdefault(movement.line_id, movement)
        key = row.moved[0].reference
        if any(
            was and (was.amount, was.date) != (now.amount, now.date) for was, now in zip(before, row.moved, strict=True)
        ):
            row.verdict = Verdict.CONFLICT
            for kind in ("conflicts", "errors"):
                _note(notes, kind, row, "conflict", key)
        elif all(before):
            row.verdict, row.counts = Verdict.REPEAT, False
            for kind in ("duplicates", "warnings"):
                _note(notes, kind, row, "duplicate", key)
        elif all(movement.line_id in context.lines for movement in row.moved):
            row.verdict = Verdict.REPEAT
            _note(notes, "duplicates", row, "duplicate", key)


def differs(one: Movement, other: Movement) -> bool:
    """Whether two lines of one reference tell different money."""
    return (one.amount, one.date) != (other.amount, other.date)


def _note(notes: Notes, kind: str, row: LineRow, code: str, key: str = "") -> None:
    notes.add(kind, Noted(row.row, row.line, "", code, ROW_SENTENCES[code], key))


def numbered(rows: Iterable[LineRow]) -> None:
    """Give lines without a reference one made of what they say, so that the same statement twice changes nothing. Two
    lines of an account that say the same are two; accounts are counted apart, so that a line is called the same whether
    its account stands alone in the file or with others.
    """
    seen: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for place, moved in enumerate(row.moved):
            if not moved.reference:
                says = f"{moved.date}/{moved.amount.decimal_string()}/{moved.text}/{moved.party}"
                seen[moved.account, says] += 1
                row.moved[place] = moved._replace(reference=short_key(f"{says}/{seen[moved.account, says]}"))


def said_of(statement: Statement, context: Context) -> dict[str, Any]:
    """Sums of what came in and went out, days, deposits of processors, and what came back."""
    counted = statement.counted
    sums = [total_of(row) for row in counted]
    days = sorted({movement.date for row in counted for movement in row.moved})
    return {
        "credits": in_sum([each for each in sums if each.minor > 0]),
        "debits": in_sum([-each for each in sums if each.minor < 0]),
        "dates": [days[0].isoformat(), days[-1].isoformat()] if days else [],
        "processor_deposits": [found for row in counted if (found := processor_deposit(row, context))],
        "returned_rows": [row.row for row in counted if any(movement.returned for movement in row.moved)],
    }


def total_of(row: LineRow) -> Money:
    """What a row moves in all."""
    return Money(sum(movement.amount.minor for movement in row.moved), row.moved[0].amount.currency)


def in_sum(amounts: list[Money]) -> dict[str, Any]:
    """How many and how much, in the currency of the account; by currency where the accounts have several."""
    totals: Counter[str] = Counter()
    for each in amounts:
        totals[each.currency] += each.minor
    told = {currency: Money(minor, currency).decimal_string() for currency, minor in sorted(totals.items())}
    return {"count": len(amounts), "sum": told if len(told) > 1 else next(iter(told.values()), "0.00")}


def is_returned(amount: Money, *texts: str) -> bool:
    """Whether a line takes back what had come in."""
    return amount.minor < 0 and any(_RETURNED.search(text) for text in texts)


def processor_deposit(row: LineRow, context: Context) -> dict[str, Any] | None:
    """The deposit of a payment processor, and which payout it is where that is known. It is no gift."""
    total = total_of(row)
    words = " ".join(f"{movement.party} {movement.text}" for movement in row.moved)
    if total.minor <= 0:
        return None
    for name, account, pattern in _PROCESSORS:
        if pattern.search(words):
            match = payout_of(row.moved[0], total, account, words, context.payouts)
            return {"row": row.row, "amount": total.decimal_string(), "from": name, "match": match}
    return None


def payout_of(moved: Movement, total: Money, account: str, words: str, payouts: Iterable[Payout]) -> str:
    """The payout of this processor with this amount, named in the line or else nearest before its day; "" for none."""
    fitting = [
        payout
        for payout in payouts
        if payout.account == account and payout.amount == total and -_EARLIEST <= moved.date - payout.date <= _LATEST
    ]
    if not fitting:
        return ""
    named = [payout for payout in fitting if any(len(word) > 5 and word in payout.payout for word in words.split())]
    return min(named or fitting, key=lambda payout: abs(moved.date - payout.date)).payout
