"""A PDF written front to back: page after page goes to the file, and only the places of objects are remembered.

pypdf's own writer keeps every object of every document until the end: 0.7 MB per statement, too much for a run of
thousands. Source of the file structure: ISO 32000-1, 7.5.
"""

from typing import IO

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

CATALOG, PAGE_TREE, OUTLINE = 1, 2, 3
"""Numbers of the objects that are known from the start and written last."""

LEFT_OUT = frozenset({"/Parent", "/StructParents", "/StructParent", "/Tabs"})
"""What ties a page to the tree and the tags of its old document."""


class PdfStream:
    """Append documents to an open file, then finish it. Objects keep their content and get new numbers."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._places: dict[int, int] = {}
        self._last = OUTLINE
        self.pages: list[int] = []
        self._bookmarks: list[tuple[int, str, int]] = []
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def append(self, document: PdfReader, *, bookmark: str) -> None:
        """Write all pages of a document with everything they use, and remember a bookmark on the first."""
        numbers: dict[int, int] = {}
        first = self._last + 1
        for page in list(document.pages):
            number = self._next()
            self.pages.append(number)
            self._renumber(page, numbers)
            page[NameObject("/Parent")] = _reference(PAGE_TREE)
            self._write(number, page)
        written: set[int] = set()
        while waiting := sorted(numbers.keys() - written):
            for old in waiting:
                content = document.get_object(old)
                self._write(numbers[old], NullObject() if content is None else self._renumber(content, numbers))
            written.update(waiting)
        self._bookmarks.append((self._next(), bookmark, first))

    def finish(self, *, title: str, lang: str) -> None:
        """Write the bookmarks, the page tree, the catalog and the table of places."""
        self._write_bookmarks()
        kids = ArrayObject([_reference(page) for page in self.pages])
        self._write(PAGE_TREE, _dictionary(Type=NameObject("/Pages"), Kids=kids, Count=NumberObject(len(self.pages))))
        catalog = _dictionary(
            Type=NameObject("/Catalog"),
            Pages=_reference(PAGE_TREE),
            Outlines=_reference(OUTLINE),
            PageMode=NameObject("/UseOutlines"),
            Lang=TextStringObject(lang),
        )
        self._write(CATALOG, catalog)
        information = self._next()
        self._write(information, _dictionary(Title=TextStringObject(title)))
        self._write_places(information)

    def _write_bookmarks(self) -> None:
        items = [number for number, _, _ in self._bookmarks]
        for place, (number, name, page) in enumerate(self._bookmarks):
            item = _dictionary(
                Title=TextStringObject(name),
                Parent=_reference(OUTLINE),
                Dest=ArrayObject([_reference(page), NameObject("/Fit")]),
            )
            if place:
                item[NameObject("/Prev")] = _reference(items[place - 1])
            if place + 1 < len(items):
                item[NameObject("/Next")] = _reference(items[place + 1])
            self._write(number, item)
        outline = _dictionary(Type=NameObject("/Outlines"), Count=NumberObject(len(items)))
        if items:
            outline[NameObject("/First")], outline[NameObject("/Last")] = _reference(items[0]), _reference(items[-1])
        self._write(OUTLINE, outline)

    def _write_places(self, information: int) -> None:
        start = self._file.tell()
        self._file.write(f"xref\n0 {self._last + 1}\n0000000000 65535 f \n".encode())
        for number in range(1, self._last + 1):
            self._file.write(f"{self._places[number]:010d} 00000 n \n".encode())
        trailer = f"trailer\n<< /Size {self._last + 1} /Root {CATALOG} 0 R /Info {information} 0 R >>\n"
        self._file.write(f"{trailer}startxref\n{start}\n%%EOF\n".encode())

    def _renumber(self, content: PdfObject, numbers: dict[int, int]) -> PdfObject:
        """Turn every reference in the object to a new number, in place; new ones are handed out on the way."""
        if isinstance(content, IndirectObject):
            if content.idnum not in numbers:
                numbers[content.idnum] = self._next()
            return _reference(numbers[content.idnum])
        if isinstance(content, ArrayObject):
            content[:] = [self._renumber(item, numbers) for item in list(content)]
        if isinstance(content, DictionaryObject):
            for key, raw in list(content.items()):
                if key in LEFT_OUT:
                    del content[key]
                else:
                    content[key] = self._renumber(raw, numbers)
        return content

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _write(self, number: int, content: PdfObject) -> None:
        self._places[number] = self._file.tell()
        self._file.write(f"{number} 0 obj\n".encode())
        content.write_to_stream(self._file)
        self._file.write(b"\nendobj\n")


def _reference(number: int) -> IndirectObject:
    return IndirectObject(number, 0, None)


def _dictionary(**entries: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): content for key, content in entries.items()})
