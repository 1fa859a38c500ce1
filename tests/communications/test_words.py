"""Rich text, merge fields and the check of wording, without a database."""

import pytest

from communications.guarded import Guarded
from communications.merge import UnknownMergeField, check_fields, merged
from communications.richtext import to_html, to_text
from communications.wording import WordBlocked, findings, plain, refuse_blocked

UNIT = 7
TRUE_NAME = Guarded("Tamrin People", "Project Cedar", frozenset({UNIT}), blocks=True)
STEM = Guarded("Tamrin", "Project Cedar", frozenset({UNIT}), blocks=True, stem=True)
LAST_NAME = Guarded("King", "Team member 3", frozenset({UNIT}), blocks=False, cased=True)


def test_marks_become_html_and_plain_text() -> None:
    body = "# News\n\nDear {{greeting}},\nthe **well** is *deep*: [see](https://example.org/a?b=1&c=2)\n\n- one\n- two"
    assert to_html(body) == (
        "<h3>News</h3>\n"
        "<p>Dear {{greeting}},<br>the <strong>well</strong> is <em>deep</em>: "
        '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener">see</a></p>\n'
        "<ul><li>one</li><li>two</li></ul>"
    )
    assert to_text(body) == (
        "News\n\nDear {{greeting}},\nthe well is deep: see (https://example.org/a?b=1&c=2)\n\n- one\n- two"
    )


XSS = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[x](javascript:alert(1))",
    '[x](https://a.example/" onmouseover="alert(1))',
    "**<svg/onload=alert(1)>**",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "[<img src=x onerror=alert(1)>](https://example.org)",
    "</p><iframe srcdoc='<script>alert(1)</script>'>",
    "<style>*{background:url(https://evil.example)}</style>",
    "\u2028<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "# <h1 onclick=alert(1)>",
    "- <b onclick=alert(1)>",
]


@pytest.mark.parametrize("attack", XSS)
def test_html_in_a_letter_stays_text(attack: str) -> None:
    from lxml import html

    made = html.fragment_fromstring(to_html(attack), create_parent="div")
    elements = [element for element in made.iter() if element is not made]
    assert {element.tag for element in elements} <= {"p", "br", "h3", "ul", "li", "strong", "em", "a"}
    for element in elements:
        assert set(element.attrib) <= ({"href", "rel"} if element.tag == "a" else set())
        assert element.get("href", "https://").startswith(("https://", "http://"))


def test_control_an_unescaped_body_would_fail_that() -> None:
    from lxml import html

    made = html.fragment_fromstring(XSS[1], create_parent="div")
    assert [element.tag for element in made] == ["img"]


@pytest.mark.parametrize("text", ["{{ settings }}", "{{partner.email}}", "{{}}", "{{ greeting|safe }}"])
def test_unknown_merge_field_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(UnknownMergeField) as refusal:
        check_fields(f"Dear {text}", where="body")
    assert str(refusal.value).startswith(f"{text} is not a merge field. Use one of {{{{greeting}}}}")
    assert refusal.value.field == "body"  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", ["{% for a in b %}", "{{greeting", "greeting}}"])
def test_template_tags_and_single_braces_are_refused(text: str) -> None:
    with pytest.raises(UnknownMergeField):
        check_fields(text, where="body")


def test_values_are_never_read_for_fields_again() -> None:
    assert merged("{{ partner_name }}!", {"partner_name": "{{agency_name}}", "agency_name": "no"}) == "{{agency_name}}!"


@pytest.mark.parametrize(
    "text",
    [
        "among the Tamrin People",
        "TAMRIN  people",
        "Tamrin\nPeople",
        "Tam\u200brin People",
        "Tâmrin People",
        "**Tamrin** People",
        "Ｔamrin People",
    ],
)
def test_a_guarded_name_is_found_however_it_is_written(text: str) -> None:
    (found,) = findings([text], [TRUE_NAME], None)
    assert found.blocks
    assert found.sentence == "“Tamrin People” must not stand in words for partners. Write “Project Cedar” instead."


def test_a_stem_is_found_with_an_ending_and_not_inside_another_word() -> None:
    assert findings(["the Tamrinese"], [STEM], None)
    assert not findings(["Portamrin"], [STEM], None)


def test_the_word_is_named_only_to_who_may_know_it() -> None:
    (told,) = findings(["Tamrin People"], [TRUE_NAME], frozenset({UNIT}))
    (kept,) = findings(["Tamrin People"], [TRUE_NAME], frozenset())
    assert "Tamrin" in told.sentence
    assert "Tamrin" not in kept.sentence
    assert "Cedar" not in kept.sentence
    assert kept.blocks


def test_a_last_name_warns_only_as_it_is_written() -> None:
    (found,) = findings(["Greet King"], [LAST_NAME], None)
    assert not found.blocks
    assert not findings(["a king"], [LAST_NAME], None)


def test_blocking_findings_refuse_and_warnings_do_not() -> None:
    refuse_blocked(findings(["King"], [LAST_NAME], None))
    with pytest.raises(WordBlocked):
        refuse_blocked(findings(["Tamrin People"], [TRUE_NAME], None))


@pytest.mark.parametrize(
    "phrase",
    [
        "Please send your gift to me",
        "We need donations for our family",
        "support our missionary",
        "my salary",
        "Make checks payable to us",
        "a gift to Ann Miller",
    ],
)
def test_phrases_that_pay_a_person_warn(phrase: str) -> None:
    (found,) = findings([phrase], [], None, ["Ann Miller"])
    assert not found.blocks
    assert "reads as if a gift went to a person" in found.sentence


@pytest.mark.parametrize(
    "phrase", ["Thank you for your gifts to this work", "Your giving carries the team", "Ann Miller greets you"]
)
def test_phrases_that_give_to_the_work_do_not_warn(phrase: str) -> None:
    assert findings([phrase], [], None, ["Ann Miller"]) == []


def test_plain_keeps_letters_of_other_scripts() -> None:
    assert plain("물 **이** 깊다") == plain("물 이 깊다")


def test_at_one_place_the_longest_word_speaks_alone() -> None:
    text = "Among the Tamrin People. The Tamrinese wait."
    assert [each.sentence for each in findings(["Among the Tamrin People."], [STEM, TRUE_NAME], None)] == [
        "“Tamrin People” must not stand in words for partners. Write “Project Cedar” instead."
    ]
    assert len(findings([text], [STEM, TRUE_NAME], None)) == 2
