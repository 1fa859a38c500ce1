"""A file of replies of a wave, judged as a whole: every problem at once, with row, column and remedy. Writes nothing;
what the rules of the acts say is told by `transition.operations.bring_replies`.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.dates import AmbiguousDate, WrongDate, parse_date
from core.money import Money
from imports.reading.lists import ListLine, Problem, places_of, wrong_columns
from imports.reading.sheets import SheetRead, SheetRow, counted_day
from transition.models import ShiftAct
from transition.reply_rows import COLUMNS, MOST_REPLIES, MOST_WORDS, NEEDED, REPLIES, ReplyRow

HOWS = ", ".join(ShiftAct.How.values)


@dataclass(frozen=True)
class KnownShift:
    """A commitment of the wave as its reader may know it: whose it is, and its currency."""

    giver: str
    currency: str


def judge_replies(
    sheet: SheetRead, known: Mapping[int, KnownShift], today: date
) -> tuple[list[ReplyRow], list[Problem]]:
    """The replies of a file and everything that is wrong with it. Rows without a reply say nothing."""
    places = places_of(sheet)
    problems = wrong_columns(sheet, COLUMNS, NEEDED)
    if problems:
        return [], problems
    lines = [line for row in sheet.rows if (line := ReplyLine(row, places, today)).says_something]
    if not lines:
        return [], [Problem(0, "reply", "No row has a reply. Fill in the column “reply” where somebody answered.")]
    if len(lines) > MOST_REPLIES:
        return [], [Problem(0, "", f"The file has more than {MOST_REPLIES} replies. Split it.")]
    seen: dict[int, int] = {}
    rows = [made for line in lines if (made := line.reply(known, seen))]
    return rows, [problem for line in lines for problem in line.problems]


class ReplyLine(ListLine):
    """One row of replies."""

    def __init__(self, row: SheetRow, places: Mapping[str, int], today: date) -> None:
        super().__init__(row, places, COLUMNS)
        self.today = today

    @property
    def says_something(self) -> bool:
        return bool(self.problems or any(self.cells[name] for name in ("reply", "replied_on", "last_day", "moves_on")))

    def reply(self, known: Mapping[int, KnownShift], seen: dict[int, int]) -> ReplyRow | None:
        """The row as a reply; None, with what is wrong noted, when it is none."""
        shift, said, on = self.shift(known, seen), self.said(), self.day("replied_on", needed=True)
        last_day = self.day("last_day", needed=said == "stopped")
        moves_on, how = self.day("moves_on"), self.how(said)
        amount = self.amount(known[shift].currency) if shift else None
        if said and said != "stopped" and last_day:
            self.wrong("last_day", "A last day belongs to “stopped” alone. Empty the cell, or correct the reply.")
        if said and said != "agreed" and (moves_on or self.cells["amount"]):
            self.wrong("moves_on", "Only who agreed moves. Empty “moves_on” and “amount”, or correct the reply.")
        if amount and not moves_on:
            self.wrong("moves_on", "An amount belongs to a move. Say from which day, or empty “amount”.")
        if len(self.cells["words"]) > MOST_WORDS:
            self.wrong("words", f"This is longer than {MOST_WORDS} characters. Shorten it.")
        if said == "left" and not self.cells["words"]:
            self.wrong("words", "Say why nobody is asked.")
        if self.problems or not (shift and said and on):
            return None
        return ReplyRow(self.row, shift, said, on, how, last_day, moves_on, amount, self.cells["words"])

    def shift(self, known: Mapping[int, KnownShift], seen: dict[int, int]) -> int | None:
        """Whose reply it is: by number, and by the giver beside it, so that cells that slipped are found."""
        text, giver = self.cells["number"], self.cells["giver"]
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
        found = known.get(number)
        if found is None:
            self.wrong("number", f"“{text}” is no commitment of this wave. Take the numbers from its list.")
        elif number in seen:
            self.wrong("number", f"{number} stands on row {seen[number]} too. Keep one of them.")
        elif giver and bare(giver) != bare(found.giver):
            self.wrong("giver", f"{number} is of “{found.giver}”, not of “{giver}”. Look whether cells have slipped.")
        else:
            seen[number] = self.row
            return number
        return None

    def said(self) -> str:
        text = self.cells["reply"].casefold()
        if text in REPLIES:
            return text
        self.wrong("reply", f"Write one of {', '.join(REPLIES)}. Who did not reply keeps the whole row empty.")
        return ""

    def how(self, said: str) -> str:
        text = self.cells["how"].casefold()
        if said == "left" or text in ShiftAct.How.values:
            return text if said != "left" else ""
        if said:
            self.wrong("how", f"Write how the reply came: one of {HOWS}.")
        return ""

    def day(self, column: str, *, needed: bool = False) -> date | None:
        text = self.cells[column]
        if not text:
            if needed:
                self.wrong(column, "The day is empty. Write it like 2026-03-14.")
            return None
        try:
            return counted_day(text) or parse_date(text, today=self.today)
        except (WrongDate, AmbiguousDate) as refusal:
            self.wrong(column, str(refusal))
            return None

    def amount(self, currency: str) -> Money | None:
        """What is promised from the move on; None where the cell is empty or wrong."""
        amount = self.money_in("amount", currency)
        if amount is None or amount.minor > 0:
            return amount
        self.wrong("amount", "Write an amount above zero. Who gives no more “stopped”.")
        return None


def bare(name: str) -> str:
    """A name without what a spreadsheet or its safety adds."""
    return " ".join(unicodedata.normalize("NFC", name).lstrip("'").split()).casefold()
