"""XML safety: no document type, no entities, no deep nesting, nothing fetched, nothing cut short."""

from xml.parsers import expat

from imports.reading.findings import FileRefused

MAX_DEPTH = 100


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
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise FileRefused("not_well_formed") from error
