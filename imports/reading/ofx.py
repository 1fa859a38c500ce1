"""OFX and QFX bank statements: SGML (version 1) and XML (version 2), read tag by tag.

In SGML only aggregates have closing tags, so what opens is known by what follows: text makes a field, another tag an
aggregate. Nothing is fetched, no entity is expanded beyond the five of XML.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from imports.reading.cells import BLANK
from imports.reading.findings import FileRefused
from imports.reading.letters import is_utf8, letters_of, lines_of
from imports.reading.markup import as_utf8

MAX_DEPTH = 100
_HEADER = re.compile(r"\s*(?:OFXHEADER\s*:|(?:<\?xml[^>]*\?>\s*)?<\?OFX\b|(?:<\?xml[^>]*\?>\s*)?<OFX>)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([A-Za-z0-9._]+)\s*(/?)>([^<]*)")
_VALUE = re.compile(r"(?:^|[\s\ufeff])([A-Z]+)\s*:\s*(\S+)")
_XML_VALUE = re.compile(r"<\?OFX\b([^>]*)\?>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([A-Z]+)\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&nbsp;": " ", "&amp;": "&"}
_ENTITY = re.compile("|".join(map(re.escape, _ENTITIES)) + "|&#[0-9]{1,7};|&#x[0-9a-fA-F]{1,6};")
_AS_IT_IS = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
ENTRY = "STMTTRN"
_STATEMENTS = frozenset({"STMTRS", "CCSTMTRS"})
CURRENCY = "CURRENCY"
"""The aggregate that says in which currency TRNAMT is; ORIGCURRENCY only says what it was before it was converted."""
OF_AMOUNT = "CURRENCY.CURSYM"


@dataclass(frozen=True)
class OfxEntry:
    """One STMTTRN: its fields by name, and the line where it begins."""

    line: int
    fields: dict[str, str]


@dataclass
class OfxStatement:
    """One account of the file: its own fields (CURDEF, ACCTID, BALAMT …) and its entries."""

    fields: dict[str, str] = field(default_factory=dict)
    entries: list[OfxEntry] = field(default_factory=list)


@dataclass(frozen=True)
class OfxFile:
    """version: as the header writes it, with "SGML" or "XML"."""

    version: str
    encoding: str
    statements: tuple[OfxStatement, ...]


def looks_like_ofx(data: bytes) -> bool:
    """Whether the bytes begin as an OFX file does."""
    head = as_utf8(data[:4096]).removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    return _HEADER.match(head) is not None


def read_ofx(data: bytes) -> OfxFile:
    """Read a whole file. Raises FileRefused not_well_formed, doctype, missing_section, encoding."""
    data = as_utf8(data)
    head = header_of(data)
    is_xml = "VERSION" in head and head["VERSION"].startswith("2")
    text, encoding = text_of(data, head, is_xml=is_xml)
    text = _COMMENT.sub(_line_ends_of, _AS_IT_IS.sub(_escaped, text)) if "<!" in text else text
    if "<!" in text:
        raise FileRefused("doctype")
    statements = tuple(_statements(text))
    if not statements:
        raise FileRefused("missing_section", "There is no statement of an account in this file.")
    return OfxFile(f"{version_of(head)} {'XML' if is_xml else 'SGML'}", encoding, statements)


def _escaped(found: re.Match[str]) -> str:
    """The text of a CDATA section as any other text is written."""
    return found[1].replace("&", "&amp;").replace("<", "&lt;")


def _line_ends_of(found: re.Match[str]) -> str:
    """Nothing of a comment but its line ends, so that what follows keeps its line."""
    return "\n" * found[0].count("\n")


def _sign(found: re.Match[str]) -> str:
    """The sign that a reference stands for; a number that is none stays as it is."""
    if found[0] in _ENTITIES:
        return _ENTITIES[found[0]]
    digits = found[0][2:-1]
    number = int(digits[1:], 16) if digits[0] == "x" else int(digits)
    return chr(number) if 0 < number < 0xD800 or 0xE000 <= number < 0x110000 else found[0]


def header_of(data: bytes) -> dict[str, str]:
    """The names and values before <OFX>, upper case."""
    head = data[:4096].decode("latin-1")
    head = head[: head.upper().find("<OFX>")] if "<OFX>" in head.upper() else head
    if found := _XML_VALUE.search(head):
        return {name.upper(): value for name, value in _ATTRIBUTE.findall(found[1])}
    return {name.upper(): value for name, value in _VALUE.findall(head)}


def version_of(head: dict[str, str]) -> str:
    """102 is 1.02 and 220 is 2.2, as people write the versions."""
    digits = head.get("VERSION", "")
    if not (digits.isdigit() and len(digits) == 3):
        return digits
    return f"{digits[0]}.{digits[1:]}" if digits[0] == "1" else f"{digits[0]}.{digits[1:].rstrip('0') or '0'}"


def text_of(data: bytes, head: dict[str, str], *, is_xml: bool) -> tuple[str, str]:
    """The text and its encoding: UTF-8 where it says so, is XML, or can be nothing else; Windows-1252 where it names
    that page. Many banks name it and write UTF-8.
    """
    stated, letters = head.get("CHARSET", ""), letters_of(data)
    pages = {"1252", "CP1252", "WINDOWS-1252"}
    is_stated = not is_xml and stated in pages and head.get("ENCODING", "").upper() != "UTF-8"
    if is_stated and (data.isascii() or letters.guessed or not is_utf8(data)):
        return data.decode("cp1252", "replace"), "windows-1252"
    return "".join(lines_of(data, letters)), "windows-1252" if letters.guessed else letters.encoding


def _statements(text: str) -> Iterator[OfxStatement]:
    """Walk over the tags. Raises FileRefused not_well_formed when something opens and does not close."""
    walk = _Walk()
    lines, before = 1, 0
    for found in _TAG.finditer(text):
        lines += text.count("\n", before, found.start())
        before = found.start()
        if statement := walk.step(found[2].upper(), found[4].strip(BLANK), lines, is_end=bool(found[1])):
            yield statement
    if walk.open or not walk.ended:
        last = walk.open[-1] if walk.open else "OFX"
        sentence = f"The file is cut short: {walk.where()}<{last}> is not closed. Export it again."
        raise FileRefused("not_well_formed", sentence)


class _Walk:
    """Where in the file we are: the open aggregates, the statement and the entry that they belong to."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.ended = False
        self._field = ""
        self._statement: OfxStatement | None = None
        self._entry: OfxEntry | None = None

    def step(self, name: str, text: str, line: int, *, is_end: bool) -> OfxStatement | None:
        """Take one tag with the text behind it; answer with a statement when it ends."""
        if is_end:
            return self._close(name, line)
        self._field = name if text else ""
        if text:
            self._keep(name, text)
        else:
            self._enter(name, line)
        return None

    def _keep(self, name: str, text: str) -> None:
        value = _ENTITY.sub(_sign, text)
        if self._entry is not None:
            self._entry.fields.setdefault(name, value)
            if CURRENCY in self.open and name == "CURSYM":
                self._entry.fields[OF_AMOUNT] = value
        elif self._statement is not None:
            key = f"{self.open[-1]}.{name}" if self.open else name
            self._statement.fields.setdefault(name, value)
            self._statement.fields.setdefault(key, value)

    def _enter(self, name: str, line: int) -> None:
        self.open.append(name)
        if len(self.open) > MAX_DEPTH:
            raise FileRefused("not_well_formed", f"The file is nested deeper than {MAX_DEPTH}. Export it again.")
        if name in _STATEMENTS:
            self._statement = OfxStatement()
        elif name == ENTRY:
            if self._statement is None or self._entry is not None:
                sentence = f"Line {line}: an entry stands outside the list of an account. Statements of bank accounts"
                sentence += " and credit cards can be read; export one of these."
                raise FileRefused("not_well_formed", sentence, line=line)
            self._entry = OfxEntry(line, {})

    def where(self) -> str:
        """The entry that is open, as a sentence names it before what is wrong with it."""
        return f"in the entry that begins on line {self._entry.line} " if self._entry is not None else ""

    def _close(self, name: str, line: int) -> OfxStatement | None:
        if name == self._field:  # XML closes its fields too
            self._field = ""
            return None
        while self.open and self.open[-1] != name and self.open[-1] not in _STATEMENTS | {ENTRY, "OFX"}:
            self.open.pop()  # an empty field of SGML, which nothing closes
        if not self.open or self.open[-1] != name:
            sentence = f"Line {line}: {self.where()}</{name[:40]}> closes what is not open. Export the file again."
            raise FileRefused("not_well_formed", sentence, line=line)
        self.open.pop()
        self.ended = name == "OFX"
        if name == ENTRY and self._entry is not None and self._statement is not None:
            self._statement.entries.append(self._entry)
            self._entry = None
        if name in _STATEMENTS:
            statement, self._statement = self._statement, None
            return statement
        return None
