"""core.pdf.direction: which way languages run, and names that run the other way."""

import pytest

from core.pdf.direction import amount_isolated, direction_of, isolated


@pytest.mark.parametrize(
    ("lang", "direction"),
    [
        ("ar", "rtl"),
        ("ar-KW", "rtl"),
        ("he", "rtl"),
        ("fa", "rtl"),
        ("UR", "rtl"),
        ("en", "ltr"),
        ("ko-KR", "ltr"),
        ("", "ltr"),
    ],
)
def test_direction_of_a_language(lang, direction):
    assert direction_of(lang) == direction


@pytest.mark.parametrize(
    ("text", "direction", "shown"),
    [
        ("Harbor Light", "ltr", "Harbor Light"),
        ("يوسف", "rtl", "يوسف"),
        ("4099 Chapel Road", "rtl", "\u20664099 Chapel Road\u2069"),
        ("2026-000127", "rtl", "\u20662026-000127\u2069"),
        ("٣ شارع الخليج", "ltr", "\u2067٣ شارع الخليج\u2069"),
        ("שלום 5", "ltr", "\u2067שלום 5\u2069"),
        ("", "rtl", ""),
    ],
)
def test_only_what_runs_against_the_document_is_isolated(text, direction, shown):
    assert isolated(text, direction) == shown


def test_amounts_keep_sign_digits_and_currency_in_order():
    assert amount_isolated("\u200f-50.00 US$", "rtl") == "\u2066-50.00 US$\u2069"
    assert amount_isolated("-$50.00", "ltr") == "-$50.00"
