"""XML safety: no document type, no entities, no deep nesting, nothing fetched, nothing cut short."""

import re
from xml.parsers import expat

from imports.reading.findings import FileRefused
from imports.reading.letters import letters_of

MAX_DEPTH = 100
_DECLARED = re.compile(r"""\A(\s*<\?xml[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')""", re.IGNORECASE)


def as_utf8(data: bytes) -> bytes:
    """Bytes of UTF-16 with a byte order mark as UTF-8; all others as they are. Raises FileRefused encoding."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data
    letters = letters_of(data)
    return undeclared(data[letters.mark :].decode(letters.encoding, "replace")).encode()


def undeclared(text: str) -> str:
    """XML that says nothing of its encoding, which is known otherwise."""
    return _DECLARED.sub(r"\1", text, count=1)


def refuse_bad_xml(data: bytes) -> None:
    """Raise FileRefused doctype or not_well_formed; return when the XML is plain and whole.

    Expat reports the document type before it expands any entity and never opens another file by itself.
    """
    depth = 0

    def refuse_doctype(*_declaration: object) -> None:
        raise FileRefused("doctype")

    def go_down(*_element: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise FileRefused("not_well_formed", f"The XML is nested deeper than {MAX_DEPTH}. Export it again.")

    def come_up(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.EntityDeclHandler = refuse_doctype
    parser.StartElementHandler = go_down
    parser.EndElementHandler = come_up
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        sentence = f"Line {error.lineno}: the XML is cut short or wrong. Export it again."
        raise FileRefused("not_well_formed", sentence, line=error.lineno) from error
    except (ValueError, LookupError) as error:
        raise FileRefused("not_well_formed") from error
