"""TntConnect's XML export carries sign-in names, passwords and keys of other services. They are cut out of the bytes
before anything of the file is kept; everything else stays byte for byte.
"""

import re
from collections.abc import Callable
from xml.parsers import expat

from imports.reading.markup import MAX_DEPTH
from imports.reading.sniffing import is_packed
from imports.reading.workbook import WORKBOOK

Span = tuple[int, int]
"""(from, to) in bytes."""
Found = tuple[list[Span], int, bool]
"""(Spans of secrets, byte behind what could be read, whether a document type stands there)."""

_TABLES = "tables"
_TABLE, _ROW, _FIELD = 1, 2, 3
"""How deep below the tables."""
_LOGIN = "login"
_PROPERTY = "property"
_VALUE = "propvalue"
_SECRET = re.compile(
    r"pass(?:word|wd|phrase)?$|pwd|password|api_?key|key$|token|secret|credential|login|pin$|auth", re.I
)
_KEPT = frozenset({"monthlysupportgoal", "mailchimplistid"})
_HARMLESS = re.compile(rb"\s*(?:true|false|-?\d{1,9}(?:\.\d{1,4})?|\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2})?|)\s*", re.I)
_CONTROLS = bytes(range(9)) + b"\x0b\x0c" + bytes(range(14, 32))
_BLANKED = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_HIGH = bytes.maketrans(bytes(range(128, 256)), b"?" * 128)
_REFERENCE = re.compile(rb"&#(?:x([0-9a-fA-F]{1,8})|(\d{1,8}));")
_WIDE_REFERENCE = re.compile(r"&#(?:x[0-9a-fA-F]{1,8}|[0-9]{1,8});")
_CUT = b"\n<"
"""Put behind a file that could be read only so far: it stays damaged, and is refused as such."""
_TYPED = b"<!DOCTYPE Database><Database/>"
_MARKS = b"\xef\xbb\xbf\xff\xfe"
_PROLOG = re.compile(rb"(?:[\s\x00-\x1f]+|<\?.*?\?>|<!--.*?-->)*", re.S)
_ROOT = re.compile(rb"<!DOCTYPE\s+([\w.:-]+)[\s>\[]|<([\w.:-]+)[\s/>]", re.I)
_BLANKS = b" \t\r\n\x00" + _MARKS
_UNTOLD = "?"
_KEPT_OF_PACKED = 16
_WITHOUT_SECRETS = frozenset({"", "ofx", "document", "html", "head", "body", "script", "title"})
"""Roots of what else comes as markup and holds no sign-ins: bank files, pages of errors; and what is no markup."""


def looks_like_tnt_xml(data: bytes) -> bool:
    """Whether the bytes begin as an XML export of TntConnect does, in any encoding, whatever stands before its root."""
    name = root_of(data[:4096])
    return (root_of(data) if name == _UNTOLD else name) == "database"


def may_hold_secrets(head: bytes) -> bool:
    """Whether a file that begins so may carry sign-ins: any markup but what is known to be something else, also where
    so few bytes do not tell.
    """
    return root_of(head) not in _WITHOUT_SECRETS


def root_of(data: bytes) -> str:
    """The name of the first element, or of the document type, in small letters and without prefix; "?" where it is not
    reached, "" for what is no markup.
    """
    bare = data.replace(b"\x00", b"").lstrip(_MARKS)
    before = _PROLOG.match(bare)
    start = bare[before.end() :] if before else bare
    found = _ROOT.match(start)
    if found:
        return (found[1] or found[2]).decode("ascii", "replace").rpartition(":")[2].casefold()
    return _UNTOLD if not start or start.startswith(b"<") else ""


def kept_bytes(data: bytes, find: Callable[[bytes], Found]) -> bytes:
    """What is kept of a whole file that may hold secrets; `find` runs `find_secrets`, in a process of its own.

    A packed file is refused by its first bytes, and nobody sees what is in it: nothing else of it is kept.
    """
    if is_packed(data):
        return data if WORKBOOK in data else data[:_KEPT_OF_PACKED]
    if not data.strip(_BLANKS) or not may_hold_secrets(data):
        return data
    return without(data, find(data))


def find_secrets(data: bytes) -> Found:
    """Where the secrets of an export stand. For `run_in_child`."""
    finder = _Finder()
    end = finder.read(readable(data))
    return finder.spans_until(end), end, finder.typed


def without(data: bytes, found: Found) -> bytes:
    """The file without what `find_secrets` found.

    A file that cannot be read to its end keeps only what was read, so that no secret hides in the rest.
    """
    spans, end, typed = found
    kept = cut(data[:end], spans)
    if end == len(data):
        return kept
    return _TYPED if typed else kept + _CUT


def cut(data: bytes, spans: list[Span]) -> bytes:
    """The bytes outside the spans."""
    parts, place = [], 0
    for begin, end in sorted(spans):
        if end > place:
            parts.append(data[place : max(begin, place)])
            place = end
    return b"".join([*parts, data[place:]])


def readable(data: bytes) -> bytes:
    """The same number of bytes, so that an XML parser gets through: control characters and letters of an undeclared
    encoding become others.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _readable_wide(data, "utf-16-le" if data.startswith(b"\xff") else "utf-16-be")
    bare = _REFERENCE.sub(_as_blanks, data.translate(_BLANKED))
    if b"encoding" in bare[:200] and b"utf-8" not in bare[:200].lower():
        return bare
    try:
        bare.decode("utf-8")
    except UnicodeDecodeError:
        return bare.removeprefix(b"\xef\xbb\xbf").translate(_HIGH) if not bare.startswith(b"\xef\xbb\xbf") else bare
    return bare


def _readable_wide(data: bytes, encoding: str) -> bytes:
    """The same for UTF-16, where every character that XML does not allow takes two bytes."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return data
    bare = text.translate(dict.fromkeys(_CONTROLS, " "))
    blanked = _WIDE_REFERENCE.sub(_as_blanks_wide, bare)
    return blanked.encode(encoding)


def _as_blanks_wide(found: re.Match[str]) -> str:
    bare = found[0].encode("ascii")
    return _REFERENCE.sub(_as_blanks, bare).decode("ascii")


def _as_blanks(found: re.Match[bytes]) -> bytes:
    """A reference to a character that XML does not allow."""
    number = int(found[1], 16) if found[1] else int(found[2])
    allowed = number in {9, 10, 13} or 32 <= number < 0xD800 or 0xE000 <= number <= 0x10FFFF
    return found[0] if allowed else b" " * len(found[0])


class _Finder:
    """Goes through the XML and remembers where secrets stand: the content of tables of logins, of fields that are named
    like secrets, and of properties that are not known to be harmless.
    """

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.typed = False
        self._path: list[str] = []
        self._tables = 0  # how deep the element that holds all tables stands; 0 outside of it
        self._begins: list[int] = []  # of the content of each open element; -1 until it is known
        self._secret_from = -1
        self._secret_depth = 0
        self._row_from = -1
        self._name, self._value, self._said = "", (0, 0), bytearray()
        self._parser = expat.ParserCreate()

    def read(self, data: bytes) -> int:
        """Read as far as it goes; return the byte behind what was read."""
        parser = self._parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = parser.DefaultHandler = self._other
        parser.StartDoctypeDeclHandler = self._refuse_type
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError):
            return max(min(parser.ErrorByteIndex, len(data)), 0)
        return len(data)

    def spans_until(self, end: int) -> list[Span]:
        """The spans, with those that are still open where the reading ended."""
        begins = [begin for begin in (self._secret_from, self._row_from) if begin >= 0]
        return self.spans + [(begin, end) for begin in begins]

    def _refuse_type(self, *_declaration: object) -> None:
        self.typed = True
        raise ValueError("doctype")

    def _arrive(self) -> int:
        """Where we are; the content of an element begins at the first event inside it."""
        here = self._parser.CurrentByteIndex
        if self._begins and self._begins[-1] < 0:
            self._begins[-1] = here
            if self._secret_from == -2 and len(self._path) == self._secret_depth:
                self._secret_from = here
        return here

    def _start(self, name: str, _attributes: object) -> None:
        here = self._arrive()
        self._path.append(name.rpartition(":")[2].casefold())
        if self._tables == 0 and self._path[-1] == _TABLES:
            self._tables = len(self._path)
        self._begins.append(-1)
        if len(self._path) > MAX_DEPTH:
            raise ValueError("depth")
        if self._secret_depth == 0 and self._is_secret():
            self._secret_depth, self._secret_from = len(self._path), -2
        if self._depth() == _ROW and self._in_properties() and self._path[-1] == "row":
            self._row_from, self._name, self._value, self._said = here, "", (0, 0), bytearray()

    def _depth(self) -> int:
        """How deep below the tables: 1 a table, 2 a row, 3 a field; 0 outside of them."""
        return len(self._path) - self._tables if self._tables else 0

    def _is_secret(self) -> bool:
        name, depth = self._path[-1], self._depth()
        if depth == _TABLE:
            return name == _LOGIN
        if depth == 0 and name == _VALUE:  # of a property, in a file that nobody reads
            return True
        return depth != _ROW and _SECRET.search(name) is not None

    def _in_properties(self) -> bool:
        return self._depth() >= _ROW and self._path[self._tables] == _PROPERTY

    def _text(self, text: str) -> None:
        self._arrive()
        if self._row_from >= 0 and self._depth() == _FIELD:
            if self._path[-1] == "propname":
                self._name += text
            elif self._path[-1] == _VALUE:
                self._said += text.encode("utf-8", "replace")

    def _other(self, _data: str) -> None:
        self._arrive()

    def _end(self, _name: str) -> None:
        here = self._arrive()
        name, begin = self._path[-1], self._begins[-1]
        if self._secret_depth == len(self._path):
            self.spans.append((max(begin, 0), here))
            self._secret_depth, self._secret_from = 0, -1
        if self._row_from >= 0 and self._depth() == _FIELD and name == _VALUE:
            self._value = (begin, here)
        if self._row_from >= 0 and self._depth() == _ROW:
            if self._value != (0, 0) and not self._is_harmless():
                self.spans.append(self._value)
            self._row_from = -1
        if len(self._path) == self._tables:
            self._tables = 0
        self._path.pop()
        self._begins.pop()

    def _is_harmless(self) -> bool:
        """Whether a property may be kept: one of the known ones, or a plain number, day or yes and no."""
        name = self._name.strip()
        if name.casefold() in _KEPT:
            return True
        return _SECRET.search(name) is None and _HARMLESS.fullmatch(bytes(self._said)) is not None
