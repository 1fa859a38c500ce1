"""Warnings about cells of any format: formulas, invisible characters and lost letters in names, unknown columns."""

from imports.reading.cells import is_formula, without_invisible
from imports.reading.delimited import TextFile
from partners.imports.judged import Noted
from partners.imports.layouts import Bound
from partners.imports.row_notes import Notes, Reading
from partners.imports.sentences import ROW_SENTENCES

_LOST = "\ufffd"
_MAY_BEGIN_FORMULA = frozenset("=@+-")
NAMES = frozenset(
    {
        *("donor_name", "display_name", "title", "first_name", "middle_name", "last_name", "suffix", "organization"),
        *("spouse_title", "spouse_first_name", "spouse_middle_name", "spouse_last_name", "spouse_suffix"),
        *("roman_name", "church"),
    }
)
"""The facts that are names of people or organizations."""
_NUMBERS = frozenset({"amount", "tendered_amount", "gift_total", "fmv", "gift_date"})


class CellWarnings:
    """Which positions of one file hold texts and names; says what is odd about their cells."""

    def __init__(self, bound: Bound) -> None:
        self._names = tuple(place for place, fact in bound.facts.items() if fact in NAMES)
        self._width = len(bound.columns)
        self._numbers = frozenset(place for place, fact in bound.facts.items() if fact in _NUMBERS)

    def look_at(self, reading: Reading) -> None:
        """Warn about each odd cell of a record."""
        for place, cell in enumerate(reading.record.cells[: self._width]):
            if cell and cell[0] in _MAY_BEGIN_FORMULA and place not in self._numbers and is_formula(cell):
                reading.warn(place, "formula")
        for place in self._names:
            name = reading.record.cells[place]
            if name.isascii():
                continue
            if without_invisible(name) != name:
                reading.warn(place, "invisible_characters")
            if _LOST in name:
                reading.warn(place, "encoding", ROW_SENTENCES["lost_letters"])


def warn_about_columns(bound: Bound, notes: Notes) -> None:
    """Warn about each column that the format does not know."""
    for name in bound.unknown:
        _warn_of_file(notes, bound.line, name, "unknown_column", ROW_SENTENCES["unknown_column"])


def warn_about_no_rows(bound: Bound, notes: Notes) -> None:
    """Warn that there is nothing below the header."""
    _warn_of_file(notes, bound.line, "", "no_rows", ROW_SENTENCES["no_rows"])


def warn_about_letters(text: TextFile, notes: Notes) -> None:
    """Warn when the encoding had to be guessed."""
    if text.letters.guessed:
        read_as = "guessed_mac" if text.letters.encoding == "mac-roman" else "guessed_encoding"
        _warn_of_file(notes, 1, "", "encoding", ROW_SENTENCES[read_as])


def _warn_of_file(notes: Notes, line: int, column: str, code: str, sentence: str) -> None:
    notes.add("warnings", Noted(0, line, column, code, sentence))
