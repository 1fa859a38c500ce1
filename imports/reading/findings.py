"""What can be said about a file and its records: refusals, findings, and the sentence of each code."""

from dataclasses import dataclass
from typing import NamedTuple

from core.errors import Refused

FILE_SENTENCES = {
    "empty": "The file is empty. Export it again.",
    "compressed": "The file is compressed. Unpack it and upload the file that is inside.",
    "workbook": "This is a workbook, and its columns are not known yet. Map them once, or save it as CSV.",
    "binary": "The file is not text. Export it as CSV and upload that.",
    "html": "The file is a web page, perhaps a sign-in page that was saved. Sign in there and export again.",
    "error_reply": "The file holds an error message of the other system instead of data. Try the download again.",
    "doctype": "The XML declares a document type or entities, which can be used for attacks. Export it without them.",
    "not_well_formed": "The XML is cut short or wrong. Export it again.",
    "encoding": "The letters cannot be read. Save the file as UTF-8 and upload it again.",
    "quote": "A quotation mark is opened and not closed, or text follows a closing one. Correct that line.",
    "duplicate_column": "Two columns have the same name. Rename or remove one.",
    "too_many_columns": "The file has too many columns. Remove those that are not needed.",
    "too_many_rows": "The file has too many rows. Split it into smaller files.",
    "too_many_findings": "More is wrong with this file than can be told. Choose another format, or export it again.",
    "too_large": "The file is too large to read. Split it into smaller files.",
    "missing_column": "A needed column is not there. Add it, or choose another format.",
    "missing_section": "The section [DONORS] or [GIFTS] is not there. Export the file again.",
    "ambiguous_date": "The dates can be read month first or day first. Write them like 2025-03-14.",
    "balance": "The amounts of this file do not add up to its balance. Export it again.",
    "amount": "An amount of this file cannot be read. Export it again.",
    "currency": "The currency of this file cannot be taken.",
    "date": "A date of this file cannot be read. Export it again.",
    "not_recognised": "The file is in no format that can be imported here. Choose the format or export it again.",
}
"""Code of a whole-file trouble -> what is wrong and what to do."""

CELL_SENTENCES = {
    "encoding": "Some letters of this cell cannot be read. Save the file as UTF-8.",
    "control_character": "The cell holds invisible control characters. Type it again.",
    "too_long": "The cell is longer than 100,000 characters. Shorten it.",
    "cell_count": "The row has fewer or more cells than the header. Look for a missing or an extra comma.",
}
"""Code of a trouble in one record -> what is wrong and what to do."""


class FileRefused(Refused):
    """Nothing of this file can be imported; `code` is the reason, `line` the line of the trouble where there is one."""

    status = 422

    def __init__(self, code: str, message: str = "", *, line: int = 0) -> None:
        super().__init__(message or FILE_SENTENCES[code])
        self.code = code
        self.line = line

    def __reduce__(self) -> tuple[object, tuple[str, str], dict[str, int]]:
        return type(self), (self.code, str(self)), {"line": self.line}


class NoTable(FileRefused):
    """The same of a file that has no columns, so that nobody can say what they are."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about one record, or about the file (row 0).

    row: data records from 1, per section. line: lines of the file from 1, where the record begins. column: its name as
    the file writes it, or "". code: the stable word. message: a plain sentence.
    """

    row: int
    line: int
    column: str
    code: str
    message: str


LISTS = ("errors", "warnings", "review", "conflicts", "duplicates")
"""The lists of findings, by the names and in the order that `import_file --json` has."""


class KeptOut(NamedTuple):
    """A row that an error or a conflict keeps out, as the file has it: `columns` name its cells."""

    section: str
    row: int
    line: int
    columns: tuple[str, ...]
    cells: tuple[str, ...]


class Found(NamedTuple):  # travels between processes by the hundred thousand
    """A finding in its place: `position` counts from 1 in each list; `key` names the gift or the donor, or is ""."""

    kind: str
    position: int
    row: int
    line: int
    column: str
    reason: str
    message: str
    key: str
