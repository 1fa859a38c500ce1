"""What kind of file this is, by its content and not by its name, and which kinds may be evidence."""

import io
import zipfile
import zlib
from pathlib import PurePath
from typing import Final

MAX_BYTES: Final = 20 * 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
TYPES: Final[dict[str, tuple[str, ...]]] = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/webp": ("webp",),
    f"{OFFICE}wordprocessingml.document": ("docx",),
    f"{OFFICE}spreadsheetml.sheet": ("xlsx",),
    f"{OFFICE}presentationml.presentation": ("pptx",),
    f"{OPEN_DOCUMENT}text": ("odt",),
    f"{OPEN_DOCUMENT}spreadsheet": ("ods",),
    f"{OPEN_DOCUMENT}presentation": ("odp",),
    "text/plain": ("txt", "csv", "md"),
}
"""Content type -> endings that its files may have."""
NAMES: Final = "PDF, picture (PNG, JPEG, WebP), document, table or slides (Office or OpenDocument) or plain text"
SIGNATURES: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
PARTS: Final = {
    "word/": "wordprocessingml.document",
    "xl/": "spreadsheetml.sheet",
    "ppt/": "presentationml.presentation",
}

UNREADABLE: Final = (zipfile.BadZipFile, zlib.error, RuntimeError, ValueError, EOFError, OSError)
"""What a zip raises that is damaged, or encrypted (RuntimeError), or packed in a way that nobody knows."""


def type_of(content: bytes) -> str:
    """The content type of a file, "" when it is none that may be evidence (web pages, programs, archives, pictures with
    scripts).
    """
    for signature, found in SIGNATURES:
        if content.startswith(signature):
            return found
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"PK\x03\x04"):
        return packed_type(content)
    return "text/plain" if is_plain_text(content) else ""


def packed_type(content: bytes) -> str:
    """The type of a zipped document, read from its table of contents; nothing is unpacked but OpenDocument's line of
    type.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if names and names[0] == "mimetype" and packed.getinfo("mimetype").file_size < 100:
                stated = packed.read("mimetype").decode("ascii", "replace")
                return stated if stated in TYPES else ""
    except UNREADABLE:
        return ""
    if "[Content_Types].xml" not in names:
        return ""
    return next((OFFICE + kind for part, kind in PARTS.items() if any(name.startswith(part) for name in names)), "")


def is_plain_text(content: bytes) -> bool:
    """UTF-8 without control characters and not a web page or XML, which a browser would run."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if text.lstrip()[:1] == "<":
        return False
    return not any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text)


def name_for(title: str, content_type: str) -> str:
    """What a file is called that is downloaded: its title, with an ending of the type that was found in its content,
    since a system opens a file by its ending.
    """
    ending = PurePath(title).suffix.lower().removeprefix(".")
    endings = TYPES.get(content_type, ("bin",))
    return title if ending in endings else f"{title.rstrip('. ')}.{endings[0]}"


def name_fits(name: str, content_type: str) -> bool:
    """Whether the ending of the name is one of this type."""
    return PurePath(name).suffix.lower().removeprefix(".") in TYPES.get(content_type, ())
