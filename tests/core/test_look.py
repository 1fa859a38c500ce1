"""The component tags, the gallery, and what no template may contain."""

import re
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from lxml import html

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = [
    path for path in (ROOT / "templates").rglob("*.html") if path.relative_to(ROOT).parts[1] not in {"pdf", "email"}
]
INLINE = re.compile(
    r"<style\b|\sstyle=|\son[a-z]+=[\"']|hx-on|<script(?![^>]*\ssrc=)(?![^>]*application/json)|javascript:"
)


def drawn(source, request=None, **context):
    return Template("{% load look %}" + source).render(Context({"request": request, **context}))


def inline_code(text: str) -> list[str]:
    return INLINE.findall(text)


def test_no_template_brings_inline_code():
    assert {str(path): found for path in TEMPLATES if (found := inline_code(path.read_text()))} == {}


@pytest.mark.parametrize(
    "wrong",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<a onclick="x()">',
        '<a href="javascript:x">',
    ],
)
def test_inline_code_would_be_found(wrong):
    assert len(inline_code(wrong)) == 1


def missing_icons(text: str) -> set[str]:
    sprite = set(re.findall(r'<symbol id="([a-z0-9-]+)"', (ROOT / "static/icons.svg").read_text()))
    return set(re.findall(r'(?:{% icon |icon=)"([a-z0-9-]+)"', text)) - sprite


def test_every_icon_in_use_is_in_the_sprite():
    code = [path for path in ROOT.glob("[a-z]*/**/*.py") if path.relative_to(ROOT).parts[0] != "tests"]
    assert missing_icons(" ".join(path.read_text() for path in [*TEMPLATES, *code])) == set()


def test_a_missing_icon_would_be_found():
    assert missing_icons('{% icon "plus" %}{% icon "unicorn" %}') == {"unicorn"}


def test_a_status_is_a_word_on_a_tint_and_done_is_quiet():
    assert drawn('{% tag "Late" "bad" %}') == '<span class="tag tag-bad">Late</span>'
    assert drawn('{% tag "Completed" "done" %}') == '<span class="tag tag-done">Completed</span>'


def test_an_unknown_tone_is_refused():
    with pytest.raises(TemplateSyntaxError, match="not 'red'"):
        drawn('{% tag "Late" "red" %}')


def test_names_from_people_are_text():
    hostile = "<img src=x onerror=alert(1)>"
    shown = drawn("{% tag words %}{% card id='x' title=words %}{{ words }}{% endcard %}", words=hostile)
    assert "<img" not in shown


def test_a_sorted_column_says_its_direction_and_turns_around(rf):
    request = rf.get("/?sort=name&page=3&state=late")
    head = html.fragment_fromstring(drawn('{% sort_header "name" "Name" %}', request), create_parent=True)[0]
    assert head.get("aria-sort") == "ascending"
    assert head.find("a").get("href") == "?sort=-name&state=late"


def test_another_column_has_no_direction(rf):
    assert "aria-sort" not in drawn('{% sort_header "amount" "Amount" %}', rf.get("/?sort=name"))


def test_the_pager_keeps_the_filters(rf):
    page = Paginator(range(214), 50).page(2)
    shown = html.fromstring(drawn("{% pager page %}", rf.get("/?state=late&page=2"), page=page))
    assert [link.get("href") for link in shown.iter("a")] == ["?state=late&page=1", "?state=late&page=3"]
    assert "51 to 100 of 214" in "".join(map(str, shown.itertext()))


def test_the_first_page_has_no_page_before(rf):
    page = Paginator(range(60), 50).page(1)
    shown = html.fromstring(drawn("{% pager page %}", rf.get("/"), page=page))
    assert [link.get("rel") for link in shown.iter("a")] == ["next"]


def test_a_header_without_more_shows_no_menu():
    assert "<details" not in drawn('{% page_header title="Units" %}\n{% endpage_header %}')
    assert "<details" in drawn('{% page_header title="Units" %}<li>Export</li>{% endpage_header %}')


def test_the_last_page_needs_nothing():
    source = (ROOT / "templates/errors/500.html").read_text()
    assert re.findall(r"{%|{{", source) == []
    for address in re.findall(r'(?:href|src)="/static/([^"]+)"', source):
        assert (ROOT / "static" / address).is_file()
