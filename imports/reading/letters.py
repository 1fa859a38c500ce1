"""From bytes to lines of text: which encoding, and which letters of which line cannot be read.

A byte order mark decides. Without one it is UTF-8; a file that is not, and holds no valid multi-byte letter, is
Windows-1252, or Mac Roman where its words prove it; in every other file the bad bytes become BAD_LETTER, so that only
their records are in trouble.
"""

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from imports.reading.findings import FileRefused

BAD_LETTER = "\udcff"
"""Stands for bytes that are no letter of the encoding; a lone surrogate, so no valid text can hold it."""

_MARKS = (
    (codecs.BOM_UTF32_LE, ""),
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MULTI_BYTE_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_CHUNK = 1024 * 1024
FILLING = b"\x1a\x00"
"""Old programs write these behind the last line: the end mark of DOS, and what fills the last block."""
_IN_WORDS_OF_MAC = re.compile(
    rb"[A-Za-z][\x81-\x84\x86-\x89\x8b\x8d\x8f\x90\x98\x99\x9b\x9d][a-z]|[a-z][\x8a\x8c\x8e\x9f](?![A-Z])"
    rb"|[a-z][\x8e\x8f\x90\x9d](?![a-z])"
)
_IN_WORDS_OF_WINDOWS = re.compile(rb"[A-Za-z][\xc0-\xd6\xd8-\xf6\xf8-\xff]|[\xc0-\xd6\xd8-\xf6\xf8-\xff][a-z]")
"""Letters with accents beside plain ones. What is a letter of one of the two is a sign or nothing in the other."""


def _bad_letter(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return BAD_LETTER, error.end


codecs.register_error("bad_letter", _bad_letter)


@dataclass(frozen=True, slots=True)
class Letters:
    """The encoding of a file. `mark` is the length of its byte order mark; `guessed` says that it had to be guessed."""

    encoding: str
    mark: int = 0
    guessed: bool = False

    @property
    def name(self) -> str:
        """The encoding for people: "utf-8", "utf-8 with BOM", "cp1252"."""
        return f"{self.encoding} with BOM" if self.mark else self.encoding


def letters_of(data: bytes) -> Letters:
    """Say how the bytes are to be read as text. Raises FileRefused encoding for UTF-16 without mark and for UTF-32."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            if not encoding:
                raise FileRefused("encoding", "The file is UTF-32. Save it as UTF-8 and upload it again.")
            return Letters(encoding, mark=len(mark))
    if _is_wide(data[:_CHUNK].rstrip(FILLING)):
        raise FileRefused("encoding", "The file is UTF-16 without a byte order mark. Save it as UTF-8.")
    if is_utf8(data) or _MULTI_BYTE_LETTER.search(data):
        return Letters("utf-8")
    return Letters("mac-roman" if _is_of_mac(data) else "cp1252", guessed=True)


def _is_of_mac(data: bytes) -> bool:
    """Whether more words have letters where Mac Roman has them than where Windows-1252 has them."""
    return len(_IN_WORDS_OF_MAC.findall(data)) > len(_IN_WORDS_OF_WINDOWS.findall(data))


def lines_of(data: bytes, letters: Letters) -> Iterator[str]:
    """Yield the lines with their ends (LF, CRLF or CR, also mixed), decoded bit by bit; bad bytes as BAD_LETTER."""
    is_wide = letters.encoding.startswith("utf-16")  # where this byte may be half a letter
    stream = io.BytesIO(data if is_wide else data.rstrip(FILLING))
    stream.seek(letters.mark)
    with io.TextIOWrapper(stream, encoding=letters.encoding, errors="bad_letter", newline="") as text:
        yield from text


def line_ends_of(data: bytes) -> str:
    """Name the line ends: "CRLF", "LF", "CR", "mixed", or "" for a single line. UTF-16 counts like the rest."""
    crlf = data.count(b"\r\n") + data.count(b"\r\x00\n")
    kinds = {"CRLF": crlf, "LF": data.count(b"\n") - crlf, "CR": data.count(b"\r") - crlf}
    found = [name for name, count in kinds.items() if count]
    return found[0] if len(found) == 1 else "mixed" if found else ""


def is_utf8(data: bytes) -> bool:
    """Whether every byte belongs to a letter of UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _is_wide(sample: bytes) -> bool:
    """Say whether NUL bytes stand where wide encodings put them: most of the even or most of the odd places.

    Two places of four are NUL in UTF-16 text of plain letters, three of four in UTF-32; line ends and commas put some
    into any text. A few NULs in a cell are not wide.
    """
    head = sample[:256]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) * 10 > len(head) * 3 and even + odd < len(head)
