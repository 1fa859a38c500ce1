"""Whole-file troubles that the first bytes show: files that are no table of text at all.

Compressed files are never unpacked: 150 KB of them can hold millions of rows.
"""

import re

from imports.reading.findings import FileRefused, NoTable
from imports.reading.letters import FILLING
from imports.reading.limits import refuse_oversize
from imports.reading.markup import refuse_bad_xml

_HEAD = 4096

_COMPRESSED = (
    b"\x1f\x8b",  # gzip
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",  # zip, and with it xlsx, ods, docx
    b"\xfd7zXZ\x00",
    b"7z\xbc\xaf\x27\x1c",
    b"\x28\xb5\x2f\xfd",  # zstd
    b"Rar!\x1a\x07",
    b"\x1f\x9d",  # compress
    b"\x04\x22\x4d\x18",  # lz4
)
_BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)")
_BINARY = (
    b"%PDF-",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",  # JPEG
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",  # TIFF
    b"\xd0\xcf\x11\xe0",  # old Office files
    b"\x09\x08",
    b"\x09\x04\x06\x00",  # spreadsheets older than that
    b"\x7fELF",
    b"MZ\x90",
    b"SQLite format 3",
)
_RIFF_IMAGE = re.compile(rb"RIFF....WEBP", re.DOTALL)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|title)\b", re.I | re.S
)
_ERROR_REPLY = re.compile(
    rb"""\s*["']?(?:
        BAD_[A-Z_]+ | (?:NO|NOT|INVALID|UNKNOWN|EXPIRED)_[A-Z_]+ | ERROR | ERR | FAILED | FAILURE | FAULT | TIMEOUT
        | ACCESS[ _]DENIED | UNAUTHORI[SZ]ED | FORBIDDEN | SESSION[ _]EXPIRED | INTERNAL[ ]SERVER[ ]ERROR
        | HTTP/\S+[ ][45]\d\d | [45]\d\d[ ][A-Z]
    )
    (?!(?:[A-Z_ ]*|\w*)["']?[ \t]*[,;|\t])  # a header may begin with such a word
    """,
    re.IGNORECASE | re.VERBOSE,
)
_JSON_ERROR = re.compile(rb"""\s*\{\s*"(?:error|errors|message|status)"\s*:""", re.IGNORECASE)
_FROM_THE_BANK = "Ask the bank for CAMT.053, OFX or CSV."
_KNOWN = (
    (
        re.compile(rb"""\s*(?:\{\s*"[^"]*"\s*:|\[\s*[\[{])"""),
        "This is JSON, as programs write it to each other. Export the list as CSV.",
    ),
    (re.compile(rb"\s*(?::20:|\{1:F01)"), f"This is MT940, which cannot be read here. {_FROM_THE_BANK}"),
    (re.compile(rb"\s*!(?:Type|Account|Option):", re.I), f"This is QIF, which names no account. {_FROM_THE_BANK}"),
    (re.compile(rb"01,[^,\s]*,[^,\s]*,\d{6},\d{4},"), f"This is BAI2, which cannot be read here. {_FROM_THE_BANK}"),
    (re.compile(rb"BEGIN:VCARD\s", re.I), "These are address cards (vCard). Export the contacts as CSV."),
)
"""How other files begin that people try, and what is said of them."""
_BLANK = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*")


def refuse_unreadable(data: bytes) -> None:
    """Raise FileRefused when the bytes are no text to import: oversize, empty, compressed, binary, HTML, XML …"""
    refuse_oversize(data)
    head = data[:_HEAD]
    if _has_no_content(data):
        raise FileRefused("empty")
    if is_packed(head):
        raise FileRefused("compressed")
    if head.startswith(_BINARY) or _RIFF_IMAGE.match(head):
        raise FileRefused("binary")
    text = head.removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(text):
        raise FileRefused("html")
    if _ERROR_REPLY.match(text) or _JSON_ERROR.match(text):
        raise FileRefused("error_reply")
    for begins, sentence in _KNOWN:
        if begins.match(text):
            raise NoTable("not_recognised", sentence)
    if text.lstrip().startswith(b"<"):
        refuse_bad_xml(data)


def is_packed(head: bytes) -> bool:
    """Whether a file that begins so is compressed; workbooks are."""
    return head.startswith(_COMPRESSED) or _BZIP2.match(head) is not None


def _has_no_content(data: bytes) -> bool:
    return len(data) == 0 or (len(data) < _HEAD and _BLANK.fullmatch(data) is not None) or not data.strip()


def refuse_noise(data: bytes) -> None:
    """Raise FileRefused binary when more than a tenth of the first bytes are control characters, those aside that only
    fill up the end. Not for UTF-16.
    """
    head = data[:_HEAD].rstrip(FILLING)
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if not head or controls * 10 > len(head):
        raise FileRefused("binary")
