"""core.pdf.merge: many documents into one file."""

import weakref
import zipfile
from datetime import UTC, datetime

import pytest

from core.pdf.engine import render
from core.pdf.merge import Part, merge_pdfs, zip_pdfs
from tests.pdf_faults import font_faults, opened, pdf_text


class WatchedPart(Part):
    """A part that a weak reference can watch."""


@pytest.fixture
def document(tmp_path, settings):
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [tmp_path, *engine["DIRS"]]}]
    (tmp_path / "letter.html").write_text(
        '{% extends "pdf/document.html" %}{% block body %}{{ words|safe }}{% endblock %}'
    )

    def make(words: str) -> bytes:
        day = datetime(2027, 1, 12, tzinfo=UTC)
        return render("letter.html", {"words": words}, lang="en", title="Letter", created=day)

    return make


def test_merged_pages_keep_their_order_words_fonts_and_get_a_bookmark_per_part(tmp_path, document):
    two_pages = '<p style="break-after: page">first 김</p><p>second</p>'
    parts = [Part("Alder, 이서윤", document(two_pages)), Part("Birch", document("<p>third الخالدي</p>"))]
    path = tmp_path / "all.pdf"
    assert merge_pdfs(iter(parts), path, title="Statements 2026", lang="en") == 3
    merged = opened(path.read_bytes())
    assert [page.extract_text().split()[0] for page in merged.pages] == ["first", "second", "third"]
    assert [(item.title, merged.get_destination_page_number(item)) for item in merged.outline] == [
        ("Alder, 이서윤", 0),
        ("Birch", 2),
    ]
    assert merged.metadata.title == "Statements 2026"
    assert merged.root_object["/Lang"] == "en"
    assert font_faults(path.read_bytes()) == set()
    assert "김" in pdf_text(path.read_bytes())


def test_merging_twice_gives_the_same_bytes_and_merged_files_merge_again(tmp_path, document):
    part = Part("one", document("<p>x</p>"))
    one, two, again = (tmp_path / name for name in ("1.pdf", "2.pdf", "3.pdf"))
    merge_pdfs([part, part], one, title="t", lang="en")
    merge_pdfs([part, part], two, title="t", lang="en")
    assert one.read_bytes() == two.read_bytes()
    assert merge_pdfs([Part("both", one.read_bytes()), part], again, title="t", lang="en") == 3


def test_a_part_is_let_go_before_the_next_but_one_is_taken(tmp_path, document):
    pdf = document("<p>x</p>")
    alive: weakref.WeakSet[Part] = weakref.WeakSet()
    most = []

    def parts():
        for number in range(5):
            part = WatchedPart(str(number), pdf)
            alive.add(part)
            most.append(len(alive))
            yield part

    merge_pdfs(parts(), tmp_path / "all.pdf", title="t", lang="en")
    assert max(most) <= 2


def test_nothing_merged_is_an_empty_document(tmp_path):
    assert merge_pdfs([], tmp_path / "none.pdf", title="t", lang="en") == 0
    assert len(opened((tmp_path / "none.pdf").read_bytes()).pages) == 0


def test_zip_holds_each_document_as_it_was(tmp_path):
    path = tmp_path / "all.zip"
    assert zip_pdfs(iter([Part("a.pdf", b"one"), Part("b.pdf", b"two")]), path) == 2
    with zipfile.ZipFile(path) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"a.pdf": b"one", "b.pdf": b"two"}
    other = tmp_path / "other.zip"
    zip_pdfs([Part("a.pdf", b"one"), Part("b.pdf", b"two")], other)
    assert other.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("names", [("a.pdf", "a.pdf"), ("../a.pdf",), ("/etc/a.pdf",), ("a/b.pdf",), (".pdf",), ("",)])
def test_zip_refuses_two_of_a_name_and_paths(tmp_path, names):
    with pytest.raises(ValueError, match="no plain file name"):
        zip_pdfs([Part(name, b"x") for name in names], tmp_path / "all.zip")
