"""Collects what is said about rows while they are judged."""

from collections import defaultdict
from collections.abc import Iterator

from core.errors import Refused
from imports.reading.delimited import Record
from imports.reading.findings import LISTS, FileRefused, Found
from imports.reading.limits import MAX_FINDINGS
from partners.imports.judged import Noted
from partners.imports.layouts import Bound, Layout
from partners.imports.sentences import ROW_SENTENCES


class Notes:
    """The findings of one file by list; rows may gain errors until the end, and the lists come out in file order."""

    def __init__(self) -> None:
        self._lists: defaultdict[str, list[Noted]] = defaultdict(list)
        self._count = 0

    def add(self, kind: str, note: Noted) -> None:
        """Take a finding down. Raises FileRefused too_many_findings beyond MAX_FINDINGS."""
        self._count += 1
        if self._count > MAX_FINDINGS:
            raise FileRefused("too_many_findings")
        self._lists[kind].append(note)

    def of(self, kind: str) -> list[Noted]:
        """Return the findings of a kind (errors, warnings, review, conflicts, duplicates) in order of lines."""
        return sorted(self._lists[kind], key=lambda note: note.line)

    def found(self) -> Iterator[Found]:
        """Yield all findings, list after list, each in its place."""
        for kind in LISTS:
            for place, note in enumerate(self.of(kind), start=1):
                yield Found(kind, place, note.row, note.line, note.column, note.code, note.message, note.key)

    def merged(self, other: "Notes") -> "Notes":
        """Return the notes of two tables of one file together."""
        both = Notes()
        for notes in (self, other):
            for kind, found in notes._lists.items():
                both._lists[kind].extend(found)
        return both


def of_refusal(refusal: FileRefused) -> Notes:
    """Return what is said of a file of which nothing can be imported: one error of the file as a whole."""
    notes = Notes()
    notes.add("errors", Noted(0, refusal.line, "", refusal.code, str(refusal)))
    return notes


class Reading:
    """One record on its way through the rules: cells by fact, and what is wrong with them.

    A cell that cannot be read is an error already; the rules see it as empty and say nothing more about it.
    """

    __slots__ = ("_bound", "_notes", "_places", "_unreadable", "failed", "record")

    def __init__(self, record: Record, bound: Bound, notes: Notes) -> None:
        self.record, self._bound, self._notes = record, bound, notes
        self._places = bound.places
        self.failed = False
        self._unreadable: frozenset[int] = frozenset()
        if record.troubles:
            for place, code in record.troubles:
                self._note("errors", bound.columns[place] if place >= 0 else "", code)
            self.failed = True
            self._unreadable = frozenset(place for place, _ in record.troubles)

    @property
    def columns(self) -> tuple[str, ...]:
        """The column names of the file."""
        return self._bound.columns

    @property
    def is_torn(self) -> bool:
        """Whether the cells are shifted against the columns, so that nothing in the row can be trusted."""
        return -1 in self._unreadable

    @property
    def layout(self) -> Layout:
        """The format of the file."""
        return self._bound.layout

    def text(self, fact: str) -> str:
        """Return the cell of a fact; "" when there is no such column or its cell cannot be read."""
        place = self._places.get(fact)
        if place is None or (self._unreadable and place in self._unreadable):
            return ""
        return self.record.cells[place]

    def has(self, fact: str) -> bool:
        """Whether the file has a column of this fact."""
        return fact in self._bound.named

    def first_of(self, facts: tuple[str, ...]) -> str:
        """The first of these facts that the file has a column for, or ""."""
        return next((fact for fact in facts if fact in self._bound.named), "")

    def error(self, fact: str, code: str, sentence: str = "") -> None:
        """Say that the row cannot be imported because of this cell."""
        if self._unreadable and self._bound.named.get(fact) in self._unreadable:
            return
        self.failed = True
        self._note("errors", self._bound.column(fact), code, sentence)

    def refuse(self, fact: str, refusal: Refused) -> None:
        """Say that the row cannot be imported because a rule of `core` refuses this cell."""
        self.error(fact, refusal.code, str(refusal))

    def warn(self, place: int, code: str, sentence: str = "") -> None:
        """Say something about the cell at a position that does not hinder the import."""
        self._note("warnings", self._bound.columns[place], code, sentence)

    def warn_of(self, fact: str, code: str, sentence: str) -> None:
        """Say something about the cell of a fact that does not hinder the import."""
        self._note("warnings", self._bound.column(fact), code, sentence)

    def _note(self, kind: str, column: str, code: str, sentence: str = "") -> None:
        words = sentence or ROW_SENTENCES[code]
        self._notes.add(kind, Noted(self.record.row, self.record.line, column, code, words))
